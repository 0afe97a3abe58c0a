package dev.ockham.route;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.route.Explanation.Candidate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a route makes of a request: rules first, then the conversation it belongs to, then scores,
 * and the standby wherever scores say nothing.
 *
 * @param model empty where nothing may serve
 * @param pinned whether the conversation was on it before
 */
record Choice(
    Optional<Model> model, String reason, boolean pinned, Shortlist shortlist, Ranking ranking) {

  static Choice of(Inquiry inquiry, Route route, Shortlist shortlist) {
    Ranking ranking = Ranking.of(inquiry, shortlist, route);
    Optional<Model> standby = shortlist.standby(inquiry.fleet().model(route.fallback()));
    Optional<Shortlist.Named> named = shortlist.named();
    if (named.isPresent()) {
      String reason = "rule \"" + named.get().rule() + "\" names it";
      return anew(Optional.of(named.get().model()), reason, shortlist, ranking);
    }
    Optional<Conversation.Pin> pin = inquiry.pin(route);
    if (pin.isPresent() && shortlist.allows(pin.get().model())) {
      Model pinned = shortlist.model(pin.get().model());
      String reason = "the conversation stays on the model it was given";
      return new Choice(Optional.of(pinned), reason, true, shortlist, ranking);
    }
    if (standby.isEmpty()) {
      return anew(standby, "no candidate may serve", shortlist, ranking);
    }
    Choice anew = byScore(inquiry, route, shortlist, ranking);
    return pin.map(lost -> anew.because(anew.reason + "; " + lost.model() + " cannot go on"))
        .orElse(anew);
  }

  private static Choice byScore(
      Inquiry inquiry, Route route, Shortlist shortlist, Ranking ranking) {
    Optional<Model> standby = shortlist.standby(inquiry.fleet().model(route.fallback()));
    Optional<String> abstention = abstention(ranking, standby.get(), route, inquiry.fleet());
    if (abstention.isPresent()) {
      return anew(standby, abstention.get(), shortlist, ranking);
    }
    Candidate.Scored best = ranking.scored().getFirst();
    Model chosen = shortlist.model(best.model());
    return anew(Optional.of(chosen), Wording.best(ranking, standby.get()), shortlist, ranking);
  }

  private Choice because(String other) {
    return new Choice(model, other, pinned, shortlist, ranking);
  }

  private static Choice anew(
      @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<Model> model,
      String reason,
      Shortlist shortlist,
      Ranking ranking) {
    return new Choice(model, reason, false, shortlist, ranking);
  }

  /** The route's default, else the first of its models that may serve. */
  Optional<Model> standby(Inquiry inquiry, Route route) {
    return shortlist.standby(inquiry.fleet().model(route.fallback()));
  }

  /** Tried after the one that serves: by score, then those without one in the route's order. */
  List<Model> fallbacks(Model first) {
    var order = new LinkedHashSet<Model>();
    for (Candidate.Scored terms : ranking.scored()) {
      order.add(shortlist.model(terms.model()));
    }
    for (Shortlist.Entry entry : shortlist.entries().values()) {
      if (entry.competes() && entry.allowed()) {
        order.add(entry.model());
      }
    }
    order.remove(first);
    return List.copyOf(order);
  }

  /** Why the router does not choose by score. Nothing is weighed against an unknown standby. */
  private static Optional<String> abstention(
      Ranking ranking, Model standby, Route route, Fleet fleet) {
    boolean isDefault = standby.id().equals(fleet.model(route.fallback()).id());
    String serves = isDefault ? "the default serves" : "the first allowed candidate serves";
    if (ranking.scores().byModel().isEmpty()) {
      return Optional.of("nothing is known of any candidate: " + serves);
    }
    if (ranking.scores().far()) {
      return Optional.of(
          ranking.presumed()
              ? "priors only, not understood well enough to judge: " + serves
              : "unlike anything that was learned from: " + serves);
    }
    if (ranking.termsOf(standby.id()).isEmpty()) {
      return Optional.of("nothing can be weighed against " + standby.id() + ": " + serves);
    }
    return Optional.empty();
  }
}
