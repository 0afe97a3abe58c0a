package dev.ockham.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.CatalogFile.DatedPrice;
import dev.ockham.catalog.CatalogFile.Facts;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.TokenClass;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** F33: a feed of prices that is wrong changes nothing, and what was right stays. */
class CatalogMergeTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
  private static final LocalDate BEFORE = LocalDate.of(2026, 11, 24);

  @Test
  void a_sudden_zero_is_refused_and_the_price_before_stays() {
    var merged = merge(listed(2_500_000, 10_000_000), listed(0, 10_000_000));
    assertThat(merged.refused())
        .containsExactly("p/m input 2500000 -> 0 picodollars: a sudden 0 (feed)");
    assertThat(price(merged)).isEqualTo(listed(2_500_000, 10_000_000));
  }

  @Test
  void a_thousand_fold_price_is_refused_up_and_down_and_less_is_not() {
    assertThat(merge(listed(2_000, 10_000), listed(2_000_000, 10_000)).refused()).hasSize(1);
    assertThat(merge(listed(2_000_000, 10_000), listed(2_000, 10_000)).refused()).hasSize(1);
    assertThat(merge(listed(2_000, 10_000), listed(1_999_999, 10_000)).refused()).isEmpty();
  }

  @Test
  void zeros_alone_are_not_free_but_a_model_that_says_free_is() {
    assertThat(merge(new Price.Unknown(), listed(0, 0)).refused())
        .containsExactly("p/m every rate is 0, which is not the same as free (feed)");
    var merged = merge(listed(1, 1), new Price.Free());
    assertThat(merged.refused()).isEmpty();
    assertThat(price(merged)).isEqualTo(new Price.Free());
  }

  @Test
  void a_price_that_was_known_does_not_become_unknown() {
    var merged = merge(listed(5, 5), new Price.Unknown());
    assertThat(merged.refused()).hasSize(1);
    assertThat(price(merged)).isEqualTo(listed(5, 5));
  }

  @Test
  void rates_above_a_length_are_looked_at_too() {
    Price.Listed before = listed(2_500_000, 10_000_000);
    var merged = merge(tiered(before, 5_000_000), tiered(before, 5_000_000_000_000L));
    assertThat(merged.refused()).hasSize(1).first().asString().contains("standard above 200000");
  }

  @Test
  void a_changed_price_is_in_force_from_its_day_and_the_one_before_stays_for_its_time() {
    var merged = merge(listed(4, 8), listed(5, 8));
    Facts facts = merged.catalog().facts("p", "m").orElseThrow();
    assertThat(facts.priceOn(BEFORE)).isEqualTo(listed(4, 8));
    assertThat(facts.priceOn(TODAY)).isEqualTo(listed(5, 8));
    assertThat(merged.changed()).containsExactly("p/m input: $0.000004 -> $0.000005");
    assertThat(facts.prices()).extracting(DatedPrice::from).containsExactly(LocalDate.MIN, TODAY);
  }

  @Test
  void the_same_price_is_only_checked_anew() {
    var merged = merge(listed(4, 8), listed(4, 8));
    assertThat(merged.changed()).isEmpty();
    assertThat(merged.catalog().facts("p", "m").orElseThrow().prices())
        .singleElement()
        .extracting(DatedPrice::checked)
        .isEqualTo(TODAY);
  }

  @Test
  void what_the_newer_one_does_not_mention_stays_and_is_told() {
    CatalogFile base = file(Map.of("old", listed(1, 1), "m", listed(2, 2)), BEFORE);
    var merged = CatalogMerge.of(base, file(Map.of("m", listed(2, 2)), TODAY), TODAY);
    assertThat(merged.missing()).containsExactly("p/old");
    assertThat(merged.catalog().facts("p", "old").orElseThrow().priceOn(TODAY))
        .isEqualTo(listed(1, 1));
    var more = CatalogMerge.of(base, file(Map.of("new", listed(3, 3)), TODAY), TODAY);
    assertThat(more.added()).containsExactly("p/new");
  }

  private static CatalogMerge.Merged merge(Price before, Price after) {
    return CatalogMerge.of(
        file(Map.of("m", before), BEFORE), file(Map.of("m", after), TODAY), TODAY);
  }

  private static Price price(CatalogMerge.Merged merged) {
    return merged.catalog().facts("p", "m").orElseThrow().priceOn(TODAY);
  }

  private static CatalogFile file(Map<String, Price> prices, LocalDate checked) {
    var models = new LinkedHashMap<String, Facts>();
    prices.forEach((id, price) ->
        models.put(
            id,
            new Facts(
                Model.Limits.UNKNOWN,
                Set.of(),
                List.of(new DatedPrice(LocalDate.MIN, price, "feed", checked)),
                OptionalDouble.empty(),
                Optional.empty())));
    var providers = new LinkedHashMap<String, CatalogFile.Provider>();
    providers.put("p", new CatalogFile.Provider(Dialect.OPENAI_CHAT, "https://p", models));
    return new CatalogFile(checked.toString(), providers);
  }

  private static Price.Listed listed(long input, long output) {
    return new Price.Listed("v", Map.of(TokenClass.INPUT, input, TokenClass.OUTPUT, output));
  }

  private static Price tiered(Price.Listed standard, long input) {
    return PriceTerms.read(
        "v", standard.picosPerToken(), "standard >200000 input=" + input + " output=20000000");
  }
}
