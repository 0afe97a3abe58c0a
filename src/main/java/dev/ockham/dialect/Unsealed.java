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

  /** Stands among them where the answer's text stood. */
  static final String TEXT = ".";

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

  /** Puts back what was remembered: before the call, or before the text it came before. */
  private static void remembered(
      String sealed, Dialect upstream, Carriage carriage, List<Part> parts) {
    List<String> envelopes = List.of(sealed.split(SEPARATOR, -1));
    int text = envelopes.indexOf(TEXT);
    int at = 0;
    while (at < parts.size() && !(parts.get(at) instanceof Part.Text)) {
      at++;
    }
    for (int i = 0; i < envelopes.size(); i++) {
      Optional<ReasoningState> state = carriage.seal().open(envelopes.get(i), upstream);
      if (state.isPresent() && i < text) {
        at = put(state, at, parts);
      } else if (state.isPresent()) {
        put(state, parts.size(), parts);
      }
    }
  }

  /** Gives state to the text of reasoning right before, or puts it alone; returns what is next. */
  private static int put(Optional<ReasoningState> state, int at, List<Part> parts) {
    if (at > 0
        && parts.get(at - 1) instanceof Part.Reasoning(String text, var known)
        && known.isEmpty()) {
      parts.set(at - 1, new Part.Reasoning(text, state));
      return at;
    }
    parts.add(at, new Part.Reasoning("", state));
    return at + 1;
  }

  private static boolean followsReasoning(List<Part> parts) {
    return !parts.isEmpty()
        && parts.getLast() instanceof Part.Reasoning reasoning
        && reasoning.state().isPresent();
  }
}
