package dev.ockham.serve;

import dev.ockham.catalog.Money;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.Wire;
import dev.ockham.ledger.BudgetRefusal;
import dev.ockham.ledger.BudgetStanding;
import java.nio.charset.StandardCharsets;

/** What a client is told when a budget does not let its call through. */
public record Denial(int status, String body) {
  private static final Money A_CENT = new Money(10_000_000_000L);

  /** Of a call that needs a cent more than this budget has left. */
  public static Denial of(Dialect dialect, BudgetStanding standing) {
    Money used = standing.spent().plus(standing.held());
    long left = Math.max(0, standing.limit().picos() - used.picos());
    var why =
        new BudgetRefusal.OverLimit(
            standing.budget().scope(),
            standing.limit(),
            standing.spent(),
            standing.held(),
            A_CENT.plus(new Money(left)),
            standing.span().until());
    Refusal refusal = Refusal.overBudget(why);
    byte[] body = BudgetDetails.addedTo(Wire.of(dialect).error(refusal.error()), why);
    return new Denial(refusal.error().status(), new String(body, StandardCharsets.UTF_8));
  }
}
