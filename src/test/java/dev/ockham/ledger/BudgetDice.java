package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.policy.Scope;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Budgets and calls as {@link BudgetWorld}'s seed draws them. */
final class BudgetDice {
  private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

  private final RandomGenerator random;

  BudgetDice(RandomGenerator random) {
    this.random = random;
  }

  Budget budget(String scope) {
    Budget.Period[] periods = Budget.Period.values();
    return new Budget(
        "default",
        Scope.parse(scope),
        new Money(random.nextLong(500_000_000_000L, 6_000_000_000_000L)),
        periods[random.nextInt(periods.length)],
        random.nextBoolean() ? ZONE : ZoneId.of("UTC"),
        Budget.Terms.of(mode(), new Threshold(50, new Threshold.Action.Notify())));
  }

  Mode mode() {
    return switch (random.nextInt(6)) {
      case 0 -> new Mode.Soft();
      case 1 -> new Mode.Observe();
      case 2, 3 -> new Mode.Quantile(random.nextInt(500, 1001));
      default -> new Mode.Strict();
    };
  }

  List<Scope> scopes() {
    List<Scope> scopes = new ArrayList<>();
    for (String scope : List.of("org:default", "team:claims", "user:ann", "key:k")) {
      scopes.add(Scope.parse(scope.equals("key:k") ? "key:k" + random.nextInt(3) : scope));
    }
    if (random.nextBoolean()) {
      scopes.add(Scope.parse("tag:night"));
    }
    scopes.add(Scope.parse(random.nextBoolean() ? "model:mid" : "model:small"));
    scopes.add(Scope.parse("run:r" + random.nextInt(4)));
    return scopes;
  }

  Quote quote() {
    Price price =
        random.nextInt(10) == 0
            ? new Price.Free()
            : new Price.Listed(
                "v1",
                Map.of(
                    TokenClass.INPUT, random.nextLong(5_000_000),
                    TokenClass.OUTPUT, random.nextLong(75_000_000)));
    return Samples.quote(price, random.nextLong(1, 20_000), random.nextLong(1, 4_000));
  }
}
