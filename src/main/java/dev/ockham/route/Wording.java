package dev.ockham.route;

import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.route.Explanation.Candidate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** Reasons in about ten words. */
final class Wording {
  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

  private Wording() {}

  /** Why the best by score serves. */
  static String best(Ranking ranking, Model standby) {
    Candidate.Scored best = ranking.scored().getFirst();
    if (ranking.presumed()) {
      return presumed(ranking, best, standby);
    }
    String likely =
        percent(best.quality()) + " likely good enough at " + dollars(best.expectedCost());
    Optional<Candidate.Scored> other = ranking.termsOf(standby.id());
    if (best.model().equals(standby.id()) || other.isEmpty()) {
      return likely + ", the best value";
    }
    return likely
        + "; "
        + standby.id()
        + " "
        + percent(other.get().quality())
        + " at "
        + dollars(other.get().expectedCost());
  }

  /** Why it serves where nothing was learned of any candidate. */
  private static String presumed(Ranking ranking, Candidate.Scored best, Model standby) {
    String kind = ranking.scores().features().map(read -> read.domain()).orElse("unread");
    String verdict =
        best.model().equals(standby.id())
            ? ": " + standby.id() + " serves by default"
            : ", clearly everyday: " + best.model() + " at " + dollars(best.expectedCost());
    return "priors only, read as " + kind + verdict;
  }

  /** Why a model that was asked for by name serves, and what would have instead. */
  static String observed(Standing standing, Model asked, Choice alternative) {
    return "asked for by name" + cause(standing) + instead(asked, alternative);
  }

  /** Why a route's default serves, and what would have instead. */
  static String baseline(Standing standing, Model first, Choice alternative) {
    return "the default serves in "
        + standing.mode().wireName()
        + cause(standing)
        + instead(first, alternative);
  }

  /** Why a route leaves a request to the model that was asked for by name. */
  static String kept(Model asked, Choice choice) {
    String other = choice.model().map(Model::id).orElse(asked.id());
    return other.equals(asked.id())
        ? "asked for by name, and the route's choice too"
        : "asked for by name; the route would have chosen " + other + ", not known to cost less";
  }

  private static String cause(Standing standing) {
    return switch (standing.serving()) {
      case ROUTED, BASELINE -> "";
      case HELD_OUT -> ", held out as a measure";
      case OPTED_OUT -> ", opted out";
      case BYPASSED -> ", bypassed";
    };
  }

  private static String instead(Model serves, Choice alternative) {
    if (alternative.model().isEmpty()) {
      return "; the route would have had no model";
    }
    Model other = alternative.model().get();
    if (other.id().equals(serves.id())) {
      return "; the route would have chosen it too";
    }
    Optional<Candidate.Scored> terms = alternative.ranking().termsOf(other.id());
    String cost = terms.map(t -> " at " + dollars(t.expectedCost())).orElse("");
    return "; the route would have chosen " + other.id() + cost;
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }

  private static String dollars(Money amount) {
    if (amount.picos() == 0) {
      return "$0";
    }
    BigDecimal dollars = BigDecimal.valueOf(amount.picos(), 12).round(TWO_DIGITS);
    return "$" + (dollars.signum() == 0 ? dollars : dollars.stripTrailingZeros()).toPlainString();
  }
}
