package dev.ockham.lab.xray;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The calls of one run, in the order in which they were made. */
final class Trail {
  private final String run;
  private final String who;
  private final boolean named;
  private final List<Call> calls = new ArrayList<>(2);

  /**
   * One call.
   *
   * @param action as {@link LogRow#action}
   */
  record Call(
      Instant at,
      String model,
      long input,
      long read,
      long written,
      long output,
      long action,
      Optional<BigDecimal> cost) {
    static Call of(LogRow row, Optional<BigDecimal> cost) {
      Usage usage = row.usage();
      return new Call(
          row.at(),
          row.model(),
          usage.totalInput(),
          usage.count(TokenClass.CACHE_READ),
          usage.count(TokenClass.CACHE_WRITE_5M) + usage.count(TokenClass.CACHE_WRITE_1H),
          usage.totalOutput(),
          row.action(),
          cost);
    }

    BigDecimal dollars() {
      return cost.orElse(BigDecimal.ZERO);
    }
  }

  /**
   * @param named whether the log says that these calls belong together, or they only look alike
   */
  Trail(String run, String who, boolean named) {
    this.run = run;
    this.who = who;
    this.named = named;
  }

  boolean named() {
    return named;
  }

  String run() {
    return run;
  }

  String who() {
    return who;
  }

  void add(Call call) {
    calls.add(call);
  }

  int size() {
    return calls.size();
  }

  /** Ordered by time; logs are often exported the newest first. */
  List<Call> inOrder() {
    calls.sort(Comparator.comparing(Call::at));
    return calls;
  }

  /** In pieces that have no longer pause inside than this. */
  List<Trail> atPauses(Duration longest) {
    var pieces = new ArrayList<Trail>();
    Trail piece = new Trail(run, who, named);
    for (Call call : inOrder()) {
      boolean late =
          piece.size() > 0
              && Duration.between(piece.calls.getLast().at(), call.at()).compareTo(longest) > 0;
      if (late) {
        pieces.add(piece);
        piece = new Trail(run, who, named);
      }
      piece.add(call);
    }
    pieces.add(piece);
    return pieces;
  }

  BigDecimal dollars() {
    return calls.stream().map(Call::dollars).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
