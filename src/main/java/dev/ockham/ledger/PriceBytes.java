package dev.ockham.ledger;

import dev.ockham.catalog.Adjustment;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceVariant;
import dev.ockham.catalog.PriceVariant.Condition;
import dev.ockham.catalog.PriceVariant.Hours;
import dev.ockham.chat.ServiceTier;
import dev.ockham.route.PackReader;
import dev.ockham.route.PackWriter;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** Prices in the journal: a hold carries its own, so that it is settled by it whatever changes. */
final class PriceBytes {
  private static final int FREE = 0;
  private static final int UNKNOWN = 1;
  private static final int FLAT = 2;
  private static final int WITH_VARIANTS = 3;

  private static final int NAME = 120;

  /** In the order of their numbers in the journal: append only. */
  private static final List<ServiceTier> TIERS =
      List.of(
          ServiceTier.AUTO,
          ServiceTier.STANDARD,
          ServiceTier.FLEX,
          ServiceTier.PRIORITY,
          ServiceTier.BATCH,
          ServiceTier.FAST);

  private PriceBytes() {}

  static void write(PackWriter out, Price price) {
    switch (price) {
      case Price.Free() -> out.octet(FREE);
      case Price.Unknown() -> out.octet(UNKNOWN);
      case Price.Listed listed -> {
        boolean flat = listed.variants().isEmpty() && listed.adjustments().isEmpty();
        out.octet(flat ? FLAT : WITH_VARIANTS);
        out.text(listed.version(), NAME);
        AmountBytes.write(out, listed.picosPerToken());
        if (!flat) {
          variants(out, listed.variants());
          adjustments(out, listed.adjustments());
        }
      }
    }
  }

  static Price read(PackReader in) {
    int kind = in.octet();
    return switch (kind) {
      case FREE -> new Price.Free();
      case UNKNOWN -> new Price.Unknown();
      case FLAT -> new Price.Listed(in.text(), AmountBytes.read(in));
      case WITH_VARIANTS ->
          new Price.Listed(in.text(), AmountBytes.read(in), variants(in), adjustments(in));
      default -> throw new IllegalArgumentException("price of kind " + kind);
    };
  }

  static int number(ServiceTier tier) {
    int number = TIERS.indexOf(tier);
    if (number < 0) {
      throw new IllegalStateException(tier + " has no number in the journal: append it to TIERS");
    }
    return number;
  }

  static ServiceTier tier(int number) {
    if (number < 0 || number >= TIERS.size()) {
      throw new IllegalArgumentException("service tier " + number);
    }
    return TIERS.get(number);
  }

  private static void variants(PackWriter out, List<PriceVariant> variants) {
    out.number(variants.size());
    for (PriceVariant variant : variants) {
      out.octet(number(variant.when().tier()));
      out.number(variant.when().aboveInput());
      out.maybe(
          variant.when().hours(),
          hours -> {
            out.number(hours.from().toSecondOfDay());
            out.number(hours.until().toSecondOfDay());
          });
      AmountBytes.write(out, variant.picosPerToken());
    }
  }

  private static List<PriceVariant> variants(PackReader in) {
    var variants = new ArrayList<PriceVariant>();
    for (int left = in.count(); left > 0; left--) {
      var when =
          new Condition(
              tier(in.octet()),
              in.number(),
              in.maybe(() -> new Hours(time(in.number()), time(in.number()))));
      variants.add(new PriceVariant(when, AmountBytes.read(in)));
    }
    return variants;
  }

  private static LocalTime time(long second) {
    return LocalTime.ofSecondOfDay(second);
  }

  private static void adjustments(PackWriter out, List<Adjustment> adjustments) {
    out.number(adjustments.size());
    for (Adjustment adjustment : adjustments) {
      out.text(adjustment.name(), NAME);
      out.signed(adjustment.partsPerMillion());
    }
  }

  private static List<Adjustment> adjustments(PackReader in) {
    var adjustments = new ArrayList<Adjustment>();
    for (int left = in.count(); left > 0; left--) {
      adjustments.add(new Adjustment(in.text(), in.signed()));
    }
    return adjustments;
  }
}
