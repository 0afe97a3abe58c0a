package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Things found by the scope they bind: for one named scope, or one made for every scope of a kind
 * when it is first seen. Its owner's lock guards it.
 */
final class ByScope<T> {
  /** Of one that is made for every scope; the longest unused is forgotten beyond that. */
  static final int MOST = 100_000;

  private record Place(String organisation, Scope scope) {}

  /** What is made for every scope of a kind. */
  private static final class Each<T> extends LinkedHashMap<Scope, T> {
    private static final long serialVersionUID = 1;
    private final transient Function<Scope, T> make;

    Each(Function<Scope, T> make) {
      super(16, 0.75f, true);
      this.make = make;
    }

    T of(Scope scope) {
      return computeIfAbsent(scope, make);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Scope, T> eldest) {
      return size() > MOST;
    }
  }

  private final Map<Place, List<T>> named = new HashMap<>();
  private final Map<Place, List<Each<T>>> each = new HashMap<>();
  private final Set<Scope.Kind> namedKinds = EnumSet.noneOf(Scope.Kind.class);
  private final Set<Scope.Kind> eachKinds = EnumSet.noneOf(Scope.Kind.class);

  /** Gives everything that binds one of these scopes. */
  void binding(String organisation, Collection<Scope> scopes, Consumer<T> into) {
    for (Scope scope : scopes) {
      if (namedKinds.contains(scope.kind())) {
        named.getOrDefault(new Place(organisation, scope), List.of()).forEach(into);
      }
      if (eachKinds.contains(scope.kind())) {
        Place place = new Place(organisation, Scope.each(scope.kind()));
        for (Each<T> all : each.getOrDefault(place, List.of())) {
          into.accept(all.of(scope));
        }
      }
    }
  }

  void add(String organisation, Scope scope, T thing) {
    named.computeIfAbsent(new Place(organisation, scope), _ -> new ArrayList<>()).add(thing);
    namedKinds.add(scope.kind());
  }

  /**
   * @param make the thing of a scope that is first seen
   * @param known what there is of it already
   */
  void addEach(String organisation, Scope scope, Function<Scope, T> make, Map<Scope, T> known) {
    var all = new Each<>(make);
    all.putAll(known);
    each.computeIfAbsent(new Place(organisation, scope), _ -> new ArrayList<>()).add(all);
    eachKinds.add(scope.kind());
  }

  /**
   * Removes what was added for this scope.
   *
   * @param which is asked of a named thing, or of one made anew for a scope that stands for all
   */
  boolean remove(String organisation, Scope scope, Predicate<T> which) {
    var place = new Place(organisation, scope);
    if (scope.isEach()) {
      return each.getOrDefault(place, new ArrayList<>())
          .removeIf(all -> which.test(all.make.apply(scope)));
    }
    return named.getOrDefault(place, new ArrayList<>()).removeIf(which);
  }

  void forEach(Consumer<T> action) {
    named.values().forEach(list -> list.forEach(action));
    each.values().forEach(list -> list.forEach(all -> all.values().forEach(action)));
  }

  /** Forgets what was made for every scope of a kind and is of no use any more. */
  void forgetEach(Predicate<T> useless) {
    each.values().forEach(list -> list.forEach(all -> all.values().removeIf(useless)));
  }
}
