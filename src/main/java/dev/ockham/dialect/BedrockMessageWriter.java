package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Says a conversation as Converse wants it: turns alternate, and the results of a turn's tool calls
 * come first in the user turn that follows.
 */
final class BedrockMessageWriter {
  private final JsonWriter json;
  private final Crossing crossing;
  private final BedrockBlockWriter blocks;

  BedrockMessageWriter(JsonWriter json, Crossing crossing) {
    this.json = json;
    this.crossing = crossing;
    this.blocks = new BedrockBlockWriter(json, crossing);
  }

  /** A part with where it stands, for errors. */
  private record Placed(String path, Part part) {}

  void write(List<Message> messages, int from) {
    json.array("messages");
    var turn = new ArrayList<Placed>();
    boolean assistants = false;
    boolean begun = false;
    for (int i = from; i < messages.size(); i++) {
      Message message = messages.get(i);
      boolean assistant = message.role() == Role.ASSISTANT;
      if (assistant != assistants) {
        begun |= write(assistants, turn);
        turn.clear();
        assistants = assistant;
      }
      collect(message, "messages[" + i + "]", turn);
      if (assistant && !begun && !turn.isEmpty()) {
        throw crossing.inexpressible(
            "messages[" + i + "]: an assistant message before any user message",
            "begin with a user message");
      }
    }
    begun |= write(assistants, turn);
    if (!begun) {
      throw crossing.inexpressible("messages: nothing but instructions", "add a user message");
    }
    json.end();
  }

  /** Leaves out what has no place in a turn: blank text, and reasoning that is not this maker's. */
  private void collect(Message message, String path, List<Placed> turn) {
    for (int i = 0; i < message.parts().size(); i++) {
      String place = path + ".content[" + i + "]";
      switch (message.parts().get(i)) {
        case Part.Text(String text) when text.isBlank() -> {}
        case Part.Text(String text) when message.role() == Role.SYSTEM -> {
          crossing.noPlaceFor("system message after the first turn");
          turn.add(new Placed(place, new Part.Text("<system>\n" + text + "\n</system>")));
        }
        case Part.Reasoning reasoning -> {
          if (crossing.isOwn(reasoning) && SignedThought.of(reasoning).isPresent()) {
            turn.add(firstOf(turn), new Placed(place, reasoning));
          } else {
            crossing.noPlaceFor("reasoning");
          }
        }
        case Part.ToolResult result -> turn.add(resultsOf(turn), new Placed(place, result));
        // a mark needs something before it
        case Part.CacheMark _ when turn.isEmpty() -> {}
        case Part other -> turn.add(new Placed(place, other));
      }
    }
  }

  /** A turn with reasoning begins with some; clients that cannot carry it may misplace it. */
  private static int firstOf(List<Placed> turn) {
    boolean begins = !turn.isEmpty() && turn.getFirst().part() instanceof Part.Reasoning;
    return begins ? turn.size() : 0;
  }

  /** The place after the results that a turn begins with, and after the mark on the last. */
  private static int resultsOf(List<Placed> turn) {
    int count = 0;
    for (int i = 0; i < turn.size(); i++) {
      Part part = turn.get(i).part();
      if (part instanceof Part.ToolResult) {
        count = i + 1;
      } else if (!(part instanceof Part.CacheMark)) {
        return count;
      }
    }
    return turn.size();
  }

  private boolean write(boolean assistant, List<Placed> turn) {
    if (turn.isEmpty()) {
      return false;
    }
    json.object().text("role", assistant ? "assistant" : "user").array("content");
    for (Placed placed : turn) {
      json.object();
      blocks.member(placed.path(), placed.part());
      json.end();
    }
    json.end().end();
    return true;
  }

  /** Five minutes are what a mark means by itself; not every model knows the field. */
  static void cachePoint(JsonWriter json, CacheLifetime lifetime) {
    json.object("cachePoint").text("type", "default");
    if (lifetime == CacheLifetime.HOUR) {
      json.text("ttl", "1h");
    }
    json.end();
  }
}
