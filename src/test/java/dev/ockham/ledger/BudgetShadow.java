package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The books of {@link BudgetWorld} in the plainest form: every call, added up anew each time. */
final class BudgetShadow {
  private final Map<AttemptId, Hold> live = new LinkedHashMap<>();
  private final List<Spent> ended = new ArrayList<>();

  /** What may be spent at most, as of the last call that was let through. */
  private final Map<Place, Long> bounds = new HashMap<>();

  private record Spent(Hold hold, long nanos) {}

  private record Place(Scope scope, Budget.Period period, Mode mode, Instant from) {}

  /** In nanodollars. */
  record Sums(long spent, long held, long beyond) {}

  Map<AttemptId, Hold> live() {
    return live;
  }

  void holds(Hold hold) {
    live.put(hold.attempt(), hold);
  }

  void ends(Hold hold, long posted) {
    assertThat(live.remove(hold.attempt())).as("%s was live", hold.attempt()).isNotNull();
    ended.add(new Spent(hold, posted));
  }

  Sums sums(Budget budget, Budget.Span span) {
    long spent = 0;
    for (Spent each : ended) {
      spent += binds(budget, span, each.hold()) ? each.nanos() : 0;
    }
    long held = 0;
    long beyond = 0;
    for (Hold hold : live.values()) {
      if (binds(budget, span, hold)) {
        long amount = budget.terms().mode().held(hold.nanos(), hold.likely());
        held += amount;
        beyond += hold.nanos() - amount;
      }
    }
    return new Sums(spent, held, beyond);
  }

  private static boolean binds(Budget budget, Budget.Span span, Hold hold) {
    return hold.scopes().contains(budget.scope()) && span.contains(hold.at());
  }

  /** Every counter is what the calls add up to. */
  void checkStandings(List<BudgetStanding> standings) {
    for (BudgetStanding standing : standings) {
      Sums sums = sums(standing.budget(), standing.span());
      assertThat(standing.spent())
          .as("spent in %s", standing.budget())
          .isEqualTo(Nanos.toMoney(sums.spent()));
      assertThat(standing.held())
          .as("held in %s", standing.budget())
          .isEqualTo(Nanos.toMoney(sums.held()));
      assertThat(standing.beyond())
          .as("beyond the holds in %s", standing.budget())
          .isEqualTo(Nanos.toMoney(sums.beyond()));
    }
  }

  /** After a call was let through: it fits everywhere, and this is how much may be spent now. */
  void letThrough(Hold hold, List<BudgetStanding> standings, Instant now) {
    fits(hold, standings.stream().filter(BudgetShadow::isHard).toList(), now);
  }

  /** After a top-up, which strict budgets have no part in. */
  void toppedUp(Hold hold, List<BudgetStanding> standings, Instant now) {
    fits(
        hold,
        standings.stream()
            .filter(each -> isHard(each) && !(each.budget().terms().mode() instanceof Mode.Strict))
            .toList(),
        now);
  }

  private static boolean isHard(BudgetStanding standing) {
    return standing.budget().terms().mode().isHard();
  }

  private void fits(Hold hold, List<BudgetStanding> hard, Instant now) {
    for (BudgetStanding standing : hard) {
      Budget budget = standing.budget();
      if (!binds(budget, standing.span(), hold) || hold.nanos() == 0) {
        continue;
      }
      Sums sums = sums(budget, standing.span());
      long limit = Nanos.down(budget.limitAt(now));
      assertThat(sums.spent() + sums.held())
          .as("spent and held in %s", budget)
          .isLessThanOrEqualTo(limit);
      bounds.put(place(standing), limit + sums.beyond());
    }
  }

  /** Spending is never past what was printed when the last call was let through. */
  void checkBounds(List<BudgetStanding> standings) {
    for (BudgetStanding standing : standings) {
      Long bound = bounds.get(place(standing));
      if (bound != null) {
        assertThat(sums(standing.budget(), standing.span()).spent())
            .as("spent in %s", standing.budget())
            .isLessThanOrEqualTo(bound);
      }
    }
  }

  /** A budget is begun anew: what went through another was not let through by it. */
  void forgetBounds() {
    bounds.clear();
  }

  /**
   * What is refused really does not fit.
   *
   * @param at when the call was held, which tells the period it draws from
   */
  void checkRefusal(BudgetRefusal.OverLimit why, List<Budget> budgets, Instant at, Instant now) {
    boolean real = false;
    for (Budget each : budgets) {
      if (each.scope().kind() != why.scope().kind()) {
        continue;
      }
      Budget budget = each.of(why.scope());
      Sums sums = sums(budget, budget.spanAt(at));
      real |=
          why.spent().equals(Nanos.toMoney(sums.spent()))
              && why.held().equals(Nanos.toMoney(sums.held()))
              && why.limit().equals(budget.limitAt(now))
              && sums.spent() + sums.held() + Nanos.up(why.needed()) > Nanos.down(why.limit());
    }
    assertThat(real).as("a reason for: %s", why.describe()).isTrue();
  }

  private static Place place(BudgetStanding standing) {
    Budget budget = standing.budget();
    return new Place(
        budget.scope(), budget.period(), budget.terms().mode(), standing.span().from());
  }
}
