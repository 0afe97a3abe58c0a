package dev.ockham.lab.xray;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the logs say. All dollars are exact sums; those that a log did not state are at list prices.
 *
 * @param files what was read
 * @param from the first call
 * @param to the last call
 * @param stated how much of the total the logs stated themselves
 * @param loops what looks like loops, the dearest first
 * @param wastes of the prompt cache, the dearest first
 * @param smaller what smaller models might have taken
 * @param unpriced models that no price is known for
 */
public record XrayReport(
    List<LogFile.Found> files,
    Optional<Instant> from,
    Optional<Instant> to,
    Line total,
    BigDecimal stated,
    Breakdown by,
    List<Loops.Loop> loops,
    List<CacheWaste.Waste> wastes,
    List<SmallerModels.Saving> smaller,
    List<Unpriced> unpriced) {

  /**
   * A sum under a name.
   *
   * @param unpriced calls in it that no price is known for, which are not in {@code dollars}
   */
  record Line(
      String name,
      long calls,
      long inputTokens,
      long outputTokens,
      long unpriced,
      BigDecimal dollars) {
    static Line of(String name, Tally tally) {
      return new Line(
          name,
          tally.calls(),
          tally.usage().totalInput(),
          tally.usage().totalOutput(),
          tally.unpriced(),
          tally.dollars());
    }
  }

  /** Where the money went; days in order, everything else the dearest first. */
  record Breakdown(
      List<Line> sources,
      List<Line> models,
      List<Line> people,
      List<Line> workloads,
      List<Line> runs,
      List<Line> days) {}

  /** A model that no price is known for. */
  record Unpriced(String model, long calls, long inputTokens, long outputTokens) {}

  /** Whether nothing was read. */
  public boolean isEmpty() {
    return by.sources.isEmpty();
  }

  BigDecimal loopDollars() {
    return sum(loops, Loops.Loop::dollars);
  }

  BigDecimal wasteDollars() {
    return sum(wastes, CacheWaste.Waste::dollars);
  }

  BigDecimal smallerAtLeast() {
    return sum(smaller, SmallerModels.Saving::atLeast);
  }

  BigDecimal smallerAtMost() {
    return sum(smaller, SmallerModels.Saving::atMost);
  }

  private static <T> BigDecimal sum(List<T> items, Function<T, BigDecimal> dollars) {
    return items.stream().map(dollars).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
