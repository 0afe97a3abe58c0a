package dev.ockham.route;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.policy.Caller;
import java.util.List;
import java.util.Optional;

/**
 * One request with everything its decision reads.
 *
 * @param estimate what is expected of some models for this request's ask
 */
record Inquiry(Inputs inputs, Estimate estimate, Fleet fleet) {

  /** Tells how well each of some models would answer the ask of one request. */
  interface Estimate {
    Scores of(List<Model> models);
  }

  Needs needs() {
    return inputs.needs();
  }

  Caller caller() {
    return inputs.caller();
  }

  /** This of a conversation nobody remembers. */
  Inquiry unpinned() {
    return new Inquiry(inputs.unpinned(), estimate, fleet);
  }

  /** What this conversation was given for what is asked now. */
  Optional<Conversation.Pin> pin(Route route) {
    return inputs
        .conversation()
        .pin()
        .filter(pin -> pin.route().equals(fleet.grounds(inputs.requested(), route)));
  }

  /**
   * The model that a loop of tool calls began on, where this request goes on with one: another
   * would have to make sense of calls it has not made, without what their maker thought.
   */
  Optional<Model> inLoopOn(Route route) {
    return inputs.turn().toolResults()
        ? pin(route).flatMap(pin -> fleet.catalog().find(pin.model()))
        : Optional.empty();
  }

  /** Whether it has reasoning in it that only its maker can read. */
  boolean holdsReasoning() {
    return inputs.turn().reasoning();
  }
}
