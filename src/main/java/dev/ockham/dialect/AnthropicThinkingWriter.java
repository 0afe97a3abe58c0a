package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Effort;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.chat.Thinking;
import dev.ockham.chat.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks a Claude model to think, as its version wants to be asked. */
final class AnthropicThinkingWriter {
  /** The least budget that is taken. */
  static final long LEAST_BUDGET = 1024;

  private final ChatRequest request;
  private final ClaudeModel model;
  private final Crossing crossing;
  private final JsonWriter json;

  AnthropicThinkingWriter(
      ChatRequest request, ClaudeModel model, Crossing crossing, JsonWriter json) {
    this.request = request;
    this.model = model;
    this.crossing = crossing;
    this.json = json;
  }

  /** Writes {@code thinking}, where anything was asked. */
  void write(long cap) {
    Thinking asked = request.thinking();
    if (asked.isUnset() || (asked.isOff() && !model.thinks())) {
      return;
    }
    if (asked.isOff()) {
      json.object("thinking").text("type", "disabled").end();
    } else if (!model.thinks()) {
      crossing.lose("thinking", "not asked for, this model does not");
    } else if (mustCall()) {
      crossing.lose("thinking", "not asked for, it cannot go with a tool that must be called");
    } else if (model.isAdaptive()) {
      json.object("thinking").text("type", "adaptive");
      shown();
      json.end();
    } else {
      budget(cap);
    }
  }

  private boolean mustCall() {
    ToolChoice choice = request.tools().choice();
    return !request.tools().offered().isEmpty()
        && (choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named);
  }

  private void shown() {
    Optional<Boolean> shown = request.thinking().shown();
    shown.ifPresent(wanted -> json.text("display", wanted ? "summarized" : "omitted"));
  }

  private void budget(long cap) {
    OptionalLong asked = request.thinking().budgetOrFitting();
    long budget = asked.orElseGet(() -> Thinking.of(Effort.MEDIUM).budgetOrFitting().orElseThrow());
    if (cap <= LEAST_BUDGET) {
      crossing.lose("thinking", "not asked for, the cap on output leaves no room");
    } else if (continuesUnthought()) {
      crossing.lose("thinking", "not asked for, the turn began without it");
    } else {
      json.object("thinking").text("type", "enabled");
      json.number("budget_tokens", Math.min(Math.max(LEAST_BUDGET, budget), cap - 1)).end();
    }
  }

  /** A turn that goes on after tool calls must have begun with this maker's thinking. */
  private boolean continuesUnthought() {
    List<Message> messages = request.messages();
    int last = messages.size() - 1;
    while (last >= 0 && messages.get(last).role() != Role.ASSISTANT) {
      if (messages.get(last).role() == Role.USER) {
        return false;
      }
      last--;
    }
    return last >= 0
        && !messages.get(last).parts().isEmpty()
        && !(messages.get(last).parts().getFirst() instanceof Part.Reasoning reasoning
            && crossing.isOwn(reasoning));
  }

  /** The effort to name in {@code output_config}; empty where the model is told a budget. */
  Optional<Effort> effort() {
    if (!model.isAdaptive() || request.thinking().isOff()) {
      return Optional.empty();
    }
    return request.thinking().effortOrFitting().map(e -> e.within(Effort.LOW, Effort.MAX));
  }
}
