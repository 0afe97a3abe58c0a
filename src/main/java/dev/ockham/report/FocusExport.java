package dev.ockham.report;

import dev.ockham.catalog.Charge;
import dev.ockham.catalog.Money;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Charges as rows of the FinOps Open Cost and Usage Specification (FOCUS) 1.3: its mandatory
 * columns, those of its conditional ones that apply, then ours, which begin with {@code x_}. The
 * deprecated {@code ProviderName} and {@code PublisherName} are there for tools of 1.2.
 *
 * @see <a href="https://focus.finops.org">focus.finops.org</a>
 */
public final class FocusExport {
  /** Of the first line, in order. */
  public static final List<String> COLUMNS =
      List.of(
          "BilledCost",
          "BillingAccountId",
          "BillingAccountName",
          "BillingAccountType",
          "BillingCurrency",
          "BillingPeriodEnd",
          "BillingPeriodStart",
          "ChargeCategory",
          "ChargeClass",
          "ChargeDescription",
          "ChargeFrequency",
          "ChargePeriodEnd",
          "ChargePeriodStart",
          "ConsumedQuantity",
          "ConsumedUnit",
          "ContractedCost",
          "ContractedUnitPrice",
          "EffectiveCost",
          "HostProviderName",
          "InvoiceId",
          "InvoiceIssuerName",
          "ListCost",
          "ListUnitPrice",
          "PricingCategory",
          "PricingQuantity",
          "PricingUnit",
          "ProviderName",
          "PublisherName",
          "ServiceCategory",
          "ServiceName",
          "ServiceProviderName",
          "ServiceSubcategory",
          "SkuId",
          "SkuMeter",
          "SkuPriceDetails",
          "SkuPriceId",
          "SubAccountId",
          "SubAccountName",
          "SubAccountType",
          "Tags",
          "x_Estimated",
          "x_Model",
          "x_PriceKnown",
          "x_Scopes");

  private static final int MILLION = 6;
  private static final int PICO = 12;
  private static final String MILLION_TOKENS = "1000000 Tokens";
  private static final String REQUESTS = "Requests";

  /** Parts of an organisation that an account of its own may stand for, the narrowest first. */
  private static final List<String> SUB_ACCOUNTS = List.of("project", "team", "unit");

  private FocusExport() {}

  /** The first line. */
  public static String header() {
    return String.join(",", COLUMNS);
  }

  /** One charge as a line of CSV. */
  public static String line(Charge charge) {
    Map<String, String> row = row(charge);
    var cells = new ArrayList<String>(COLUMNS.size());
    for (String column : COLUMNS) {
      cells.add(Csv.cell(row.getOrDefault(column, "")));
    }
    return String.join(",", cells);
  }

  /** One charge by column; a column that is null is not in it. */
  static Map<String, String> row(Charge charge) {
    var row = new LinkedHashMap<String, String>();
    LocalDate month = LocalDate.ofInstant(charge.hour(), ZoneOffset.UTC).withDayOfMonth(1);
    String provider = charge.offer().provider();
    row.put("BillingAccountId", charge.organisation());
    row.put("BillingAccountName", charge.organisation());
    row.put("BillingAccountType", "Organisation");
    row.put("BillingCurrency", "USD");
    row.put("BillingPeriodStart", time(month.atStartOfDay(ZoneOffset.UTC).toInstant()));
    row.put("BillingPeriodEnd", time(month.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
    row.put("ChargePeriodStart", time(charge.hour()));
    row.put("ChargePeriodEnd", time(charge.hour().plus(1, ChronoUnit.HOURS)));
    row.put("HostProviderName", provider);
    row.put("InvoiceIssuerName", provider);
    row.put("ProviderName", provider);
    row.put("PublisherName", provider);
    row.put("ServiceProviderName", provider);
    row.put("ServiceCategory", "AI and Machine Learning");
    row.put("ServiceSubcategory", "Generative AI");
    row.put("ServiceName", charge.offer().model());
    row.put("x_Model", charge.offer().model());
    row.put("x_Scopes", String.join(" ", charge.scopes()));
    subAccount(charge.scopes(), row);
    tags(charge.scopes()).ifPresent(tags -> row.put("Tags", tags));
    String amount = dollars(charge.amount().orElse(Money.ZERO));
    for (String cost : List.of("BilledCost", "ContractedCost", "EffectiveCost")) {
      row.put(cost, amount);
    }
    row.put("x_PriceKnown", String.valueOf(charge.amount().isPresent()));
    switch (charge.item()) {
      case Charge.Used used -> used(charge, used, amount, row);
      case Charge.Agreed(String name) -> {
        row.put("ChargeCategory", "Adjustment");
        row.put("ChargeDescription", name + " on " + charge.offer().model());
        row.put("ListCost", "0");
        row.put("x_Estimated", "false");
      }
    }
    return row;
  }

  private static void used(
      Charge charge, Charge.Used used, String amount, Map<String, String> row) {
    boolean tokens = used.kind().isToken();
    row.put("ChargeCategory", "Usage");
    row.put("ChargeFrequency", "Usage-Based");
    row.put("ChargeDescription", charge.offer().model() + ", " + meter(used.kind()));
    row.put("ConsumedQuantity", Long.toString(charge.quantity()));
    row.put("ConsumedUnit", tokens ? "Tokens" : REQUESTS);
    row.put("ListCost", amount);
    row.put("x_Estimated", String.valueOf(used.estimated()));
    row.put("SkuMeter", meter(used.kind()));
    row.put("SkuId", charge.offer().provider() + "/" + charge.offer().model());
    if (used.picosPerUnit().isEmpty()) {
      return;
    }
    // Exact: a price per million of so many picodollars a token, times millions of tokens.
    BigDecimal unit =
        BigDecimal.valueOf(used.picosPerUnit().getAsLong(), tokens ? PICO - MILLION : PICO);
    BigDecimal quantity = BigDecimal.valueOf(charge.quantity(), tokens ? MILLION : 0);
    row.put("ListUnitPrice", plain(unit));
    row.put("ContractedUnitPrice", plain(unit));
    row.put("PricingQuantity", plain(quantity));
    row.put("PricingUnit", tokens ? MILLION_TOKENS : REQUESTS);
    row.put("PricingCategory", category(used.tier()));
    row.put("SkuPriceId", charge.offer().priceVersion());
    used.tier()
        .ifPresent(
            tier -> row.put("SkuPriceDetails", "{\"x_ServiceTier\":\"" + tier.wireName() + "\"}"));
  }

  /** A batch can be interrupted and takes its time; every other tier is bought as it is used. */
  private static String category(Optional<ServiceTier> tier) {
    return tier.filter(each -> each.wireName().equals("batch")).isPresent()
        ? "Dynamic"
        : "Standard";
  }

  private static String meter(TokenClass kind) {
    String words = kind.wireName().replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static void subAccount(List<String> scopes, Map<String, String> row) {
    for (String kind : SUB_ACCOUNTS) {
      for (String scope : scopes) {
        if (scope.startsWith(kind + ":")) {
          row.put("SubAccountId", scope);
          row.put("SubAccountName", scope.substring(kind.length() + 1));
          row.put("SubAccountType", Character.toUpperCase(kind.charAt(0)) + kind.substring(1));
          return;
        }
      }
    }
  }

  /** A tag that has no value is {@code true}, as the specification wants it. */
  private static Optional<String> tags(List<String> scopes) {
    List<String> members = new ArrayList<>();
    for (String scope : scopes) {
      if (scope.startsWith("tag:")) {
        String tag = scope.substring("tag:".length());
        int sign = tag.indexOf('=');
        members.add(
            sign > 0
                ? quoted(tag.substring(0, sign)) + ":" + quoted(tag.substring(sign + 1))
                : quoted(tag) + ":true");
      }
    }
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(members.stream().collect(Collectors.joining(",", "{", "}")));
  }

  /** Scopes are one line without control characters. */
  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String dollars(Money money) {
    return money.toDecimalString();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
