package dev.ockham.store;

import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A key to be made.
 *
 * @param name for people, such as {@code claude-code on my laptop}
 * @param principal a pseudonymous reference to who will use it
 * @param within its place in the organisation, at most one scope of a kind, and its tags: their
 *     budgets bind it too
 * @param allowed names of models and routes it may use; empty means all
 */
public record NewKey(
    String organisation,
    String name,
    String principal,
    Caller.Role role,
    List<Scope> within,
    Set<String> allowed) {
  private static final int LONGEST = 100;
  private static final int MOST_SCOPES = 10;

  public NewKey {
    allowed = Set.copyOf(allowed);
    check("organisation", organisation);
    check("name", name);
    check("principal", principal);
    within = within.stream().sorted(Comparator.comparing(Scope::kind)).toList();
    check(within);
  }

  private static void check(List<Scope> within) {
    var kinds = EnumSet.noneOf(Scope.Kind.class);
    for (Scope scope : within) {
      Scope.Kind kind = scope.kind();
      boolean own = kind == Scope.Kind.ORG || kind == Scope.Kind.KEY || !kind.isOfKeys();
      boolean again = !kinds.add(kind) && kind != Scope.Kind.TAG;
      if (own || again || scope.isEach() || within.size() > MOST_SCOPES) {
        throw new IllegalArgumentException(
            "key's scope \"%s\" (expected: at most one unit, team, project, user or agent each, and"
                    .formatted(scope)
                + " tags, %d in all)".formatted(MOST_SCOPES));
      }
    }
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
    return new NewKey("default", name, name, role, List.of(), Set.of());
  }
}
