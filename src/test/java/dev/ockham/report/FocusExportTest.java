package dev.ockham.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Charge;
import dev.ockham.catalog.Money;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The rules of FOCUS 1.3 for what we export, as far as they concern usage of models. Exceptions are
 * listed in docs/exports.md.
 */
final class FocusExportTest {
  /** Must be there and must not be null. */
  private static final List<String> NEVER_NULL =
      List.of(
          "BilledCost",
          "BillingAccountId",
          "BillingAccountType",
          "BillingCurrency",
          "BillingPeriodEnd",
          "BillingPeriodStart",
          "ChargeCategory",
          "ChargePeriodEnd",
          "ChargePeriodStart",
          "ContractedCost",
          "EffectiveCost",
          "HostProviderName",
          "InvoiceIssuerName",
          "ListCost",
          "ProviderName",
          "PublisherName",
          "ServiceCategory",
          "ServiceName",
          "ServiceProviderName",
          "ServiceSubcategory");

  /** Must be there and may be null. */
  private static final List<String> MAY_BE_NULL =
      List.of(
          "BillingAccountName",
          "ChargeClass",
          "ChargeDescription",
          "PricingQuantity",
          "PricingUnit");

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");

  @Test
  void every_mandatory_column_is_there_and_ours_come_last() {
    assertThat(FocusExport.COLUMNS).containsAll(NEVER_NULL).containsAll(MAY_BE_NULL);
    assertThat(FocusExport.COLUMNS).doesNotHaveDuplicates();
    List<String> sorted = FocusExport.COLUMNS.stream().sorted((a, b) -> rank(a) - rank(b)).toList();
    assertThat(sorted).isEqualTo(FocusExport.COLUMNS);
    assertThat(FocusExport.COLUMNS).allMatch(column -> column.length() <= 50);
  }

  @Test
  void what_must_not_be_null_never_is_and_values_are_those_that_are_allowed() {
    for (Charge charge : charges()) {
      Map<String, String> row = FocusExport.row(charge);
      assertThat(row).containsKeys(NEVER_NULL.toArray(new String[0]));
      assertThat(row.values()).noneMatch(String::isEmpty);
      assertThat(row.get("ChargeCategory")).isIn("Usage", "Adjustment");
      assertThat(row.get("BillingCurrency")).isEqualTo("USD");
      assertThat(row.get("ServiceCategory")).isEqualTo("AI and Machine Learning");
      assertThat(row.get("ServiceSubcategory")).isEqualTo("Generative AI");
      for (String column :
          List.of(
              "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd")) {
        assertThat(row.get(column)).matches(TIME);
      }
      row.forEach((column, value) -> {
        if (column.endsWith("Cost")
            || column.endsWith("Quantity")
            || column.endsWith("UnitPrice")) {
          assertThat(value).as(column).matches(DECIMAL);
        }
      });
    }
  }

  @Test
  void a_unit_price_times_its_quantity_is_the_cost() {
    for (Charge charge : charges()) {
      Map<String, String> row = FocusExport.row(charge);
      if (row.containsKey("ListUnitPrice")) {
        BigDecimal quantity = new BigDecimal(row.get("PricingQuantity"));
        assertThat(quantity.multiply(new BigDecimal(row.get("ListUnitPrice"))))
            .isEqualByComparingTo(row.get("ListCost"));
        assertThat(quantity.multiply(new BigDecimal(row.get("ContractedUnitPrice"))))
            .isEqualByComparingTo(row.get("ContractedCost"));
      }
    }
  }

  @Test
  void what_belongs_together_is_null_together() {
    for (Charge charge : charges()) {
      Map<String, String> row = FocusExport.row(charge);
      boolean usage = "Usage".equals(row.get("ChargeCategory"));
      boolean priced = row.containsKey("PricingQuantity");
      assertThat(row.containsKey("ConsumedQuantity")).isEqualTo(usage);
      assertThat(row.containsKey("ConsumedUnit")).isEqualTo(usage);
      assertThat(row.containsKey("SkuId")).isEqualTo(usage);
      for (String column :
          List.of("PricingUnit", "PricingCategory", "ListUnitPrice", "SkuPriceId")) {
        assertThat(row.containsKey(column)).as(column).isEqualTo(priced);
      }
      assertThat(row.containsKey("SubAccountName")).isEqualTo(row.containsKey("SubAccountId"));
      assertThat(row.containsKey("SubAccountType")).isEqualTo(row.containsKey("SubAccountId"));
    }
  }

  @Test
  void a_price_that_nobody_knows_is_said_so_and_its_tokens_are_kept() {
    Map<String, String> row =
        FocusExport.row(
            charge(used(TokenClass.INPUT, OptionalLong.empty()), 1_234, Optional.empty()));

    assertThat(row)
        .containsEntry("x_PriceKnown", "false")
        .containsEntry("ConsumedQuantity", "1234")
        .containsEntry("BilledCost", "0")
        .doesNotContainKey("PricingQuantity");
  }

  @Test
  void tags_are_json_and_names_cannot_become_formulas_or_new_cells() {
    var hostile =
        new Charge(
            Instant.parse("2026-11-03T10:00:00Z"),
            "=cmd()",
            List.of("team:a,b", "tag:cost-centre=4\"2", "tag:pilot"),
            new Charge.Offer("m", "p", "v"),
            used(TokenClass.OUTPUT, OptionalLong.of(7)),
            3,
            Optional.of(new Money(21)));

    assertThat(FocusExport.row(hostile).get("Tags"))
        .isEqualTo("{\"cost-centre\":\"4\\\"2\",\"pilot\":true}");
    assertThat(FocusExport.line(hostile))
        .contains("'=cmd()", "\"team:a,b\"", "\"{\"\"cost-centre\"\":")
        .startsWith("0.000000000021,");
  }

  private static int rank(String column) {
    return column.startsWith("x_") ? 1 : 0;
  }

  private static List<Charge> charges() {
    var random = new Random(7);
    var charges = new ArrayList<Charge>();
    for (TokenClass kind : TokenClass.values()) {
      for (int i = 0; i < 20; i++) {
        long picos = random.nextLong(90_000_000);
        long quantity = random.nextLong(5_000_000);
        charges.add(
            charge(
                used(kind, OptionalLong.of(picos)),
                quantity,
                Optional.of(new Money(picos * quantity))));
      }
      charges.add(charge(used(kind, OptionalLong.empty()), 5, Optional.empty()));
    }
    charges.add(charge(new Charge.Agreed("discount"), 0, Optional.of(new Money(-12_345))));
    return charges;
  }

  private static Charge.Used used(TokenClass kind, OptionalLong picos) {
    return new Charge.Used(kind, Optional.of(ServiceTier.BATCH), false, picos);
  }

  private static Charge charge(Charge.Item item, long quantity, Optional<Money> amount) {
    return new Charge(
        Instant.parse("2026-11-03T10:00:00Z"),
        "acme",
        quantity % 2 == 0 ? List.of("org:acme", "team:claims", "key:k1") : List.of("org:acme"),
        new Charge.Offer("gpt-mid", "openai", "gpt-mid@2026-10-01"),
        item,
        quantity,
        amount);
  }

  @Test
  void categories_are_those_of_the_specification() {
    Set<String> allowed = Set.of("Standard", "Dynamic", "Committed", "Other");
    for (Charge charge : charges()) {
      Map<String, String> row = FocusExport.row(charge);
      if (row.containsKey("PricingCategory")) {
        assertThat(row.get("PricingCategory")).isIn(allowed);
      }
    }
  }
}
