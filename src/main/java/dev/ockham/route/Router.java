package dev.ockham.route;

import dev.ockham.agent.Conversation;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.policy.Caller;
import java.util.List;
import java.util.Optional;

/**
 * Decides which model serves a request: a pure function of its four arguments, in microseconds,
 * safe for any thread.
 */
public final class Router {
  public Decision decide(
      ChatRequest request, Caller caller, Conversation conversation, Fleet fleet) {
    var versions =
        new Explanation.Versions(
            fleet.catalog().version(), fleet.version(), fleet.scorer().version());
    var why =
        new Explanation(
            request.model(),
            fleet.defaultRoute(),
            Explanation.Mode.ENFORCE,
            List.of(),
            Optional.empty(),
            "no model of this name",
            versions,
            Optional.empty());
    return new Decision.Refused(
        new ChatError(404, ChatError.Kind.NOT_FOUND, "model_not_found", "no such model"), why);
  }
}
