package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says a conversation as Anthropic wants it: turns alternate, and the results of a turn's tool
 * calls come first in the user turn that follows.
 */
final class AnthropicMessageWriter {
  private final JsonWriter json;
  private final Crossing crossing;
  private final AnthropicCacheMarks marks;
  private final ClaudeModel model;
  private final AnthropicBlockWriter blocks;

  AnthropicMessageWriter(
      JsonWriter json, Crossing crossing, AnthropicCacheMarks marks, ClaudeModel model) {
    this.json = json;
    this.crossing = crossing;
    this.marks = marks;
    this.model = model;
    this.blocks = new AnthropicBlockWriter(json, crossing);
  }

  /** A part with where it stands, for errors, and the mark after it. */
  private record Placed(String path, Part part, Optional<CacheLifetime> mark) {}

  void write(List<Message> messages, int from) {
    json.array("messages");
    var turn = new ArrayList<Placed>();
    boolean assistants = false;
    boolean begun = false;
    for (int i = from; i < messages.size(); i++) {
      Message message = messages.get(i);
      boolean assistant = message.role() == Role.ASSISTANT;
      if (assistant != assistants) {
        begun |= write(assistants ? "assistant" : "user", turn);
        turn.clear();
        assistants = assistant;
      }
      if (message.role() == Role.SYSTEM && mayStand(messages, i) && (begun || !turn.isEmpty())) {
        begun |= write("user", turn);
        turn.clear();
        collect(message, "messages[" + i + "]", false, turn);
        write("system", turn);
        turn.clear();
        continue;
      }
      collect(message, "messages[" + i + "]", message.role() == Role.SYSTEM, turn);
      if (assistant && !begun && !turn.isEmpty()) {
        throw crossing.inexpressible(
            "messages[" + i + "]: an assistant message before any user message",
            "begin with a user message");
      }
    }
    begun |= write(assistants ? "assistant" : "user", turn);
    if (!begun) {
      throw crossing.inexpressible("messages: nothing but instructions", "add a user message");
    }
    json.end();
  }

  /** Instructions may stand alone after a user's turn, where the assistant speaks next. */
  private boolean mayStand(List<Message> messages, int at) {
    Role before = messages.get(at - 1).role();
    boolean last = at + 1 == messages.size();
    return model.takesLaterInstructions()
        && (before == Role.USER || before == Role.TOOL)
        && (last || messages.get(at + 1).role() == Role.ASSISTANT);
  }

  /**
   * Leaves out what has no place in a turn: empty text, and reasoning that is not this maker's.
   *
   * @param folded whether these are instructions in a user's turn
   */
  private void collect(Message message, String path, boolean folded, List<Placed> turn) {
    List<Part> parts = message.parts();
    for (int i = 0; i < parts.size(); i++) {
      String place = path + ".content[" + i + "]";
      Optional<CacheLifetime> mark = marks.after(parts, i);
      switch (parts.get(i)) {
        case Part.Text(String text) when text.isEmpty() -> marks.skip(mark);
        case Part.Text(String text) when folded -> {
          crossing.noPlaceFor("system message after the first turn");
          turn.add(new Placed(place, new Part.Text("<system>\n" + text + "\n</system>"), mark));
        }
        case Part.CacheMark _ -> {} // written with the part before it
        case Part.Reasoning reasoning -> {
          marks.skip(mark);
          if (crossing.isOwn(reasoning) && SignedThought.of(reasoning).isPresent()) {
            turn.add(new Placed(place, reasoning, Optional.empty()));
          } else {
            crossing.noPlaceFor("reasoning");
          }
        }
        case Part.ToolResult result -> turn.add(resultsOf(turn), new Placed(place, result, mark));
        case Part other -> turn.add(new Placed(place, other, mark));
      }
    }
  }

  private static int resultsOf(List<Placed> turn) {
    int count = 0;
    while (count < turn.size() && turn.get(count).part() instanceof Part.ToolResult) {
      count++;
    }
    return count;
  }

  private boolean write(String role, List<Placed> turn) {
    if (turn.isEmpty()) {
      return false;
    }
    json.object().text("role", role).array("content");
    for (Placed placed : turn) {
      json.object();
      blocks.fields(placed.path(), placed.part());
      marks.write(placed.mark());
      json.end();
    }
    json.end().end();
    return true;
  }
}
