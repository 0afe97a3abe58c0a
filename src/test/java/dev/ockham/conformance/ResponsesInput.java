package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the items that Responses is sent, by the rules it holds them to. */
final class ResponsesInput {
  private final List<String> system = new ArrayList<>();
  private final List<Asked.Spoken> turns = new ArrayList<>();
  private final Map<String, String> open = new LinkedHashMap<>();
  private boolean thought;

  void instructions(JsonNode instructions) {
    if (!Json.absent(instructions)) {
      system.add(instructions.asString());
    }
  }

  String system() {
    return String.join("\n", system);
  }

  List<Asked.Spoken> turns() {
    return turns;
  }

  void read(JsonNode input) {
    if (input.isString()) {
      turns.add(Asked.Spoken.user(new Piece.Text(input.asString())));
      return;
    }
    demand(input.isArray() && !input.isEmpty(), "input is text or items: " + input);
    input.forEach(this::item);
    demand(open.isEmpty(), "an output for every call: " + open.keySet());
    demand(!thought, "a reasoning item is followed by what came of it");
  }

  private void item(JsonNode item) {
    String type = item.path("type").asString("message");
    boolean model =
        type.equals("function_call") || item.path("role").asString("").equals("assistant");
    demand(
        !thought || model || type.equals("reasoning"),
        "a reasoning item is followed by what came of it");
    thought = type.equals("reasoning");
    switch (type) {
      case "message" -> message(item);
      case "function_call" -> call(item);
      case "function_call_output" -> output(item);
      case "reasoning" -> reasoning(item);
      default -> throw new AssertionError("against the grammar: an item " + type);
    }
  }

  private void message(JsonNode item) {
    Json.only(item, "type", "role", "content", "id", "status", "phase");
    switch (Json.oneOf(item, "role", "user", "assistant", "system", "developer")) {
      case "user" -> Asked.add(turns, false, content(item.path("content"), "input_text"));
      case "assistant" -> Asked.add(turns, true, content(item.path("content"), "output_text"));
      default -> system.add(texts(content(item.path("content"), "input_text")));
    }
  }

  private static List<Piece> content(JsonNode content, String textType) {
    if (content.isString()) {
      return List.of(new Piece.Text(content.asString()));
    }
    demand(content.isArray() && !content.isEmpty(), "content is text or parts: " + content);
    var pieces = new ArrayList<Piece>();
    for (JsonNode part : content) {
      if (part.path("type").asString("").equals("input_image")) {
        demand(textType.equals("input_text"), "only users show pictures");
        Json.only(part, "type", "image_url", "detail");
        pieces.add(Pictures.at(Json.filled(part, "image_url")));
      } else {
        Json.is(part, "type", textType);
        Json.only(part, "type", "text", "annotations", "logprobs");
        pieces.add(new Piece.Text(Json.string(part, "text")));
      }
    }
    return pieces;
  }

  private static String texts(List<Piece> pieces) {
    var texts = new ArrayList<String>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Text(String text)) {
        texts.add(text);
      }
    }
    return String.join("\n", texts);
  }

  private void call(JsonNode item) {
    Json.only(item, "type", "id", "call_id", "name", "arguments", "status");
    String id = Json.filled(item, "call_id");
    String name = Json.filled(item, "name");
    demand(id.length() <= 64, "call_id is at most 64 long: " + id);
    demand(!item.has("id") || Json.string(item, "id").startsWith("fc"), "ids begin with fc");
    demand(open.put(id, name) == null, "ids of calls differ");
    var arguments = Json.object(Json.parse(Json.string(item, "arguments")), "arguments");
    Asked.add(turns, true, List.of(new Piece.Call(id, name, arguments)));
  }

  private void output(JsonNode item) {
    Json.only(item, "type", "id", "call_id", "output", "status");
    String id = Json.filled(item, "call_id");
    String name = open.remove(id);
    demand(name != null, "an output answers a call before it: " + id);
    List<Piece> content = content(item.path("output"), "input_text");
    var pictures = new ArrayList<Piece.Picture>();
    for (Piece piece : content) {
      if (piece instanceof Piece.Picture picture) {
        pictures.add(picture);
      }
    }
    Asked.add(
        turns,
        false,
        List.of(new Piece.Result(id, String.valueOf(name), texts(content), false, pictures)));
  }

  private void reasoning(JsonNode item) {
    Json.only(item, "type", "id", "summary", "content", "encrypted_content", "status");
    demand(Json.filled(item, "id").startsWith("rs_"), "ids begin with rs_: " + item);
    var text = new StringBuilder();
    for (JsonNode part : Json.array(item, "summary")) {
      Json.is(part, "type", "summary_text");
      text.append(Json.string(part, "text"));
    }
    Asked.add(
        turns,
        true,
        List.of(new Piece.Thought(text.toString(), Json.filled(item, "encrypted_content"))));
  }
}
