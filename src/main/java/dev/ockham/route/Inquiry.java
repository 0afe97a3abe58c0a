package dev.ockham.route;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.policy.Caller;
import java.util.List;
import java.util.Optional;

/** One request with everything its decision reads. */
record Inquiry(
    ChatRequest request, Needs needs, Caller caller, Conversation conversation, Fleet fleet) {

  /**
   * The model that a loop of tool calls began on, where this request goes on with one: another
   * would have to make sense of calls it has not made, without what their maker thought.
   */
  Optional<Model> inLoopOn(Route route) {
    return conversation
        .pin()
        .filter(pin -> pin.route().equals(route.name()) && goesOnWithTools())
        .flatMap(pin -> fleet.catalog().find(pin.model()));
  }

  /** Whether it has reasoning in it that only its maker can read. */
  boolean holdsReasoning() {
    for (Message message : request.messages()) {
      for (Part part : message.parts()) {
        if (part instanceof Part.Reasoning reasoning && reasoning.state().isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether what came after the model's last turn has a tool's result in it. */
  private boolean goesOnWithTools() {
    List<Message> messages = request.messages();
    for (int i = messages.size() - 1; i >= 0; i--) {
      Role role = messages.get(i).role();
      if (role == Role.TOOL) {
        return true;
      }
      if (role == Role.ASSISTANT) {
        return false;
      }
    }
    return false;
  }
}
