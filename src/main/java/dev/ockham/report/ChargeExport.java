package dev.ockham.report;

import dev.ockham.catalog.Charge;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Charges as plain CSV: what finance asks for when it does not ask for FOCUS. */
public final class ChargeExport {
  /** Of the first line, in order. */
  public static final List<String> COLUMNS =
      List.of(
          "hour",
          "organisation",
          "scopes",
          "provider",
          "model",
          "price_version",
          "item",
          "service_tier",
          "estimated",
          "quantity",
          "picodollars_per_unit",
          "amount_usd");

  private ChargeExport() {}

  /** The first line. */
  public static String header() {
    return String.join(",", COLUMNS);
  }

  /** One charge; amount and price are empty where no price is known. */
  public static String line(Charge charge) {
    Stream<String> item =
        switch (charge.item()) {
          case Charge.Used used ->
              Stream.of(
                  used.kind().wireName(),
                  used.tier().map(tier -> tier.wireName()).orElse("standard"),
                  String.valueOf(used.estimated()),
                  Long.toString(charge.quantity()),
                  used.picosPerUnit().isPresent()
                      ? Long.toString(used.picosPerUnit().getAsLong())
                      : "");
          case Charge.Agreed(String name) -> Stream.of(name, "", "false", "", "");
        };
    Stream<String> head =
        Stream.of(
            charge.hour().toString(),
            charge.organisation(),
            String.join(" ", charge.scopes()),
            charge.offer().provider(),
            charge.offer().model(),
            charge.offer().priceVersion());
    Stream<String> amount =
        Stream.of(charge.amount().map(money -> money.toDecimalString()).orElse(""));
    return Stream.of(head, item, amount)
        .flatMap(cells -> cells)
        .map(Csv::cell)
        .collect(Collectors.joining(","));
  }
}
