package dev.ockham.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ockham.catalog.PriceVariant.Condition;
import dev.ockham.catalog.PriceVariant.Hours;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceTest {
  private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");
  private static final Map<TokenClass, Long> RATES = rates(3_000_000, 15_000_000);

  @Test
  void free_and_unknown_are_different_and_neither_is_a_list_of_zeros() {
    assertThat(new Price.Free().of(Usage.of(5, 5), NOON).total()).contains(Money.ZERO);
    assertThat(new Price.Unknown().of(Usage.of(5, 5), NOON).total()).isEmpty();
    assertThat(new Price.Free().versionName()).isEqualTo("free");
    assertThat(new Price.Unknown().versionName()).isEqualTo("unknown");
  }

  @Test
  void above_a_length_every_token_of_the_call_costs_the_higher_rate() {
    Price price = price(above(200_000, rates(6_000_000, 22_500_000)));
    // Cached input counts towards the length: 199,999 + 2 is above it.
    var usage =
        new Usage(
            Map.of(TokenClass.INPUT, 2L, TokenClass.CACHE_READ, 199_999L, TokenClass.OUTPUT, 10L));
    // 200,001 × 6,000,000 + 10 × 22,500,000
    assertThat(price.of(usage, NOON).total()).contains(new Money(1_200_231_000_000L));
    // 200,000 × 3,000,000 + 10 × 15,000,000
    assertThat(price.of(Usage.of(200_000, 10), NOON).total()).contains(new Money(600_150_000_000L));
  }

  @Test
  void hours_begin_with_their_first_instant_and_end_before_their_last_and_may_cross_midnight() {
    Price day = price(during("00:30", "16:30", rates(1, 1)));
    assertThat(inputRate(day, "00:29:59.999")).isEqualTo(3_000_000);
    assertThat(inputRate(day, "00:30:00")).isEqualTo(1);
    assertThat(inputRate(day, "16:29:59.999")).isEqualTo(1);
    assertThat(inputRate(day, "16:30:00")).isEqualTo(3_000_000);
    Price night = price(during("16:30", "00:30", rates(1, 1)));
    assertThat(inputRate(night, "23:59:59.999")).isEqualTo(1);
    assertThat(inputRate(night, "00:00:00")).isEqualTo(1);
    assertThat(inputRate(night, "00:30:00")).isEqualTo(3_000_000);
    assertThat(night.of(Usage.of(1, 0)).total())
        .as("without a time, what holds at no special hour")
        .contains(new Money(3_000_000));
  }

  @Test
  void the_tier_that_served_decides_and_one_without_rates_of_its_own_costs_the_standard() {
    Price price =
        price(
            above(200_000, rates(6_000_000, 22_500_000)),
            new PriceVariant(
                new Condition(ServiceTier.BATCH, 0, Optional.empty()),
                rates(1_500_000, 7_500_000)));
    Usage usage = Usage.of(1, 0);
    assertThat(price.of(served(usage, ServiceTier.BATCH), NOON).total())
        .contains(new Money(1_500_000));
    assertThat(price.of(served(usage, ServiceTier.FLEX), NOON).total())
        .contains(new Money(3_000_000));
    assertThat(price.of(served(Usage.of(200_001, 0), ServiceTier.FLEX), NOON).total())
        .contains(new Money(6_000_000).times(200_001));
  }

  @Test
  void a_dearer_tier_that_nobody_listed_is_said_to_be_unpriced() {
    Price price = price();
    Cost cost = price.of(served(Usage.of(1, 0), ServiceTier.PRIORITY), NOON);
    assertThat(cost.unpriced()).containsExactly("priority");
    assertThat(cost.total()).contains(new Money(3_000_000));
    assertThat(price.of(served(Usage.of(1, 0), ServiceTier.BATCH), NOON).unpriced()).isEmpty();
  }

  @Test
  void searches_and_requests_have_their_own_lines_and_a_search_without_price_is_said() {
    var searched = new Usage(Map.of(TokenClass.INPUT, 1L, TokenClass.WEB_SEARCH, 3L));
    assertThat(price().of(searched, NOON).unpriced()).containsExactly("web_search");
    Price listed =
        new Price.Listed(
            "v",
            Map.of(
                TokenClass.INPUT, 3_000_000L,
                TokenClass.OUTPUT, 15_000_000L,
                TokenClass.WEB_SEARCH, 10_000_000_000L,
                TokenClass.REQUEST, 5_000_000_000L));
    Cost cost = listed.of(searched, NOON);
    // 3,000,000 + 3 × $0.01 + 1 × $0.005
    assertThat(cost.total()).contains(new Money(35_003_000_000L));
    assertThat(cost.unpriced()).isEmpty();
    assertThat(cost.lines()).extracting(Price.Line::kind).endsWith(TokenClass.REQUEST);
  }

  @Test
  void discount_and_mark_up_are_lines_of_their_own_on_the_listed_cost() {
    Price price =
        new Price.Listed(
            "v",
            RATES,
            List.of(),
            List.of(new Adjustment("discount", -125_000), new Adjustment("markup", 30_000)));
    Cost cost = price.of(Usage.of(7, 1), NOON);
    // listed 7 × 3,000,000 + 15,000,000 = 36,000,000; 12.5 % off, 3 % on
    assertThat(cost.agreed())
        .extracting(Cost.Agreed::amount)
        .containsExactly(new Money(-4_500_000), new Money(1_080_000));
    assertThat(cost.total()).contains(new Money(32_580_000));
    assertThat(new Adjustment("markup", 1).of(new Money(500_000))).isEqualTo(new Money(1));
    assertThat(new Adjustment("discount", -1).of(new Money(499_999))).isEqualTo(Money.ZERO);
    assertThatThrownBy(() -> new Adjustment("discount", -1_000_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_machine_of_ones_own_has_a_price_that_follows_from_its_hours() {
    // $2.50 an hour, 40 % busy: 2.5e12 ÷ (3600 × 5,000 × 0.4) = 347,222.2; ÷ (3600 × 900 × 0.4) =
    // 1,929,012.3; both rounded up
    var card = new RateCard(2_500_000_000_000L, 5_000, 900, 400_000);
    assertThat(card.picosPerToken())
        .isEqualTo(Map.of(TokenClass.INPUT, 347_223L, TokenClass.OUTPUT, 1_929_013L));
    assertThatThrownBy(() -> new RateCard(1, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_price_reads_its_terms_from_the_line_it_writes() {
    var price =
        new Price.Listed(
            "v",
            RATES,
            List.of(
                above(200_000, rates(6, 7)),
                during("16:30", "00:30", rates(1, 2)),
                new PriceVariant(
                    new Condition(ServiceTier.BATCH, 5, Optional.empty()), rates(8, 9))),
            List.of(new Adjustment("discount", -125_000)));
    String terms = PriceTerms.write(price);
    assertThat(terms)
        .isEqualTo(
            "standard >200000 input=6 output=7; standard 16:30/00:30 input=1 output=2;"
                + " batch >5 input=8 output=9; discount@-125000");
    assertThat(PriceTerms.read("v", RATES, terms)).isEqualTo(price);
    assertThat(PriceTerms.read("v", RATES, "")).isEqualTo(new Price.Listed("v", RATES));
  }

  private static long inputRate(Price price, String time) {
    Instant at = Instant.parse("2026-10-01T" + time + "Z");
    return price.of(Usage.of(1, 0), at).total().orElseThrow().picos();
  }

  private static Usage served(Usage usage, ServiceTier tier) {
    return usage.servedAt(Optional.of(tier));
  }

  private static Price price(PriceVariant... variants) {
    return new Price.Listed("v", RATES, List.of(variants), List.of());
  }

  private static PriceVariant above(long input, Map<TokenClass, Long> rates) {
    return new PriceVariant(new Condition(ServiceTier.STANDARD, input, Optional.empty()), rates);
  }

  private static PriceVariant during(String from, String until, Map<TokenClass, Long> rates) {
    var hours = new Hours(LocalTime.parse(from), LocalTime.parse(until));
    return new PriceVariant(new Condition(ServiceTier.STANDARD, 0, Optional.of(hours)), rates);
  }

  private static Map<TokenClass, Long> rates(long input, long output) {
    return Map.of(TokenClass.INPUT, input, TokenClass.OUTPUT, output);
  }
}
