package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.util.Locale;

/**
 * How much a scope may ask for in any minute. Unlike a budget it is not booked: a restart forgets
 * the last minute.
 */
public record RateLimit(String organisation, Scope scope, Metric metric, long perMinute) {
  /** What is counted. */
  public enum Metric {
    /** Once for a request, however many models are tried for it. */
    REQUESTS,
    /** Those expected of a call, and when it has ended those it used. */
    TOKENS;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what {@link #wireName} gives.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Metric parse(String text) {
      for (Metric metric : values()) {
        if (metric.wireName().equals(text)) {
          return metric;
        }
      }
      throw new IllegalArgumentException("\"" + text + "\" (expected: requests or tokens)");
    }
  }

  public RateLimit {
    if (perMinute < 1) {
      throw new IllegalArgumentException(
          "rate limit of %s: %d %s a minute (expected: at least 1)"
              .formatted(scope, perMinute, metric.wireName()));
    }
  }
}
