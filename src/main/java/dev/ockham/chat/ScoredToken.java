package dev.ockham.chat;

import java.util.List;

/**
 * A token of an answer with the log probability the model gave it, and those it might have said
 * instead.
 */
public record ScoredToken(String token, double logprob, List<Alternative> alternatives) {
  public record Alternative(String token, double logprob) {}

  public ScoredToken {
    alternatives = List.copyOf(alternatives);
  }

  /** Prints no content. */
  @Override
  public String toString() {
    return "ScoredToken[" + logprob + "]";
  }
}
