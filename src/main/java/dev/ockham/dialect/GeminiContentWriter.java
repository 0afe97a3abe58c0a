package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says a conversation as Gemini wants it: turns of user and model alternate, and the results of
 * calls come first in the turn after them, named by the function.
 */
final class GeminiContentWriter {
  /** What Google takes in place of a signature that was never issued. */
  static final String NO_SIGNATURE = "skip_thought_signature_validator";

  private final JsonWriter json;
  private final Crossing crossing;
  private final GeminiModel model;
  private final Map<String, String> functions = new HashMap<>();

  GeminiContentWriter(JsonWriter json, Crossing crossing, GeminiModel model) {
    this.json = json;
    this.crossing = crossing;
    this.model = model;
  }

  /** A part and where its client put it. */
  private record Placed(String path, Part part) {}

  void write(List<Message> messages) {
    int first = instructions(messages);
    json.array("contents");
    var turn = new ArrayList<Placed>();
    boolean begun = false;
    boolean ofModel = false;
    for (int i = first; i < messages.size(); i++) {
      boolean assistant = messages.get(i).role() == Role.ASSISTANT;
      if (assistant != ofModel) {
        begun |= turn(ofModel, turn);
        turn.clear();
        ofModel = assistant;
      }
      collect(messages.get(i), "messages[" + i + "]", turn);
    }
    begun |= turn(ofModel, turn);
    json.end();
    if (!begun) {
      throw crossing.inexpressible("messages: nothing but instructions", "add a user message");
    }
  }

  /** Writes the instructions that come first; returns how many messages they were. */
  private int instructions(List<Message> messages) {
    int first = 0;
    var texts = new ArrayList<String>();
    while (first < messages.size() && messages.get(first).role() == Role.SYSTEM) {
      String text = messages.get(first).text();
      if (!text.isEmpty()) {
        texts.add(text);
      }
      first++;
    }
    Instructions.check(messages.subList(0, first), crossing);
    Instructions.loseMarks(messages.subList(0, first), crossing);
    if (!texts.isEmpty()) {
      json.object("systemInstruction").array("parts");
      texts.forEach(text -> json.object().text("text", text).end());
      json.end().end();
    }
    return first;
  }

  private void collect(Message message, String path, List<Placed> turn) {
    for (int i = 0; i < message.parts().size(); i++) {
      var placed = new Placed(path + ".content[" + i + "]", message.parts().get(i));
      switch (placed.part) {
        case Part.Text(String text) when text.isEmpty() -> {}
        case Part.Text(String text) when message.role() == Role.SYSTEM -> {
          crossing.lose("system message after the first turn", "sent as marked text of the user");
          String marked = "<system>\n" + text + "\n</system>";
          turn.add(new Placed(placed.path, new Part.Text(marked)));
        }
        case Part.CacheMark _ -> crossing.noPlaceFor("cache mark");
        case Part.Reasoning reasoning when !isOurs(reasoning) ->
            crossing.lose("reasoning", "not sent, only its maker can read it");
        case Part.ToolCall call -> {
          functions.put(call.id(), call.name());
          turn.add(placed);
        }
        case Part.ToolResult _ -> turn.add(resultsOf(turn), placed);
        default -> turn.add(placed);
      }
    }
  }

  private static boolean isOurs(Part.Reasoning reasoning) {
    return reasoning.state().filter(s -> s.origin() == Dialect.GEMINI_GENERATE).isPresent();
  }

  private static int resultsOf(List<Placed> turn) {
    int count = 0;
    while (count < turn.size() && turn.get(count).part instanceof Part.ToolResult) {
      count++;
    }
    return count;
  }

  private boolean turn(boolean ofModel, List<Placed> turn) {
    if (turn.isEmpty()) {
      return false;
    }
    json.object().text("role", ofModel ? "model" : "user").array("parts");
    if (ofModel) {
      said(turn);
    } else {
      turn.forEach(placed -> part(placed, ""));
      pictures(turn);
    }
    json.end().end();
    return true;
  }

  /** A signature goes back on the part it came on: the call after it, else the text before it. */
  private void said(List<Placed> turn) {
    Optional<String> pending = Optional.empty();
    boolean called = false;
    for (int i = 0; i < turn.size(); i++) {
      Placed placed = turn.get(i);
      Optional<Part> next =
          i + 1 < turn.size() ? Optional.of(turn.get(i + 1).part) : Optional.empty();
      boolean signed = next.isPresent() && signs(next.get(), turn, i + 2);
      switch (placed.part) {
        case Part.Reasoning(String text, Optional<ReasoningState> state) -> {
          String signature = state.orElseThrow().value();
          if (next.isPresent() && next.get() instanceof Part.ToolCall) {
            pending = Optional.of(signature);
          } else {
            thought(text, signature);
          }
        }
        case Part.ToolCall _ -> {
          boolean dummy = !called && model.wantsSignatures();
          part(placed, pending.orElse(dummy ? NO_SIGNATURE : ""));
          pending = Optional.empty();
          called = true;
        }
        case Part.Text _ when signed -> {
          Part.Reasoning after = (Part.Reasoning) next.orElseThrow();
          part(placed, after.state().orElseThrow().value());
          i++;
        }
        default -> part(placed, "");
      }
    }
  }

  /** Whether a part after a text is its signature, and not that of the call which follows. */
  private static boolean signs(Part part, List<Placed> turn, int following) {
    boolean beforeCall =
        following < turn.size() && turn.get(following).part instanceof Part.ToolCall;
    return part instanceof Part.Reasoning(String text, var _) && text.isEmpty() && !beforeCall;
  }

  private void thought(String text, String signature) {
    json.object().text("text", text);
    if (!text.isEmpty()) {
      json.flag("thought", true);
    }
    json.text("thoughtSignature", signature).end();
  }

  private void part(Placed placed, String signature) {
    json.object();
    switch (placed.part) {
      case Part.Text(String text) -> json.text("text", text);
      case Part.Image(Part.Source source) -> media(placed, source);
      case Part.Document(Part.Source source, String name) -> {
        if (!name.isEmpty()) {
          crossing.lose("a document's name", "not sent");
        }
        media(placed, source);
      }
      case Part.Audio(Part.Source source) -> media(placed, source);
      case Part.ToolCall call -> call(placed.path, call);
      case Part.ToolResult result -> result(placed, result);
      case Part.Unknown(String kind, var _) ->
          throw crossing.refusal("a part of type " + kind, placed.path);
      case Part.Reasoning _, Part.CacheMark _ ->
          throw new IllegalStateException("was left out before");
    }
    if (!signature.isEmpty()) {
      json.text("thoughtSignature", signature);
    }
    json.end();
  }

  private void media(Placed placed, Part.Source source) {
    switch (source) {
      case Part.Source.Inline(String type, String base64) ->
          json.object("inlineData").text("mimeType", type).text("data", base64).end();
      case Part.Source.Address(String url) -> file(url);
      case Part.Source.Kept(Dialect holder, String id) -> {
        if (holder != Dialect.GEMINI_GENERATE) {
          throw crossing.refusal("a file of another provider", placed.path);
        }
        file(id);
      }
    }
  }

  private void file(String uri) {
    json.object("fileData").text("fileUri", uri);
    MediaTypes.ofAddress(uri).ifPresent(type -> json.text("mimeType", type));
    json.end();
  }

  private void call(String path, Part.ToolCall call) {
    if (!JsonReader.isObject(call.arguments().value())) {
      throw crossing.inexpressible(
          path + ": arguments that are not a JSON object", "send a JSON object");
    }
    json.object("functionCall").text("id", call.id()).text("name", call.name());
    json.json("args", call.arguments()).end();
  }

  private void result(Placed placed, Part.ToolResult result) {
    String name = functions.getOrDefault(result.callId(), result.callId());
    json.object("functionResponse").text("id", result.callId()).text("name", name);
    GeminiResult.write(json, result);
    if (model.takesPicturesInResults() && result.content().stream().anyMatch(this::isMedia)) {
      json.array("parts");
      result.content().stream()
          .filter(this::isMedia)
          .forEach(part -> part(new Placed(placed.path, part), ""));
      json.end();
    }
    json.end();
    for (Part part : result.content()) {
      if (part instanceof Part.Unknown(String kind, var _)) {
        throw crossing.refusal("a part of type " + kind, placed.path);
      }
    }
  }

  private boolean isMedia(Part part) {
    return part instanceof Part.Image
        || part instanceof Part.Document
        || part instanceof Part.Audio;
  }

  /** Pictures that results cannot show follow them. */
  private void pictures(List<Placed> turn) {
    if (model.takesPicturesInResults()) {
      return;
    }
    for (Placed placed : turn) {
      if (placed.part instanceof Part.ToolResult result) {
        for (Part part : result.content()) {
          if (isMedia(part)) {
            crossing.lose("pictures in tool results", "sent by the user after them");
            part(new Placed(placed.path, part), "");
          }
        }
      }
    }
  }
}
