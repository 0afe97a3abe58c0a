package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the messages that Converse is sent, by the rules it holds them to. */
final class BedrockMessages {
  private final boolean hasTools;
  private final List<Asked.Spoken> turns = new ArrayList<>();
  private final Map<String, String> open = new LinkedHashMap<>();

  BedrockMessages(boolean hasTools) {
    this.hasTools = hasTools;
  }

  List<Asked.Spoken> turns() {
    return turns;
  }

  void message(JsonNode message) {
    Json.only(message, "role", "content");
    boolean model = Json.oneOf(message, "role", "user", "assistant").equals("assistant");
    demand(!turns.isEmpty() || !model, "the first message is the user's");
    demand(turns.isEmpty() || turns.getLast().model() != model, "the sides take turns");
    var pieces = new ArrayList<Piece>();
    JsonNode content = Json.array(message, "content");
    demand(!content.isEmpty(), "content is not empty");
    for (JsonNode block : content) {
      demand(block.size() == 1, "a block is one of its kinds: " + block);
      pieces.add(model ? said(block) : asked(block));
    }
    demand(model || open.isEmpty(), "results for " + open.keySet() + " in this message");
    turns.add(new Asked.Spoken(model, pieces));
  }

  void end() {
    demand(open.isEmpty(), "results for " + open.keySet());
    demand(!turns.isEmpty() && !turns.getLast().model(), "the user speaks last");
  }

  private Piece said(JsonNode block) {
    if (block.has("text")) {
      return new Piece.Text(Json.filled(block, "text"));
    }
    if (block.has("reasoningContent")) {
      return thought(Json.object(block, "reasoningContent", true));
    }
    ObjectNode call = Json.object(block, "toolUse", true);
    demand(hasTools, "toolConfig, where tools were used");
    Json.only(call, "toolUseId", "name", "input");
    String id = id(call);
    String name = Json.filled(call, "name");
    demand(open.put(id, name) == null, "ids of calls differ");
    return new Piece.Call(id, name, Json.object(call, "input", true));
  }

  private static String id(JsonNode in) {
    String id = Json.filled(in, "toolUseId");
    demand(id.matches("[a-zA-Z0-9_.:-]{1,64}"), "an id: " + id);
    return id;
  }

  private static Piece thought(JsonNode thought) {
    demand(thought.size() == 1, "a reasoning block is one of its kinds: " + thought);
    if (thought.has("redactedContent")) {
      String data = Json.filled(thought, "redactedContent");
      Base64.getDecoder().decode(data);
      return new Piece.Thought("", data);
    }
    JsonNode text = Json.object(thought, "reasoningText", true);
    Json.only(text, "text", "signature");
    return new Piece.Thought(Json.string(text, "text"), Json.filled(text, "signature"));
  }

  private Piece asked(JsonNode block) {
    if (block.has("text")) {
      return new Piece.Text(Json.filled(block, "text"));
    }
    if (block.has("image")) {
      return picture(block.path("image"));
    }
    ObjectNode result = Json.object(block, "toolResult", true);
    demand(hasTools, "toolConfig, where tools were used");
    Json.only(result, "toolUseId", "content", "status");
    String id = id(result);
    String name = open.remove(id);
    demand(name != null, "a result answers a call just before: " + id);
    boolean failed =
        result.has("status") && Json.oneOf(result, "status", "success", "error").equals("error");
    var texts = new ArrayList<String>();
    var pictures = new ArrayList<Piece.Picture>();
    for (JsonNode part : Json.array(result, "content")) {
      demand(part.size() == 1, "a part is one of its kinds: " + part);
      if (part.has("image")) {
        pictures.add(picture(part.path("image")));
      } else {
        texts.add(Json.string(part, "text"));
      }
    }
    return new Piece.Result(id, String.valueOf(name), String.join("\n", texts), failed, pictures);
  }

  private static Piece.Picture picture(JsonNode image) {
    Json.only(image, "format", "source");
    Json.only(image.path("source"), "bytes");
    String format = Json.oneOf(image, "format", "png", "jpeg", "gif", "webp");
    return new Piece.Picture("image/" + format, Json.filled(image.path("source"), "bytes"));
  }
}
