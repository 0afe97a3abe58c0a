package dev.ockham.store;

import dev.ockham.policy.Caller;
import java.util.Optional;
import java.util.Set;

/**
 * A key to be made.
 *
 * @param name for people, such as {@code claude-code on my laptop}
 * @param principal a pseudonymous reference to who will use it
 * @param team whose budgets bind it too
 * @param allowed names of models and routes it may use; empty means all
 */
public record NewKey(
    String organisation,
    String name,
    String principal,
    Caller.Role role,
    Optional<String> team,
    Set<String> allowed) {
  public NewKey {
    allowed = Set.copyOf(allowed);
  }

  /** A key of the default organisation that may use everything its role may. */
  public static NewKey of(String name, Caller.Role role) {
    return new NewKey("default", name, name, role, Optional.empty(), Set.of());
  }
}
