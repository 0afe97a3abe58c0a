package dev.ockham.store;

import java.time.Instant;
import java.util.List;

/**
 * Somebody who has called a model.
 *
 * @param scopes of the caller, widest first, such as {@code team:claims} and {@code key:4f2a}
 * @param calls in the time asked about
 * @param last when the latest of them was held
 */
public record ModelCaller(List<String> scopes, long calls, Instant last) {
  public ModelCaller {
    scopes = List.copyOf(scopes);
  }

  @Override
  public String toString() {
    return String.join(" ", scopes) + " (" + calls + " calls, last " + last + ")";
  }
}
