package dev.ockham.learn;

import java.util.List;

/**
 * What an ask was read as.
 *
 * @param shares the probability of each kind, in the order of {@link AskKind}
 * @param readable whether it is in a language and of a make that this can judge at all
 * @param everyday whether a small model is clearly up to it
 * @param cues the groups of telling words in its leading clause
 */
public record AskReading(
    List<Double> shares, boolean readable, boolean everyday, List<String> cues) {
  public AskReading {
    shares = List.copyOf(shares);
    cues = List.copyOf(cues);
  }

  /** The likeliest kind. */
  public AskKind kind() {
    AskKind likeliest = AskKind.TRANSFORM;
    for (AskKind kind : AskKind.values()) {
      likeliest = share(kind) > share(likeliest) ? kind : likeliest;
    }
    return likeliest;
  }

  /** The probability of one kind. */
  public double share(AskKind kind) {
    return shares.get(kind.number());
  }

  /** The probability that its answer has to be worked out. */
  public double demand() {
    double demand = 0;
    for (AskKind kind : AskKind.values()) {
      demand += kind.demanding() ? share(kind) : 0;
    }
    return demand;
  }

  /** About how long an answer is, in tokens, without reasoning. */
  public double usualTokens() {
    double logarithm = 0;
    for (AskKind kind : AskKind.values()) {
      logarithm += share(kind) * Math.log(kind.usualTokens());
    }
    return Math.exp(logarithm);
  }
}
