package dev.ockham.lab.xray;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.EnumMap;

/** Takes inclusive counts apart into disjoint classes. */
final class Counts {
  private Counts() {}

  /**
   * Of counts as OpenAI reports them: cached tokens are part of the input, reasoning of the output.
   */
  static Usage inclusive(long input, long cached, long output, long reasoning) {
    var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
    put(tokens, TokenClass.INPUT, Math.max(0, input - cached));
    put(tokens, TokenClass.CACHE_READ, Math.min(cached, input));
    put(tokens, TokenClass.OUTPUT, Math.max(0, output - reasoning));
    put(tokens, TokenClass.REASONING, Math.min(reasoning, output));
    return new Usage(tokens);
  }

  /** Of counts as Anthropic reports them, which are disjoint. */
  static Usage disjoint(long input, long read, long write5m, long write1h, long output) {
    var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
    put(tokens, TokenClass.INPUT, input);
    put(tokens, TokenClass.CACHE_READ, read);
    put(tokens, TokenClass.CACHE_WRITE_5M, write5m);
    put(tokens, TokenClass.CACHE_WRITE_1H, write1h);
    put(tokens, TokenClass.OUTPUT, output);
    return new Usage(tokens);
  }

  private static void put(EnumMap<TokenClass, Long> tokens, TokenClass kind, long count) {
    if (count > 0) {
      tokens.put(kind, count);
    }
  }
}
