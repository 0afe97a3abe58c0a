package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the messages that Anthropic's models are sent, by the rules it holds them to. */
final class AnthropicConversation {
  private final List<Asked.Spoken> turns = new ArrayList<>();
  private final Map<String, String> open = new LinkedHashMap<>();

  List<Asked.Spoken> turns() {
    return turns;
  }

  void message(JsonNode message) {
    Json.only(message, "role", "content");
    boolean model = Json.oneOf(message, "role", "user", "assistant").equals("assistant");
    demand(!turns.isEmpty() || !model, "the first message is the user's");
    List<Piece> pieces = content(message.path("content"), model);
    if (model) {
      demand(open.isEmpty(), "results for " + open.keySet() + " come next");
      calls(pieces);
    } else {
      results(pieces);
    }
    Asked.add(turns, model, pieces);
  }

  void end() {
    demand(open.isEmpty(), "results for " + open.keySet());
    demand(!turns.isEmpty(), "at least one message");
  }

  private void calls(List<Piece> pieces) {
    boolean called = false;
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Call(String id, String name, var arguments)) {
        demand(open.put(id, name) == null, "ids of calls differ");
        called = true;
      } else {
        demand(!called || !(piece instanceof Piece.Text), "no text between or after calls");
      }
    }
  }

  /** All results of a turn are in the next message, first. */
  private void results(List<Piece> pieces) {
    boolean other = false;
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Piece.Result result) {
        demand(!other, "results come first in their message");
        String name = open.remove(result.callId());
        demand(name != null, "a result answers a call just before: " + result.callId());
      } else {
        other = true;
      }
    }
    demand(open.isEmpty(), "results for " + open.keySet() + " in this message");
  }

  private List<Piece> content(JsonNode content, boolean model) {
    if (content.isString()) {
      demand(!content.asString().isEmpty(), "content is not empty");
      return List.of(new Piece.Text(content.asString()));
    }
    demand(content.isArray() && !content.isEmpty(), "content is text or blocks: " + content);
    var pieces = new ArrayList<Piece>();
    for (JsonNode block : content) {
      pieces.add(model ? said(block) : asked(block));
    }
    return pieces;
  }

  private static Piece said(JsonNode block) {
    return switch (Json.oneOf(block, "type", "text", "thinking", "redacted_thinking", "tool_use")) {
      case "text" -> {
        Json.only(block, "type", "text", "cache_control", "citations");
        yield new Piece.Text(Json.filled(block, "text"));
      }
      case "thinking" -> {
        Json.only(block, "type", "thinking", "signature");
        yield new Piece.Thought(Json.string(block, "thinking"), Json.filled(block, "signature"));
      }
      case "redacted_thinking" -> {
        Json.only(block, "type", "data");
        yield new Piece.Thought("", Json.filled(block, "data"));
      }
      default -> {
        Json.only(block, "type", "id", "name", "input", "cache_control");
        String id = Json.filled(block, "id");
        demand(id.matches("[a-zA-Z0-9_-]+"), "an id: " + id);
        yield new Piece.Call(id, Json.filled(block, "name"), Json.object(block, "input", true));
      }
    };
  }

  private Piece asked(JsonNode block) {
    return switch (Json.oneOf(block, "type", "text", "image", "tool_result")) {
      case "text" -> {
        Json.only(block, "type", "text", "cache_control");
        yield new Piece.Text(Json.filled(block, "text"));
      }
      case "image" -> {
        Json.only(block, "type", "source", "cache_control");
        yield picture(block.path("source"));
      }
      default -> result(block);
    };
  }

  private static Piece picture(JsonNode source) {
    if (Json.oneOf(source, "type", "base64", "url").equals("url")) {
      Json.only(source, "type", "url");
      return Pictures.at(Json.filled(source, "url"));
    }
    Json.only(source, "type", "media_type", "data");
    return new Piece.Picture(
        Json.oneOf(source, "media_type", "image/png", "image/jpeg", "image/gif", "image/webp"),
        Json.filled(source, "data"));
  }

  private Piece result(JsonNode block) {
    Json.only(block, "type", "tool_use_id", "content", "is_error", "cache_control");
    String id = Json.filled(block, "tool_use_id");
    String name = open.getOrDefault(id, "");
    var texts = new ArrayList<String>();
    var pictures = new ArrayList<Piece.Picture>();
    JsonNode content = block.path("content");
    if (content.isString()) {
      texts.add(content.asString());
    } else {
      for (Piece piece : content(content, false)) {
        switch (piece) {
          case Piece.Text(String text) -> texts.add(text);
          case Piece.Picture picture -> pictures.add(picture);
          default -> throw new AssertionError("against the grammar: in a result: " + piece);
        }
      }
    }
    return new Piece.Result(
        id, name, String.join("\n", texts), block.path("is_error").asBoolean(false), pictures);
  }
}
