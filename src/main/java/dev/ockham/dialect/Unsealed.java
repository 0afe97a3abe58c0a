package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a request that is to be said in another dialect the reasoning state back that its client
 * carried in envelopes, or that we remember of its tool calls. State that was not issued by the
 * model that is asked goes away, and only its text stays.
 */
final class Unsealed {
  /** Between envelopes that are remembered together. */
  static final String SEPARATOR = " ";

  private Unsealed() {}

  /** Whether the client carries state that we sealed. */
  static boolean hasEnvelopes(ChatRequest request) {
    for (Message message : request.messages()) {
      for (Part part : message.parts()) {
        if (part instanceof Part.Reasoning(var _, Optional<ReasoningState> state)
            && state.isPresent()
            && Seals.isSealed(state.get().value())) {
          return true;
        }
      }
    }
    return false;
  }

  static ChatRequest of(ChatRequest request, Dialect upstream, Carriage carriage) {
    var messages = new ArrayList<Message>(request.messages().size());
    for (Message message : request.messages()) {
      messages.add(
          message.role() == Role.ASSISTANT
              ? new Message(Role.ASSISTANT, opened(message.parts(), upstream, carriage))
              : message);
    }
    return request.withMessages(messages);
  }

  private static List<Part> opened(List<Part> said, Dialect upstream, Carriage carriage) {
    var parts = new ArrayList<Part>(said.size());
    for (Part part : said) {
      switch (part) {
        case Part.Reasoning(String text, Optional<ReasoningState> state) ->
            parts.add(
                new Part.Reasoning(
                    text, state.flatMap(s -> carriage.seal().open(s.value(), upstream))));
        case Part.ToolCall call when !followsReasoning(parts) -> {
          carriage
              .memory()
              .recall(call.id())
              .ifPresent(sealed -> remembered(sealed, upstream, carriage, parts));
          parts.add(call);
        }
        default -> parts.add(part);
      }
    }
    return parts;
  }

  /** One or more envelopes; the text that stands before, if it does, is of the first. */
  private static void remembered(
      String sealed, Dialect upstream, Carriage carriage, List<Part> parts) {
    for (String envelope : sealed.split(SEPARATOR, -1)) {
      Optional<ReasoningState> state = carriage.seal().open(envelope, upstream);
      if (state.isEmpty()) {
        continue;
      }
      boolean joins =
          !parts.isEmpty()
              && parts.getLast() instanceof Part.Reasoning(var _, var known)
              && known.isEmpty();
      String text = joins ? ((Part.Reasoning) parts.removeLast()).text() : "";
      parts.add(new Part.Reasoning(text, state));
    }
  }

  private static boolean followsReasoning(List<Part> parts) {
    return !parts.isEmpty()
        && parts.getLast() instanceof Part.Reasoning reasoning
        && reasoning.state().isPresent();
  }
}
