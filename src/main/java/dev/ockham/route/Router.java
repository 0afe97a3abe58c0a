package dev.ockham.route;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.policy.Caller;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Explanation.Mode;
import dev.ockham.route.Explanation.Serving;
import java.util.List;
import java.util.Optional;

/**
 * Decides which model serves a request: a pure function of its arguments, in microseconds, safe for
 * any thread. Where the ladder lets it, the route's choice serves; else the baseline does, which is
 * the model the client named or the default of the route it named, and the record says what the
 * route would have chosen.
 */
public final class Router {
  public Decision decide(
      ChatRequest request, Caller caller, Conversation conversation, Fleet fleet) {
    return decide(request, caller, conversation, Inputs.Wish.NONE, fleet);
  }

  /** Decides a request whose client or operator may want it past the router. */
  public Decision decide(
      ChatRequest request,
      Caller caller,
      Conversation conversation,
      Inputs.Wish wish,
      Fleet fleet) {
    Inputs inputs = Inputs.of(request, caller, conversation, wish, fleet);
    return decide(
        new Inquiry(inputs, models -> fleet.scorer().score(Ask.of(request), models), fleet));
  }

  Decision decide(Inquiry inquiry) {
    String name = inquiry.inputs().requested();
    Fleet fleet = inquiry.fleet();
    Optional<Route> route = fleet.route(name);
    if (route.isPresent()) {
      return byRoute(inquiry, route.get());
    }
    Optional<Model> asked = fleet.catalog().find(name);
    if (asked.isEmpty()) {
      return refused(inquiry, Refusals.unknown(name, inquiry.caller(), fleet), "no such model");
    }
    if (!fleet.mayUse(inquiry.caller(), asked.get())) {
      return refused(inquiry, Refusals.notAllowed(name, inquiry.caller()), "not for this key");
    }
    return byName(inquiry, asked.get());
  }

  /**
   * For what only the model that is named can do: no route chooses, and none says what it would
   * have chosen.
   */
  public Decision named(String name, Caller caller, Fleet fleet) {
    if (fleet.route(name).isPresent()) {
      return nothingNamed(name, fleet, Refusals.notRouted(name));
    }
    Optional<Model> asked = fleet.catalog().find(name);
    if (asked.isEmpty()) {
      return nothingNamed(name, fleet, Refusals.unknown(name, caller, fleet));
    }
    return fleet.mayUse(caller, asked.get())
        ? new Decision.Chosen(asked.get(), List.of(), plainly(name, fleet, "it was named"))
        : nothingNamed(name, fleet, Refusals.notAllowed(name, caller));
  }

  private static Decision nothingNamed(String name, Fleet fleet, ChatError error) {
    return new Decision.Refused(error, plainly(name, fleet, "no model was named"));
  }

  private static Explanation plainly(String name, Fleet fleet, String reason) {
    return Explanation.undecided(name, "", reason, fleet.versions());
  }

  private static Decision byRoute(Inquiry inquiry, Route route) {
    Standing standing = Standing.of(inquiry.inputs(), false);
    Choice choice = Choice.of(inquiry, route, Shortlist.of(inquiry, route));
    if (choice.model().isEmpty()) {
      var why = explain(inquiry, route, choice, Answer.of(standing, choice));
      return new Decision.Refused(Refusals.noneLeft(route, why.candidates()), why);
    }
    Model chosen = choice.model().get();
    // a model that reads none of what was thought is no substitute in the middle of a thought
    boolean inLoop = choice.model().equals(inquiry.inLoopOn(route));
    Model baseline = inLoop ? chosen : choice.standby(inquiry, route).orElse(chosen);
    Model first = standing.isRouted() ? chosen : baseline;
    Answer answer = Answer.between(standing, first, standing.isRouted() ? baseline : chosen);
    String reason =
        standing.isRouted() ? choice.reason() : Wording.baseline(standing, first, choice);
    List<Model> fallbacks =
        inLoop && inquiry.holdsReasoning() ? List.of() : choice.fallbacks(first);
    return new Decision.Chosen(
        first, fallbacks, explain(inquiry, route, choice, answer.because(reason)));
  }

  private static Decision byName(Inquiry inquiry, Model asked) {
    Route route = inquiry.fleet().automatic();
    Standing standing = Standing.of(inquiry.inputs(), true);
    // what would have been is told without the conversation, which the router has no part in
    Inquiry considered = standing.isRouted() ? inquiry : inquiry.unpinned();
    Shortlist shortlist = Shortlist.of(considered, route).showing(asked);
    Choice choice = Choice.of(considered, route, shortlist);
    if (!standing.isRouted()) {
      Answer answer = Answer.of(standing, choice, Wording.observed(standing, asked, choice));
      return new Decision.Chosen(asked, List.of(), explain(inquiry, route, choice, answer));
    }
    Model chosen = choice.model().filter(model -> mayReplace(model, asked, choice)).orElse(asked);
    String reason = chosen.id().equals(asked.id()) ? Wording.kept(asked, choice) : choice.reason();
    Answer answer = Answer.between(standing, chosen, asked).because(reason);
    boolean alone = chosen.equals(inquiry.inLoopOn(route).orElse(null)) && inquiry.holdsReasoning();
    List<Model> fallbacks = alone || chosen.equals(asked) ? List.of() : List.of(asked);
    return new Decision.Chosen(chosen, fallbacks, explain(inquiry, route, choice, answer));
  }

  /**
   * Who names a model gets another only where that is expected to cost less, or where the
   * conversation is on it already.
   */
  private static boolean mayReplace(Model chosen, Model asked, Choice choice) {
    if (choice.pinned()) {
      return true;
    }
    Optional<Money> less =
        choice.ranking().termsOf(chosen.id()).map(Candidate.Scored::expectedCost);
    Optional<Money> more = choice.ranking().termsOf(asked.id()).map(Candidate.Scored::expectedCost);
    return less.isPresent() && more.isPresent() && less.get().compareTo(more.get()) < 0;
  }

  private static Decision refused(Inquiry inquiry, ChatError error, String reason) {
    Fleet fleet = inquiry.fleet();
    var why =
        new Explanation(
            inquiry.inputs().requested(),
            fleet.defaultRoute(),
            Mode.ENFORCE,
            Serving.ROUTED,
            List.of(),
            Optional.empty(),
            reason,
            fleet.versions(),
            Optional.empty(),
            Optional.of(inquiry.inputs()),
            List.of());
    return new Decision.Refused(error, why);
  }

  private static Explanation explain(Inquiry inquiry, Route route, Choice choice, Answer answer) {
    return new Explanation(
        inquiry.inputs().requested(),
        route.name(),
        answer.standing().mode(),
        answer.standing().serving(),
        choice.ranking().candidates(),
        answer.alternative(),
        answer.reason(),
        inquiry.fleet().versions(route),
        choice.ranking().scores().features(),
        Optional.of(inquiry.inputs().read(choice.ranking().scores())),
        choice.shortlist().labels());
  }

  /** The part of an explanation that depends on where the request stands. */
  private record Answer(Standing standing, Optional<String> alternative, String reason) {
    static Answer of(Standing standing, Choice choice) {
      return of(standing, choice, choice.reason());
    }

    static Answer of(Standing standing, Choice choice, String reason) {
      return new Answer(standing, choice.model().map(Model::id), reason);
    }

    /** What would serve otherwise is told only where it is another model. */
    static Answer between(Standing standing, Model serves, Model otherwise) {
      Optional<String> other =
          serves.id().equals(otherwise.id()) ? Optional.empty() : Optional.of(otherwise.id());
      return new Answer(standing, other, "");
    }

    Answer because(String why) {
      return new Answer(standing, alternative, why);
    }
  }
}
