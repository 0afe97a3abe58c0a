package dev.ockham.lab.xray;

import dev.ockham.chat.TokenClass;
import dev.ockham.lab.xray.Trail.Call;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run paid for input that the call before it had already sent. A run sends its conversation
 * again with each call, so what the last call sent could have been read from a cache while that
 * still held it.
 */
final class CacheWaste {
  /** How long a provider keeps what it was not asked to keep longer. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  /** No provider caches shorter prompts. */
  private static final long SHORTEST = 1_024;

  private CacheWaste() {}

  /**
   * What one run lost.
   *
   * @param named whether the log itself says that the calls are of one run
   * @param calls that paid for what could have been read
   * @param tokens sent again and not read from a cache
   * @param unread tokens written to a cache from which nothing was ever read
   * @param dollars more than they need have cost, at list prices
   */
  record Waste(
      String run,
      String who,
      String model,
      boolean named,
      int calls,
      long tokens,
      long unread,
      BigDecimal dollars) {}

  static Optional<Waste> of(Trail trail, PriceBook prices) {
    List<Call> calls = trail.inOrder();
    int missed = 0;
    long tokens = 0;
    BigDecimal dollars = BigDecimal.ZERO;
    for (int i = 1; i < calls.size(); i++) {
      long again = missed(calls.get(i - 1), calls.get(i), trail.named());
      Optional<Long> more = again == 0 ? Optional.empty() : premium(calls.get(i), prices);
      if (more.isPresent() && more.get() > 0) {
        missed++;
        tokens += again;
        dollars = dollars.add(picodollars(again, more.get()));
      }
    }
    long unread = unread(calls);
    if (unread > 0) {
      dollars = dollars.add(picodollars(unread, writePremium(calls.getFirst(), prices)));
    }
    if (tokens == 0 && unread == 0) {
      return Optional.empty();
    }
    String model = calls.getFirst().model();
    return Optional.of(
        new Waste(trail.run(), trail.who(), model, trail.named(), missed, tokens, unread, dollars));
  }

  /**
   * Tokens of a call that the one before it had sent and that came from no cache. Where no run is
   * named, a call goes on from the one before only if its prompt grew as a conversation's does.
   */
  private static long missed(Call before, Call call, boolean named) {
    long grown = call.input() - before.input();
    boolean follows =
        call.model().equals(before.model())
            && Duration.between(before.at(), call.at()).compareTo(KEPT) <= 0
            && grown >= 0
            && (named || grown <= before.input() / 10 + SHORTEST);
    long missed = before.input() - call.read();
    return follows && missed >= SHORTEST ? missed : 0;
  }

  private static long unread(List<Call> calls) {
    long written = 0;
    for (Call call : calls) {
      if (call.read() > 0) {
        return 0;
      }
      written += call.written();
    }
    return written;
  }

  /** What a token costs more than one read from the cache. */
  private static Optional<Long> premium(Call call, PriceBook prices) {
    return both(call, TokenClass.INPUT, TokenClass.CACHE_READ, prices);
  }

  private static long writePremium(Call call, PriceBook prices) {
    return Math.max(0, both(call, TokenClass.CACHE_WRITE_5M, TokenClass.INPUT, prices).orElse(0L));
  }

  private static Optional<Long> both(
      Call call, TokenClass dearer, TokenClass cheaper, PriceBook prices) {
    return prices
        .picos(call.model(), call.at(), dearer)
        .flatMap(dear -> prices.picos(call.model(), call.at(), cheaper).map(cheap -> dear - cheap));
  }

  private static BigDecimal picodollars(long tokens, long picos) {
    return BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(picos, 12));
  }
}
