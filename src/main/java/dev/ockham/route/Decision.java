package dev.ockham.route;

import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatError;
import java.util.List;

/** What the router decided, with its whole reason. */
public sealed interface Decision {
  Explanation why();

  /**
   * @param first serves the request
   * @param fallbacks tried in order if {@code first} fails before it has begun to answer
   */
  record Chosen(Model first, List<Model> fallbacks, Explanation why) implements Decision {
    public Chosen {
      fallbacks = List.copyOf(fallbacks);
    }
  }

  /** Nothing may serve the request. */
  record Refused(ChatError error, Explanation why) implements Decision {}
}
