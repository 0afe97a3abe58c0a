package dev.ockham.conformance;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Takes counts apart, and folds classes that a dialect has no word for into those it has. */
final class Counted {
  private Counted() {}

  /** Puts a count where there is one. */
  static void put(Map<TokenClass, Long> told, TokenClass kind, JsonNode in, String name) {
    if (!Json.absent(in.path(name))) {
      told.put(kind, Json.count(in, name));
    }
  }

  /** Where the totals include the classes told already, what is left is plain. */
  static Usage withRest(Map<TokenClass, Long> told, long allInput, long allOutput) {
    var parts = new Usage(told);
    var all = new TreeMap<>(told);
    all.put(TokenClass.INPUT, allInput - parts.totalInput());
    all.put(TokenClass.OUTPUT, allOutput - parts.totalOutput());
    return new Usage(all);
  }

  /** The classes that a dialect cannot leave out are told as zero where they are not known. */
  static Usage atLeastZero(Usage usage, TokenClass... needed) {
    var tokens = new TreeMap<>(usage.tokens());
    for (TokenClass kind : needed) {
      tokens.putIfAbsent(kind, 0L);
    }
    return new Usage(tokens);
  }

  static Usage writesAsOne(Usage usage) {
    return folded(usage, TokenClass.CACHE_WRITE_1H, TokenClass.CACHE_WRITE_5M);
  }

  /** {@code from} counted as {@code into}. */
  static Usage folded(Usage usage, TokenClass from, TokenClass into) {
    var tokens = new TreeMap<>(usage.tokens());
    Long count = tokens.remove(from);
    if (count != null) {
      tokens.merge(into, count, Long::sum);
    }
    return new Usage(tokens);
  }
}
