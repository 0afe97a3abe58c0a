package dev.ockham.dialect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Matches the results in a conversation to its calls. Ids are optional: a call without one gets one
 * that is the same whenever the conversation is sent again, and a result without one answers the
 * first open call of its name.
 */
final class GeminiCalls {
  private final Set<String> open = new HashSet<>();

  /** Ids by the name that was called, in order; some may have been answered since. */
  private final Map<String, Deque<String>> byName = new HashMap<>();

  private int count;

  /** The id of the next call. */
  String made(String said, String name) {
    String id = said.isEmpty() ? next() : said;
    open.add(id);
    byName.computeIfAbsent(name, called -> new ArrayDeque<>()).add(id);
    return id;
  }

  /** The id of the call that the next result answers. */
  String answered(String said, String name) {
    if (open.remove(said)) {
      return said;
    }
    Deque<String> called = byName.getOrDefault(name, new ArrayDeque<>());
    while (!called.isEmpty()) {
      String id = called.remove();
      if (open.remove(id)) {
        return id;
      }
    }
    return said.isEmpty() ? next() : said;
  }

  private String next() {
    count++;
    return "gemini_call_" + count;
  }
}
