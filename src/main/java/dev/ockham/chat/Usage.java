package dev.ockham.chat;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How many tokens a provider reported, by disjoint class. A class that was not reported is absent,
 * which is not the same as zero.
 */
public record Usage(Map<TokenClass, Long> tokens) {
  public static final Usage ABSENT = new Usage(Map.of());

  public Usage {
    tokens.forEach((kind, count) -> {
      if (count < 0) {
        throw new IllegalArgumentException(kind + ": " + count + " (expected: >= 0 tokens)");
      }
    });
    tokens = Map.copyOf(tokens);
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

  public boolean isAbsent() {
    return tokens.isEmpty();
  }

  public long totalInput() {
    return total(true);
  }

  public long totalOutput() {
    return total(false);
  }

  /** This usage with {@code later}'s counts in place of its own where both report a class. */
  public Usage updatedBy(Usage later) {
    if (isAbsent()) {
      return later;
    }
    var merged = new EnumMap<TokenClass, Long>(tokens);
    merged.putAll(later.tokens);
    return new Usage(merged);
  }

  private long total(boolean input) {
    long sum = 0;
    for (Map.Entry<TokenClass, Long> entry : tokens.entrySet()) {
      if (entry.getKey().isInput() == input) {
        sum = Math.addExact(sum, entry.getValue());
      }
    }
    return sum;
  }
}
