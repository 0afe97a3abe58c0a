package dev.ockham.route;

import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Explanation.Lacking;
import dev.ockham.route.Scores.Ability;
import dev.ockham.route.Scores.Basis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A shortlist's candidates with their terms.
 *
 * @param candidates in the route's order
 * @param scored of those that compete, the best first
 */
record Ranking(List<Candidate> candidates, List<Candidate.Scored> scored, Scores scores) {
  private static final double PICOS_PER_DOLLAR = 1e12;

  /** The quality that a model may give up against a dearer standby where all is presumed. */
  private static final double TOLERATED = 0.06;

  /** Sorting is stable, so that among equals the route's order decides. */
  private static final Comparator<Candidate.Scored> BEST_FIRST =
      (a, b) -> Double.compare(b.score(), a.score());

  static Ranking of(Inquiry inquiry, Shortlist shortlist, Route route) {
    Scores scores = inquiry.estimate().of(shortlist.allowed());
    Optional<Standby> against =
        shortlist
            .standby(inquiry.fleet().model(route.fallback()))
            .flatMap(standby -> Standby.of(standby, inquiry.needs(), scores));
    var candidates = new ArrayList<Candidate>(shortlist.entries().size());
    var scored = new ArrayList<Candidate.Scored>(shortlist.entries().size());
    for (Shortlist.Entry entry : shortlist.entries().values()) {
      Candidate candidate = candidate(entry, inquiry, scores, route, against);
      candidates.add(candidate);
      if (entry.competes() && candidate instanceof Candidate.Scored terms) {
        scored.add(terms);
      }
    }
    scored.sort(BEST_FIRST);
    return new Ranking(candidates, scored, scores);
  }

  Optional<Candidate.Scored> termsOf(String model) {
    for (Candidate candidate : candidates) {
      if (candidate instanceof Candidate.Scored terms && terms.model().equals(model)) {
        return Optional.of(terms);
      }
    }
    return Optional.empty();
  }

  /** Whether nothing was learned of any candidate. */
  boolean presumed() {
    for (Candidate.Scored terms : scored) {
      if (terms.basis() != Basis.PRESUMED) {
        return false;
      }
    }
    return true;
  }

  private static Candidate candidate(
      Shortlist.Entry entry,
      Inquiry inquiry,
      Scores scores,
      Route route,
      Optional<Standby> standby) {
    String id = entry.model().id();
    if (entry.excludedBy().isPresent()) {
      return new Candidate.Excluded(id, entry.excludedBy().get());
    }
    Ability ability = scores.byModel().get(id);
    if (ability == null) {
      return new Candidate.Unranked(id, Lacking.ABILITY);
    }
    Optional<Money> cost = cost(entry.model(), inquiry.needs(), scores);
    if (cost.isEmpty()) {
      return new Candidate.Unranked(id, Lacking.PRICE);
    }
    double quality = rounded(ability.quality(), 1e6);
    double uncertainty = rounded(ability.uncertainty(), 1e6);
    double counted = quality;
    Money charged = cost.get();
    if (standby.isPresent() && standby.get().isUndercut(ability, cost.get())) {
      counted = Math.max(0, quality - uncertainty);
      charged = standby.get().isMatched(counted) ? charged : standby.get().cost();
    }
    double score =
        route.objective().dollarsPerGoodAnswer() * counted - charged.picos() / PICOS_PER_DOLLAR;
    return new Candidate.Scored(
        id,
        ability.basis(),
        quality,
        uncertainty,
        outputTokens(ability, inquiry.needs()),
        cost.get(),
        rounded(score, 1e9));
  }

  /** What serves when nothing is known, with the terms that a presumption is held against. */
  private record Standby(double quality, Money cost) {

    static Optional<Standby> of(Model model, Needs needs, Scores scores) {
      return Ranking.cost(model, needs, scores)
          .map(cost ->
              new Standby(
                  rounded(
                      Optional.ofNullable(scores.byModel().get(model.id())).orElseThrow().quality(),
                      1e6),
                  cost));
    }

    boolean isUndercut(Ability ability, Money cost) {
      return ability.basis() == Basis.PRESUMED && cost.compareTo(this.cost) < 0;
    }

    /** Nobody goes down-market on a presumption: only one that is as good may save money. */
    boolean isMatched(double counted) {
      return counted >= quality - TOLERATED;
    }
  }

  private static Optional<Money> cost(Model model, Needs needs, Scores scores) {
    Ability ability = scores.byModel().get(model.id());
    if (ability == null) {
      return Optional.empty();
    }
    long output = outputTokens(ability, needs);
    return switch (model.price()) {
      case Price.Free() -> Optional.of(Money.ZERO);
      case Price.Unknown() -> Optional.empty();
      case Price.Listed listed when listed.isFlat() ->
          Optional.of(
              new Money(listed.picosFor(TokenClass.INPUT))
                  .times(needs.inputTokens())
                  .plus(new Money(listed.picosFor(TokenClass.OUTPUT)).times(output)));
      case Price.Listed listed -> listed.of(Usage.of(needs.inputTokens(), output)).total();
    };
  }

  private static long outputTokens(Ability ability, Needs needs) {
    long expected = Math.max(1, Math.round(ability.outputTokens()));
    return Math.min(expected, needs.output().orElse(Long.MAX_VALUE));
  }

  /**
   * Terms are kept as they are shown, so that a record can be compared with a decision made again.
   */
  private static double rounded(double value, double scale) {
    return Math.rint(value * scale) / scale;
  }
}
