package dev.ockham.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a usage costs, line by line.
 *
 * @param lines by the price list
 * @param agreed discounts and mark-ups, each on the sum of the lines
 * @param total of both; empty where the price is unknown
 * @param unpriced what was used and is in no line, because nobody listed its price: a class such as
 *     {@code web_search}, or a dearer tier that is charged as the standard one
 */
public record Cost(
    List<Price.Line> lines, List<Agreed> agreed, Optional<Money> total, List<String> unpriced) {
  public static final Cost UNKNOWN = new Cost(List.of(), List.of(), Optional.empty(), List.of());
  public static final Cost FREE =
      new Cost(List.of(), List.of(), Optional.of(Money.ZERO), List.of());

  /** A line that no token stands behind; negative for a discount. */
  public record Agreed(Adjustment adjustment, Money amount) {}

  public Cost {
    lines = List.copyOf(lines);
    agreed = List.copyOf(agreed);
    unpriced = List.copyOf(unpriced);
  }

  static Cost adjusted(
      List<Price.Line> lines, Money listed, List<Adjustment> adjustments, List<String> unpriced) {
    if (adjustments.isEmpty()) {
      return new Cost(lines, List.of(), Optional.of(listed), unpriced);
    }
    var agreed = new ArrayList<Agreed>();
    Money total = listed;
    for (Adjustment adjustment : adjustments) {
      Money amount = adjustment.of(listed);
      agreed.add(new Agreed(adjustment, amount));
      total = total.plus(amount);
    }
    return new Cost(lines, agreed, Optional.of(total), unpriced);
  }
}
