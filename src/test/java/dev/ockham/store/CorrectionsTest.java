package dev.ockham.store;

import static dev.ockham.store.Stores.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Correction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsTest {
  private final LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);

  @TempDir private Path folder = Path.of("");

  @Test
  void a_day_is_what_its_calls_cost_and_used() {
    try (Store store = Stores.open(folder.resolve("data"))) {
      Stores.serve(store);
      Stores.serve(store);
      assertThat(booked(store))
          .singleElement()
          .returns("openai", Corrections.Booked::provider)
          .returns("gpt-mid", Corrections.Booked::model)
          .returns(2L, Corrections.Booked::calls)
          .returns(Usage.of(1_800, 700), Corrections.Booked::usage)
          .returns(Money.ofDollars("0.0115"), Corrections.Booked::cost);
    }
  }

  @Test
  void a_correction_is_added_once_and_changes_nothing_that_was_posted() {
    try (Store store = Stores.open(folder.resolve("data"))) {
      Stores.serve(store);
      var correction = correction("0.000250000001", "report 1");
      assertThat(get(store.corrections().post(List.of(correction)))).isEqualTo(1);
      assertThat(get(store.corrections().post(List.of(correction)))).isZero();
      assertThat(booked(store).getFirst().cost()).isEqualTo(Money.ofDollars("0.006000000001"));
      get(store.corrections().post(List.of(correction("-0.006", "report 2"))));
      assertThat(booked(store).getFirst().cost()).isEqualTo(new Money(1));
      assertThat(get(store.corrections().posted(today.minusDays(1), today.plusDays(2))))
          .hasSize(2)
          .contains(correction);
    }
  }

  @Test
  void who_called_a_model_is_told_with_how_often() {
    try (Store store = Stores.open(folder.resolve("data"))) {
      Stores.serve(store);
      Stores.serve(store);
      get(store.requests().totals("default"));
      Instant since = Instant.now().minus(Duration.ofDays(30));
      assertThat(get(store.callers("gpt-mid", since)))
          .singleElement()
          .returns(2L, ModelCaller::calls)
          .returns(List.of("org:default", "team:claims", "key:k1"), ModelCaller::scopes);
      assertThat(get(store.callers("another", since))).isEmpty();
      assertThat(get(store.callers("gpt-mid", Instant.now().plusSeconds(60)))).isEmpty();
    }
  }

  private List<Corrections.Booked> booked(Store store) {
    return get(store.corrections().booked(today.minusDays(1), today.plusDays(2)));
  }

  private Correction correction(String dollars, String source) {
    return new Correction(
        "default",
        "openai",
        "gpt-mid",
        today,
        Money.ofDollars(dollars),
        "as reported",
        source,
        Instant.parse("2026-11-25T03:00:00Z"));
  }
}
