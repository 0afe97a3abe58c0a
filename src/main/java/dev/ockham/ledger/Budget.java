package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * A limit that nothing gets past: what is spent and what is held in a period never exceed it.
 *
 * @param zone whose midnight begins a day or a month; no matter for {@link Period#TOTAL}
 */
public record Budget(String organisation, Scope scope, Money limit, Period period, ZoneId zone) {

  /** How long one account of a budget lasts; the next period is another account. */
  public enum Period {
    TOTAL,
    DAY,
    MONTH;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param from inclusive
   * @param until exclusive; empty for what never ends
   */
  public record Span(Instant from, Optional<Instant> until) {
    boolean isOverAt(Instant at) {
      return until.isPresent() && !at.isBefore(until.get());
    }

    boolean contains(Instant at) {
      return !at.isBefore(from) && !isOverAt(at);
    }
  }

  public Budget {
    if (limit.isNegative()) {
      throw new IllegalArgumentException(
          "budget of " + scope + ": limit " + limit + " (expected: >= 0)");
    }
  }

  /** The period that this instant falls in. */
  public Span spanAt(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, zone);
    return switch (period) {
      case TOTAL -> new Span(Instant.EPOCH, Optional.empty());
      case DAY -> span(day, day.plusDays(1));
      case MONTH -> span(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1));
    };
  }

  private Span span(LocalDate from, LocalDate until) {
    return new Span(
        from.atStartOfDay(zone).toInstant(), Optional.of(until.atStartOfDay(zone).toInstant()));
  }
}
