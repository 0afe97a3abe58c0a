package dev.ockham.route;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.policy.Caller;
import dev.ockham.route.Explanation.Mode;
import java.util.List;
import java.util.Optional;

/**
 * Decides which model serves a request: a pure function of its four arguments, in microseconds,
 * safe for any thread. A request that names a route is served by what the route chooses; one that
 * names a model is served by that model, and told what the default route would have chosen.
 */
public final class Router {
  public Decision decide(
      ChatRequest request, Caller caller, Conversation conversation, Fleet fleet) {
    var inquiry = new Inquiry(request, Needs.of(request), caller, conversation, fleet);
    Optional<Route> route = fleet.route(request.model());
    if (route.isPresent()) {
      return enforce(inquiry, route.get());
    }
    Optional<Model> asked = fleet.catalog().find(request.model());
    if (asked.isEmpty()) {
      return refused(inquiry, Refusals.unknown(request.model(), caller, fleet), "no such model");
    }
    if (!fleet.mayUse(caller, asked.get())) {
      return refused(inquiry, Refusals.notAllowed(request.model(), caller), "not for this key");
    }
    return observe(inquiry, asked.get());
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
    return new Explanation(
        name,
        "",
        Mode.OBSERVE,
        List.of(),
        Optional.empty(),
        reason,
        fleet.versions(),
        Optional.empty());
  }

  private static Decision enforce(Inquiry inquiry, Route route) {
    Choice choice = Choice.of(inquiry, route, Shortlist.of(inquiry, route));
    var why =
        explain(
            inquiry, route, choice, new Answer(Mode.ENFORCE, Optional.empty(), choice.reason()));
    // a model that reads none of what was thought is no substitute in the middle of a thought
    boolean alone =
        choice.model().isPresent()
            && choice.model().equals(inquiry.inLoopOn(route))
            && inquiry.holdsReasoning();
    List<Model> fallbacks = alone ? List.of() : choice.fallbacks();
    return choice
        .model()
        .<Decision>map(model -> new Decision.Chosen(model, fallbacks, why))
        .orElseGet(() -> new Decision.Refused(Refusals.noneLeft(route, why.candidates()), why));
  }

  private static Decision observe(Inquiry inquiry, Model asked) {
    Fleet fleet = inquiry.fleet();
    Route route = fleet.automatic();
    var unpinned =
        new Inquiry(
            inquiry.request(), inquiry.needs(), inquiry.caller(), Conversation.UNKNOWN, fleet);
    Choice choice = Choice.of(unpinned, route, Shortlist.of(unpinned, route).showing(asked));
    String reason = Wording.observed(asked, choice);
    Optional<String> alternative = choice.model().map(Model::id);
    var why = explain(unpinned, route, choice, new Answer(Mode.OBSERVE, alternative, reason));
    return new Decision.Chosen(asked, List.of(), why);
  }

  private static Decision refused(Inquiry inquiry, ChatError error, String reason) {
    var why =
        new Explanation(
            inquiry.request().model(),
            inquiry.fleet().defaultRoute(),
            Mode.ENFORCE,
            List.of(),
            Optional.empty(),
            reason,
            inquiry.fleet().versions(),
            Optional.empty());
    return new Decision.Refused(error, why);
  }

  private static Explanation explain(Inquiry inquiry, Route route, Choice choice, Answer answer) {
    return new Explanation(
        inquiry.request().model(),
        route.name(),
        answer.mode(),
        choice.ranking().candidates(),
        answer.alternative(),
        answer.reason(),
        inquiry.fleet().versions(),
        choice.ranking().scores().features());
  }

  /** The part of an explanation in which the two modes differ. */
  private record Answer(Mode mode, Optional<String> alternative, String reason) {}
}
