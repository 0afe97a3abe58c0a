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
  private static final int LONGEST = 100;

  public NewKey {
    allowed = Set.copyOf(allowed);
    check("organisation", organisation);
    check("name", name);
    check("principal", principal);
    team.ifPresent(given -> check("team", given));
  }

  private static void check(String what, String value) {
    if (value.isBlank() || value.length() > LONGEST || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          "key's %s \"%s\" (expected: one line of 1 to %d characters)"
              .formatted(what, value, LONGEST));
    }
  }

  /** A key of the default organisation that may use everything its role may. */
  public static NewKey of(String name, Caller.Role role) {
    return new NewKey("default", name, name, role, Optional.empty(), Set.of());
  }
}
