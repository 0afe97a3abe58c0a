package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Scope;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A limit on what a scope may cost in a period. For a scope that stands for every one of a kind,
 * each of them has the limit of its own.
 *
 * @param zone whose midnight begins a period; no matter for {@link Period#TOTAL}
 */
public record Budget(
    String organisation, Scope scope, Money limit, Period period, ZoneId zone, Terms terms) {

  /** How long one account of a budget lasts; the next period is another account. */
  public enum Period {
    TOTAL,
    DAY,
    /** From Monday. */
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what {@link #wireName} gives.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Period parse(String text) {
      for (Period period : values()) {
        if (period.wireName().equals(text)) {
          return period;
        }
      }
      throw new IllegalArgumentException(
          "period \"" + text + "\" (expected: day, week, month, quarter, year or total)");
    }
  }

  /**
   * What becomes of a call that reaches the limit, or a share of it.
   *
   * @param thresholds by their share, the smallest first
   */
  public record Terms(Mode mode, List<Threshold> thresholds, List<Increase> increases) {
    public static final Terms STRICT = of(new Mode.Strict());

    public Terms {
      thresholds = thresholds.stream().sorted(Comparator.comparingInt(Threshold::percent)).toList();
      increases = List.copyOf(increases);
    }

    public static Terms of(Mode mode, Threshold... thresholds) {
      return new Terms(mode, List.of(thresholds), List.of());
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

  /** A strict one, without more. */
  public Budget(String organisation, Scope scope, Money limit, Period period, ZoneId zone) {
    this(organisation, scope, limit, period, zone, Terms.STRICT);
  }

  public Budget with(Terms other) {
    return new Budget(organisation, scope, limit, period, zone, other);
  }

  /** The same for one scope, of a budget that stands for every one of a kind. */
  Budget of(Scope one) {
    return new Budget(organisation, one, limit, period, zone, terms);
  }

  Mode mode() {
    return terms.mode();
  }

  /** With what it is increased by now. */
  public Money limitAt(Instant at) {
    Money sum = limit;
    for (Increase increase : terms.increases()) {
      if (increase.isOn(at)) {
        sum = sum.plus(increase.amount());
      }
    }
    return sum;
  }

  boolean isIncreasedAt(Instant at) {
    return terms.increases().stream().anyMatch(increase -> increase.isOn(at));
  }

  /** The period that this instant falls in. */
  public Span spanAt(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, zone);
    return switch (period) {
      case TOTAL -> new Span(Instant.EPOCH, Optional.empty());
      case DAY -> span(day, day.plusDays(1));
      case WEEK -> {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        yield span(monday, monday.plusWeeks(1));
      }
      case MONTH -> span(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1));
      case QUARTER -> {
        LocalDate first =
            day.withDayOfMonth(1).withMonth(day.getMonth().firstMonthOfQuarter().getValue());
        yield span(first, first.plusMonths(3));
      }
      case YEAR -> span(day.withDayOfYear(1), day.withDayOfYear(1).plusYears(1));
    };
  }

  private Span span(LocalDate from, LocalDate until) {
    return new Span(
        from.atStartOfDay(zone).toInstant(), Optional.of(until.atStartOfDay(zone).toInstant()));
  }
}
