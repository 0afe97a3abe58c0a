package dev.ockham.report;

import dev.ockham.catalog.Money;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares what was booked with what a provider says it served, per day (UTC) and model. Drift is
 * the difference as a share of what the provider says; above the tolerance it is an alarm.
 */
public final class Reconciliation {
  /** Half a percent. */
  public static final long TOLERANCE_PPM = 5_000;

  private static final long MILLION = 1_000_000;

  /** A provider's report may not tell models apart; then all of a day are compared together. */
  public static final String ALL_MODELS = "(all models)";

  private Reconciliation() {}

  /**
   * What one side says of a model on a day.
   *
   * @param model as its provider calls it
   * @param usage absent where this side tells costs only
   * @param cost empty where this side tells usage only, or has no price
   */
  public record Day(
      String provider, LocalDate day, String model, Usage usage, Optional<Money> cost) {}

  /**
   * One comparison.
   *
   * @param what {@code cost}, in picodollars, or tokens: {@code input}, {@code cache_read}, {@code
   *     cache_write}, {@code output}
   * @param driftPpm of what was reported, in parts per million; at most ten million
   */
  public record Line(
      String provider,
      LocalDate day,
      String model,
      String what,
      long booked,
      long reported,
      long driftPpm,
      boolean alarm) {
    public long difference() {
      return Math.subtractExact(reported, booked);
    }
  }

  private record Key(String provider, LocalDate day, String model) {}

  /** Compares everything that is reported, in the order of days, providers and models. */
  public static List<Line> of(List<Day> booked, List<Day> reported, long tolerancePpm) {
    Map<Key, Map<String, Long>> ours = sums(booked);
    Map<Key, Map<String, Long>> theirs = sums(reported);
    Map<Key, Map<String, Long>> all = new LinkedHashMap<>();
    theirs.forEach((key, amounts) -> {
      Key named = named(key, ours);
      amounts.forEach((what, amount) ->
          all.computeIfAbsent(named, _ -> new TreeMap<>()).merge(what, amount, Math::addExact));
    });
    var lines = new ArrayList<Line>();
    all.forEach((key, amounts) ->
        amounts.forEach((what, amount) ->
            lines.add(line(key, what, booked(key, what, ours), amount, tolerancePpm))));
    lines.sort(
        Comparator.comparing(Line::day)
            .thenComparing(Line::provider)
            .thenComparing(Line::model)
            .thenComparing(Line::what));
    return lines;
  }

  private static Line line(Key key, String what, long booked, long reported, long tolerance) {
    long drift = drift(booked, reported);
    return new Line(
        key.provider, key.day, key.model, what, booked, reported, drift, drift > tolerance);
  }

  /** In parts per million; where nothing is reported and something booked, all of it drifts. */
  static long drift(long booked, long reported) {
    long difference = Math.abs(Math.subtractExact(booked, reported));
    if (difference == 0) {
      return 0;
    }
    if (reported == 0) {
      return 10 * MILLION;
    }
    long most = Math.abs(reported);
    long ppm =
        difference > Long.MAX_VALUE / MILLION
            ? difference / Math.max(1, most / MILLION)
            : Math.ceilDiv(difference * MILLION, most);
    return Math.min(ppm, 10 * MILLION);
  }

  private static long booked(Key key, String what, Map<Key, Map<String, Long>> ours) {
    if (!key.model.equals(ALL_MODELS)) {
      return ours.getOrDefault(key, Map.of()).getOrDefault(what, 0L);
    }
    long sum = 0;
    for (Map.Entry<Key, Map<String, Long>> each : ours.entrySet()) {
      if (each.getKey().provider.equals(key.provider) && each.getKey().day.equals(key.day)) {
        sum = Math.addExact(sum, each.getValue().getOrDefault(what, 0L));
      }
    }
    return sum;
  }

  /** Providers name the version that served, where a client named the model: then without it. */
  private static Key named(Key reported, Map<Key, Map<String, Long>> ours) {
    if (ours.containsKey(reported)) {
      return reported;
    }
    String undated = reported.model.replaceFirst("-(20[0-9]{2}-[0-9]{2}-[0-9]{2}|20[0-9]{6})$", "");
    var shorter = new Key(reported.provider, reported.day, undated);
    return ours.containsKey(shorter) ? shorter : reported;
  }

  private static Map<Key, Map<String, Long>> sums(List<Day> days) {
    var sums = new LinkedHashMap<Key, Map<String, Long>>();
    for (Day day : days) {
      Map<String, Long> amounts =
          sums.computeIfAbsent(new Key(day.provider, day.day, day.model), _ -> new TreeMap<>());
      day.cost.ifPresent(cost -> amounts.merge("cost", cost.picos(), Math::addExact));
      if (!day.usage.isAbsent()) {
        tokens(day.usage).forEach((what, count) -> amounts.merge(what, count, Math::addExact));
      }
    }
    return sums;
  }

  /** Coarse enough for every provider's report. */
  private static Map<String, Long> tokens(Usage usage) {
    long reads = usage.count(TokenClass.CACHE_READ) + usage.count(TokenClass.AUDIO_CACHE_READ);
    long writes = usage.count(TokenClass.CACHE_WRITE_5M) + usage.count(TokenClass.CACHE_WRITE_1H);
    return Map.of(
        "input",
        usage.totalInput() - reads - writes,
        "cache_read",
        reads,
        "cache_write",
        writes,
        "output",
        usage.totalOutput());
  }
}
