package dev.ockham.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.report.Reconciliation.Day;
import dev.ockham.report.Reconciliation.Line;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

  @Test
  void half_a_percent_is_no_alarm_and_a_picodollar_more_is() {
    // 0.5 % of what the provider says: 200 of 40,000
    assertThat(cost(39_800, 40_000)).returns(5_000L, Line::driftPpm).returns(false, Line::alarm);
    assertThat(cost(39_799, 40_000)).returns(5_025L, Line::driftPpm).returns(true, Line::alarm);
    assertThat(cost(40_201, 40_000)).returns(true, Line::alarm);
    assertThat(cost(40_000, 40_000)).returns(0L, Line::driftPpm).returns(false, Line::alarm);
  }

  @Test
  void what_is_reported_and_not_booked_is_all_drift_and_the_other_way_round() {
    assertThat(cost(0, 7)).returns(1_000_000L, Line::driftPpm).returns(true, Line::alarm);
    assertThat(cost(7, 0)).returns(10_000_000L, Line::driftPpm).returns(true, Line::alarm);
    assertThat(Reconciliation.of(List.of(), List.of(dollars("m", 7)), 5_000))
        .singleElement()
        .returns(0L, Line::booked)
        .returns(7L, Line::difference);
  }

  @Test
  void the_version_that_served_belongs_to_the_model_that_was_named() {
    for (String served : List.of("gpt-x-2026-04-14", "gpt-x-20260414", "gpt-x")) {
      assertThat(
              Reconciliation.of(List.of(dollars("gpt-x", 9)), List.of(dollars(served, 9)), 5_000))
          .as(served)
          .singleElement()
          .returns("gpt-x", Line::model)
          .returns(false, Line::alarm);
    }
  }

  @Test
  void a_report_that_tells_no_models_apart_is_compared_with_all_of_the_day() {
    assertThat(
            Reconciliation.of(
                List.of(dollars("a", 4), dollars("b", 5)),
                List.of(dollars(Reconciliation.ALL_MODELS, 9)),
                5_000))
        .singleElement()
        .returns(9L, Line::booked)
        .returns(false, Line::alarm);
  }

  @Test
  void tokens_are_compared_by_what_every_report_tells() {
    var booked =
        new Usage(
            Map.of(
                TokenClass.INPUT, 100L,
                TokenClass.CACHE_READ, 900L,
                TokenClass.CACHE_WRITE_1H, 50L,
                TokenClass.OUTPUT, 30L,
                TokenClass.REASONING, 70L));
    var reported =
        new Usage(
            Map.of(
                TokenClass.INPUT, 100L,
                TokenClass.CACHE_READ, 800L,
                TokenClass.CACHE_WRITE_1H, 50L,
                TokenClass.OUTPUT, 100L));
    List<Line> lines = Reconciliation.of(List.of(used(booked)), List.of(used(reported)), 5_000);
    assertThat(lines)
        .extracting(Line::what)
        .containsExactly("cache_read", "cache_write", "input", "output");
    assertThat(lines).filteredOn(Line::alarm).extracting(Line::what).containsExactly("cache_read");
  }

  @Test
  void sums_of_a_great_day_do_not_overflow() {
    long much = Long.MAX_VALUE / 2;
    assertThat(cost(much, much - much / 100)).returns(true, Line::alarm);
    assertThat(cost(much, much)).returns(false, Line::alarm);
  }

  private static Line cost(long booked, long reported) {
    return Reconciliation.of(
            List.of(dollars("m", booked)),
            List.of(dollars("m", reported)),
            Reconciliation.TOLERANCE_PPM)
        .getFirst();
  }

  private static Day dollars(String model, long picos) {
    return new Day("openai", DAY, model, Usage.ABSENT, Optional.of(new Money(picos)));
  }

  private static Day used(Usage usage) {
    return new Day("openai", DAY, "m", usage, Optional.empty());
  }
}
