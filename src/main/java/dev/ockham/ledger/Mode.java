package dev.ockham.ledger;

/** How a budget keeps its limit: what it holds of a call, and whether it says no. */
public sealed interface Mode {
  /** What is spent and what may still be spent never exceed the limit. */
  record Strict() implements Mode {}

  /**
   * Holds what such calls really cost at a quantile, tops up while one streams, and cuts it when
   * there is no more. Past the limit goes at most what running calls may cost beyond their holds.
   *
   * @param permille of calls that cost no more than what is held, such as 950
   */
  record Quantile(int permille) implements Mode {
    public Quantile {
      if (permille < 1 || permille > 1000) {
        throw new IllegalArgumentException(
            "quantile of " + permille + " permille (expected: 1 to 1000)");
      }
    }
  }

  /** Never says no; who goes past the limit is told so, and its actions are taken. */
  record Soft() implements Mode {}

  /** Never says no and takes no action but to notify. */
  record Observe() implements Mode {}

  /** Where none is stated. */
  int USUAL_PERMILLE = 950;

  /** Whether it refuses what does not fit. */
  default boolean isHard() {
    return this instanceof Strict || this instanceof Quantile;
  }

  /** Of the two amounts that are reckoned for every call, the one that this mode holds. */
  default long held(long worst, long likely) {
    return this instanceof Strict ? worst : likely;
  }

  /** As it is kept and shown, such as {@code quantile:950}; never changes. */
  default String wireName() {
    return switch (this) {
      case Strict() -> "strict";
      case Quantile(int permille) -> "quantile:" + permille;
      case Soft() -> "soft";
      case Observe() -> "observe";
    };
  }

  /**
   * Reads what {@link #wireName} gives, and {@code quantile} for the usual one.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Mode parse(String text) {
    return switch (text) {
      case "strict" -> new Strict();
      case "soft" -> new Soft();
      case "observe" -> new Observe();
      case "quantile" -> new Quantile(USUAL_PERMILLE);
      default -> {
        if (text.matches("quantile:[0-9]{1,4}")) {
          yield new Quantile(Integer.parseInt(text.substring("quantile:".length())));
        }
        throw new IllegalArgumentException(
            "mode \"" + text + "\" (expected: strict, quantile:950, soft or observe)");
      }
    };
  }
}
