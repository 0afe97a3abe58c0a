package dev.ockham.ledger;

import dev.ockham.chat.Usage;
import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The windows of every rate limit, found by scope. Its owner's lock guards it. */
final class RateWindows {
  /** One limit and what was counted against it. */
  record Limited(RateLimit limit, Window window) {
    /** Why so many more are too many. */
    Optional<BudgetRefusal> refuses(long more, Instant now) {
      long used = window.used(now);
      if (more == 0 || used + more <= limit.perMinute()) {
        return Optional.empty();
      }
      boolean fitsLater = more <= limit.perMinute();
      return Optional.of(
          new BudgetRefusal.TooMany(
              limit.scope(),
              limit.metric(),
              limit.perMinute(),
              used,
              fitsLater
                  ? Optional.of(window.untilAtMost(now, limit.perMinute() - more))
                  : Optional.empty()));
    }
  }

  static long tokens(Usage usage) {
    return Math.addExact(usage.totalInput(), usage.totalOutput());
  }

  private final ByScope<Limited> limits = new ByScope<>();

  List<Limited> binding(String organisation, Collection<Scope> scopes) {
    List<Limited> binding = new ArrayList<>();
    limits.binding(organisation, scopes, binding::add);
    return binding;
  }

  void put(RateLimit limit) {
    remove(limit.organisation(), limit.scope(), limit.metric());
    if (limit.scope().isEach()) {
      limits.addEach(
          limit.organisation(),
          limit.scope(),
          scope ->
              new Limited(
                  new RateLimit(limit.organisation(), scope, limit.metric(), limit.perMinute()),
                  new Window()),
          Map.of());
    } else {
      limits.add(limit.organisation(), limit.scope(), new Limited(limit, new Window()));
    }
  }

  boolean remove(String organisation, Scope scope, RateLimit.Metric metric) {
    return limits.remove(organisation, scope, each -> each.limit().metric() == metric);
  }
}
