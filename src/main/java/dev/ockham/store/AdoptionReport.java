package dev.ockham.store;

import dev.ockham.route.Explanation.Mode;
import dev.ockham.route.Explanation.Serving;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What routes cost and would have cost, by mode and by whose choice served.
 *
 * @param since from when on requests are looked at
 * @param complete false where there were more requests than are looked at: the newest are
 */
public record AdoptionReport(Instant since, boolean complete, List<Line> lines) {
  public AdoptionReport {
    lines = List.copyOf(lines);
  }

  /**
   * Requests that stood alike.
   *
   * @param compared of them, how many have a known cost and a known cost of the other choice; the
   *     amounts are theirs alone
   * @param dollars what they cost
   * @param otherwise what the other choice would have cost for the same tokens: the route's where
   *     the baseline served, the baseline's where the route's did; an estimate
   */
  public record Line(
      Mode mode,
      Serving serving,
      long requests,
      long compared,
      BigDecimal dollars,
      BigDecimal otherwise) {}
}
