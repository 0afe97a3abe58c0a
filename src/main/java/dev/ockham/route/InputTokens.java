package dev.ockham.route;

import dev.ockham.chat.ChatRequest;

/** Estimates how many tokens a request's input is, without any provider's tokenizer. */
public final class InputTokens {
  private InputTokens() {}

  /** A middling estimate, for windows and expected costs. */
  public static long estimate(ChatRequest request) {
    return 0;
  }

  /** An estimate that is seldom too low, for holds. */
  public static long conservative(ChatRequest request) {
    return 0;
  }
}
