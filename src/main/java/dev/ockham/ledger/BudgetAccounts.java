package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The current account of every budget, found by scope. Its owner's lock guards it. */
final class BudgetAccounts {
  private record Place(String organisation, Scope scope) {}

  private final Map<Place, List<Account>> byScope = new HashMap<>();

  /** Every account that binds these scopes, of the period of {@code now}. */
  List<Account> binding(String organisation, Collection<Scope> scopes, Instant now) {
    if (byScope.isEmpty()) {
      return List.of();
    }
    List<Account> binding = new ArrayList<>();
    for (Scope scope : scopes) {
      List<Account> accounts = byScope.get(new Place(organisation, scope));
      if (accounts != null) {
        accounts.replaceAll(account -> account.at(now));
        binding.addAll(accounts);
      }
    }
    return binding;
  }

  /** In place of the account of a budget with the same scope and period. */
  void put(Account account) {
    Budget budget = account.budget();
    remove(budget.organisation(), budget.scope(), budget.period());
    byScope
        .computeIfAbsent(new Place(budget.organisation(), budget.scope()), _ -> new ArrayList<>())
        .add(account);
  }

  boolean remove(String organisation, Scope scope, Budget.Period period) {
    List<Account> accounts = byScope.get(new Place(organisation, scope));
    return accounts != null && accounts.removeIf(a -> a.budget().period() == period);
  }

  List<Account> all(Instant now) {
    List<Account> all = new ArrayList<>();
    for (List<Account> accounts : byScope.values()) {
      accounts.replaceAll(account -> account.at(now));
      all.addAll(accounts);
    }
    return all;
  }
}
