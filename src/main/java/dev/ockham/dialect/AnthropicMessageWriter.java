package dev.ockham.dialect;

import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Says a conversation as Anthropic wants it: turns alternate, and the results of a turn's tool
 * calls come first in the user turn that follows.
 */
final class AnthropicMessageWriter {
  private final JsonWriter json;
  private final Crossing crossing;

  AnthropicMessageWriter(JsonWriter json, Crossing crossing) {
    this.json = json;
    this.crossing = crossing;
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

  /** Leaves out what has no place in a turn: empty text, and reasoning that is not this maker's. */
  private void collect(Message message, String path, List<Placed> turn) {
    for (int i = 0; i < message.parts().size(); i++) {
      Part part = message.parts().get(i);
      String place = path + ".content[" + i + "]";
      switch (part) {
        case Part.Text(String text) when text.isEmpty() -> {}
        case Part.Text(String text) when message.role() == Role.SYSTEM -> {
          crossing.lose("system message after the first turn", "sent as marked text of the user");
          turn.add(new Placed(place, new Part.Text("<system>\n" + text + "\n</system>")));
        }
        case Part.CacheMark _ -> crossing.lose("cache mark", "not sent");
        case Part.Reasoning r -> crossing.lose("reasoning", "not sent, only its maker can read it");
        case Part.ToolResult result -> turn.add(resultsOf(turn), new Placed(place, result));
        default -> turn.add(new Placed(place, part));
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

  private boolean write(boolean assistant, List<Placed> turn) {
    if (turn.isEmpty()) {
      return false;
    }
    json.object().text("role", assistant ? "assistant" : "user").array("content");
    turn.forEach(this::block);
    json.end().end();
    return true;
  }

  private void block(Placed placed) {
    json.object();
    switch (placed.part()) {
      case Part.Text(String text) -> json.text("type", "text").text("text", text);
      case Part.Image(Part.Source source) -> image(source);
      case Part.ToolCall call -> {
        if (!JsonReader.isObject(call.arguments().value())) {
          throw crossing.inexpressible(
              placed.path() + ": arguments that are not a JSON object", "send a JSON object");
        }
        json.text("type", "tool_use").text("id", idOf(call.id()));
        json.text("name", call.name()).json("input", call.arguments());
      }
      case Part.ToolResult result -> result(placed.path(), result);
      case Part.Unknown(String kind, var _) ->
          throw crossing.inexpressible(
              placed.path() + ": a part of type " + JsonReader.quoted(kind),
              "ask a model of the same dialect by its name");
      case Part.Document _, Part.Audio _ ->
          throw crossing.inexpressible(
              placed.path() + ": a file or a sound", "ask a model of the same dialect by its name");
      case Part.Reasoning _, Part.CacheMark _ ->
          throw new IllegalStateException("was left out before");
    }
    json.end();
  }

  private void result(String path, Part.ToolResult result) {
    json.text("type", "tool_result").text("tool_use_id", idOf(result.callId()));
    if (result.error()) {
      json.flag("is_error", true);
    }
    if (result.content().size() == 1
        && result.content().getFirst() instanceof Part.Text(String t)) {
      json.text("content", t);
      return;
    }
    json.array("content");
    for (Part part : result.content()) {
      if (!(part instanceof Part.Text(String text) && text.isEmpty())) {
        block(new Placed(path, part));
      }
    }
    json.end();
  }

  private void image(Part.Source source) {
    json.text("type", "image").object("source");
    switch (source) {
      case Part.Source.Address(String url) -> json.text("type", "url").text("url", url);
      case Part.Source.Inline(String media, String base64) ->
          json.text("type", "base64").text("media_type", media).text("data", base64);
      case Part.Source.Kept(var _, String id) -> json.text("type", "file").text("file_id", id);
    }
    json.end();
  }

  /** The id in the letters Anthropic takes; a call and its result get the same. */
  private static String idOf(String id) {
    var taken = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
      taken.append(plain ? c : '_');
    }
    return taken.toString();
  }
}
