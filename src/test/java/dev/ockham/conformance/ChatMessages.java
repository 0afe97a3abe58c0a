package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the messages that Chat Completions is sent: every call is answered right after it. */
final class ChatMessages {
  private final List<String> system = new ArrayList<>();
  private final List<Asked.Spoken> turns = new ArrayList<>();
  private final Map<String, String> open = new LinkedHashMap<>();

  void message(JsonNode message) {
    String role = Json.oneOf(message, "role", "system", "developer", "user", "assistant", "tool");
    demand(role.equals("tool") || open.isEmpty(), "results for " + open.keySet() + " come next");
    switch (role) {
      case "system", "developer" -> system.add(text(message.path("content")));
      case "user" -> {
        Json.only(message, "role", "content", "name");
        Asked.add(turns, false, content(message.path("content")));
      }
      case "assistant" -> assistant(message);
      default -> result(message);
    }
  }

  void end() {
    demand(open.isEmpty(), "results for " + open.keySet());
    demand(!turns.isEmpty(), "a message of the user");
  }

  private void assistant(JsonNode message) {
    Json.only(message, "role", "content", "refusal", "name", "tool_calls");
    var pieces = new Pieces();
    JsonNode calls = Json.maybeArray(message, "tool_calls");
    demand(!message.has("tool_calls") || !calls.isEmpty(), "tool_calls is not empty");
    if (!Json.absent(message.path("content"))) {
      pieces.text(text(message.path("content")));
    } else {
      demand(!calls.isEmpty(), "content or calls");
    }
    for (JsonNode call : calls) {
      Json.only(call, "id", "type", "function");
      Json.is(call, "type", "function");
      ObjectNode function = Json.object(call, "function", true);
      Json.only(function, "name", "arguments");
      String id = Json.filled(call, "id");
      demand(open.put(id, name(function)) == null, "ids of calls differ");
      pieces.call(
          id,
          name(function),
          Json.object(Json.parse(Json.string(function, "arguments")), "arguments"));
    }
    Asked.add(turns, true, pieces.list());
  }

  private void result(JsonNode message) {
    Json.only(message, "role", "content", "tool_call_id");
    String id = Json.filled(message, "tool_call_id");
    String name = open.remove(id);
    demand(name != null, "a result answers a call just before: " + id);
    String text = text(message.path("content"));
    Asked.add(
        turns, false, List.of(new Piece.Result(id, String.valueOf(name), text, false, List.of())));
  }

  private static String text(JsonNode content) {
    if (content.isString()) {
      return content.asString();
    }
    var texts = new ArrayList<String>();
    for (Piece piece : content(content)) {
      demand(piece instanceof Piece.Text, "only text here");
      texts.add(((Piece.Text) piece).text());
    }
    return String.join("\n", texts);
  }

  private static List<Piece> content(JsonNode content) {
    if (content.isString()) {
      return List.of(new Piece.Text(content.asString()));
    }
    demand(content.isArray() && !content.isEmpty(), "content is text or a list: " + content);
    var pieces = new ArrayList<Piece>();
    for (JsonNode part : content) {
      if (Json.oneOf(part, "type", "text", "image_url").equals("text")) {
        pieces.add(new Piece.Text(Json.string(part, "text")));
      } else {
        Json.only(part.path("image_url"), "url", "detail");
        pieces.add(Pictures.at(Json.filled(part.path("image_url"), "url")));
      }
    }
    return pieces;
  }

  List<String> system() {
    return system;
  }

  List<Asked.Spoken> turns() {
    return turns;
  }

  static String name(JsonNode function) {
    String name = Json.filled(function, "name");
    demand(name.matches("[a-zA-Z0-9_-]{1,64}"), "a function's name: " + name);
    return name;
  }
}
