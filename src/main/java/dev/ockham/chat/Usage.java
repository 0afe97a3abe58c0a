package dev.ockham.chat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a provider reported to have been used, by disjoint class. A class that was not reported is
 * absent, which is not the same as zero.
 *
 * @param tokens and, in their own classes, what is counted beside tokens
 * @param tier how urgently the call was served; empty where nobody said
 */
public record Usage(Map<TokenClass, Long> tokens, Optional<ServiceTier> tier) {
  public static final Usage ABSENT = new Usage(Map.of());

  public Usage {
    tokens.forEach((kind, count) -> {
      if (count < 0) {
        throw new IllegalArgumentException(kind + ": " + count + " (expected: >= 0 tokens)");
      }
    });
    tokens = Map.copyOf(tokens);
  }

  public Usage(Map<TokenClass, Long> tokens) {
    this(tokens, Optional.empty());
  }

  public static Usage of(TokenClass kind, long count) {
    return new Usage(Map.of(kind, count));
  }

  public static Usage of(long input, long output) {
    return new Usage(Map.of(TokenClass.INPUT, input, TokenClass.OUTPUT, output));
  }

  public OptionalLong reported(TokenClass kind) {
    Long count = tokens.get(kind);
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }

  /** The count of a class, zero where it was not reported. */
  public long count(TokenClass kind) {
    return tokens.getOrDefault(kind, 0L);
  }

  /** Nothing was counted: not the same as a count of nothing. */
  public boolean isAbsent() {
    return tokens.isEmpty();
  }

  /** Tokens of every class of input. */
  public long totalInput() {
    long sum = 0;
    for (Map.Entry<TokenClass, Long> entry : tokens.entrySet()) {
      if (entry.getKey().isInput()) {
        sum = Math.addExact(sum, entry.getValue());
      }
    }
    return sum;
  }

  /** Tokens of every class of output. */
  public long totalOutput() {
    long sum = 0;
    for (Map.Entry<TokenClass, Long> entry : tokens.entrySet()) {
      if (entry.getKey().isOutput()) {
        sum = Math.addExact(sum, entry.getValue());
      }
    }
    return sum;
  }

  /** The same, served at this tier where the provider did not say another. */
  public Usage servedAt(Optional<ServiceTier> asked) {
    return tier.isPresent() || asked.isEmpty() ? this : new Usage(tokens, asked);
  }

  /** This usage with {@code later}'s counts in place of its own where both report a class. */
  public Usage updatedBy(Usage later) {
    Optional<ServiceTier> served = later.tier.isPresent() ? later.tier : tier;
    if (isAbsent()) {
      return later.servedAt(served);
    }
    var merged = new EnumMap<TokenClass, Long>(tokens);
    merged.putAll(later.tokens);
    return new Usage(merged, served);
  }
}
