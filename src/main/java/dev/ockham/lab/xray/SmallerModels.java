package dev.ockham.lab.xray;

import dev.ockham.lab.xray.PriceBook.Listing;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What smaller models might have taken, from the sizes of calls alone. Nobody has looked at a
 * prompt or an answer, so this is a range: at least the calls that look like classification or
 * extraction, at most everything that is not long.
 */
final class SmallerModels {
  /** A short question with a short answer. */
  private static final long TINY_INPUT = 2_000;

  private static final long TINY_OUTPUT = 200;

  /** Neither a long context nor a long piece of work. */
  private static final long MODEST_INPUT = 16_000;

  private static final long MODEST_OUTPUT = 1_000;

  private final PriceBook prices;
  private final Map<String, Sum> byModel = new TreeMap<>();

  SmallerModels(PriceBook prices) {
    this.prices = prices;
  }

  /**
   * What a smaller model might have taken of a dear one's calls, in dollars at list prices.
   *
   * @param atLeast saved if it had taken the tiny calls
   * @param atMost saved if it had taken every call that is not long
   */
  record Saving(
      String model,
      String smaller,
      long tinyCalls,
      long modestCalls,
      BigDecimal atLeast,
      BigDecimal atMost) {}

  private static final class Sum {
    private final Optional<Listing> smaller;
    private long tiny;
    private long modest;
    private BigDecimal atLeast = BigDecimal.ZERO;
    private BigDecimal atMost = BigDecimal.ZERO;

    Sum(Optional<Listing> smaller) {
      this.smaller = smaller;
    }
  }

  void add(LogRow row, Optional<BigDecimal> cost) {
    if (row.calls() != 1 || row.usage().isAbsent() || cost.isEmpty() || cost.get().signum() == 0) {
      return;
    }
    Sum sum =
        byModel.computeIfAbsent(
            row.model(),
            name ->
                new Sum(prices.find(name).flatMap(listing -> prices.smaller(listing, row.at()))));
    long input = row.usage().totalInput();
    long output = row.usage().totalOutput();
    if (sum.smaller.isEmpty() || input > MODEST_INPUT || output > MODEST_OUTPUT) {
      return;
    }
    Optional<BigDecimal> instead = PriceBook.dollars(sum.smaller.get().on(row.at()), row.usage());
    if (instead.isEmpty() || instead.get().compareTo(cost.get()) >= 0) {
      return;
    }
    BigDecimal saved = cost.get().subtract(instead.get());
    sum.modest++;
    sum.atMost = sum.atMost.add(saved);
    if (input <= TINY_INPUT && output <= TINY_OUTPUT) {
      sum.tiny++;
      sum.atLeast = sum.atLeast.add(saved);
    }
  }

  /** The largest first. */
  List<Saving> savings() {
    return byModel.entrySet().stream()
        .filter(entry -> entry.getValue().modest > 0)
        .map(entry -> {
          Sum sum = entry.getValue();
          return new Saving(
              entry.getKey(),
              sum.smaller.orElseThrow().model(),
              sum.tiny,
              sum.modest,
              sum.atLeast,
              sum.atMost);
        })
        .sorted(Comparator.comparing(Saving::atMost).reversed())
        .toList();
  }
}
