package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is lost, and what is refused, when a request is said in another dialect than its client's. A
 * field is refused where the answer would be another without it; what only tunes or saves is
 * dropped, and the drop is told.
 */
final class Crossing {
  /** Fields without which the client would get something else than it asked for. */
  static final Map<String, String> REFUSED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("n", "ask for one answer"),
              Map.entry("logprobs", "ask without logprobs"),
              Map.entry("top_logprobs", "ask without top_logprobs"),
              Map.entry("audio", "ask for text"),
              Map.entry("modalities", "ask for text"),
              Map.entry("functions", "use tools"),
              Map.entry("function_call", "use tool_choice"),
              Map.entry("messages[].function_call", "use tool_calls"),
              Map.entry("messages[].audio", "send text"),
              Map.entry("web_search_options", "ask a model with web search by its name"),
              Map.entry("mcp_servers", "ask a model of the same dialect by its name"),
              Map.entry("container", "ask a model of the same dialect by its name")));

  /** Beginnings of what readers note about values that have no neutral form. */
  static final List<String> REFUSED_KINDS =
      List.of(
          "tools[] of type ",
          "tool_choice of type ",
          "response_format of type ",
          "output_config.format of type ");

  private final Dialect target;
  private final Set<String> losses = new TreeSet<>();

  Crossing(Dialect target) {
    this.target = target;
  }

  /** Goes through what the reader could not carry. */
  void unmapped(ChatRequest request) {
    for (String path : new TreeSet<>(request.unmapped())) {
      String instead = REFUSED.get(path);
      if (instead != null) {
        throw inexpressible(path, instead);
      }
      for (String kind : REFUSED_KINDS) {
        if (path.startsWith(kind)) {
          throw inexpressible(
              path,
              "use functions with a JSON schema, or ask a model of the same dialect by its name");
        }
      }
      lose(path, "not sent");
    }
  }

  void lose(String path, String why) {
    losses.add(path + ": " + why);
  }

  Rejected inexpressible(String what, String instead) {
    return Rejected.inexpressible(what, target.wireName(), instead);
  }

  List<String> losses() {
    return List.copyOf(losses);
  }
}
