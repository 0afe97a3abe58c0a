package dev.ockham.conformance;

import static dev.ockham.conformance.Json.arr;
import static dev.ockham.conformance.Json.demand;
import static dev.ockham.conformance.Json.list;
import static dev.ockham.conformance.Json.obj;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of OpenAI's Responses, without stored state. {@link ResponsesStream} reads streams. */
final class ResponsesClient extends ClientSpeaker {
  @Override
  Dialect dialect() {
    return Dialect.OPENAI_RESPONSES;
  }

  @Override
  Map.Entry<String, String> credential(String key) {
    return Map.entry("authorization", "Bearer " + key);
  }

  @Override
  Said say(Ask ask) {
    ArrayNode input = arr();
    ask.turns().forEach(turn -> say(turn, input));
    ObjectNode body =
        obj("model", ask.model(), "input", input, "max_output_tokens", Ask.CAP, "store", false);
    if (!ask.system().isEmpty()) {
      body.put("instructions", ask.system());
    }
    if (ask.stream()) {
      body.put("stream", true);
    }
    if (!ask.tools().isEmpty()) {
      body.set(
          "tools",
          list(
              ask.tools().stream()
                  .map(tool ->
                      obj(
                          "type",
                          "function",
                          "name",
                          tool.name(),
                          "description",
                          tool.description(),
                          "parameters",
                          tool.schema(),
                          "strict",
                          false))
                  .toList()));
      body.setAll(obj("tool_choice", choice(ask)));
    }
    ask.schema()
        .ifPresent(schema ->
            body.set(
                "text",
                obj(
                    "format",
                    obj(
                        "type",
                        "json_schema",
                        "name",
                        Ask.SCHEMA_NAME,
                        "strict",
                        true,
                        "schema",
                        schema))));
    ask.effort()
        .ifPresent(effort -> {
          body.set("reasoning", obj("effort", effort, "summary", "auto"));
          body.set("include", arr("reasoning.encrypted_content"));
        });
    return new Said("/v1/responses", Map.of(), body);
  }

  private static void say(Turn turn, ArrayNode input) {
    switch (turn) {
      case Turn.User(var pieces) ->
          input.add(
              obj(
                  "role",
                  "user",
                  "content",
                  list(pieces.stream().map(ResponsesClient::say).toList())));
      case Turn.Said(String text) ->
          input.add(
              obj(
                  "type",
                  "message",
                  "role",
                  "assistant",
                  "content",
                  arr(obj("type", "output_text", "text", text, "annotations", arr()))));
      case Turn.Heard(Hearing hearing) -> hearing.replay().forEach(input::add);
      case Turn.Results(var results) ->
          results.forEach(result ->
              input.add(
                  obj(
                      "type",
                      "function_call_output",
                      "call_id",
                      result.callId(),
                      "output",
                      output(result))));
    }
  }

  private static Object output(Piece.Result result) {
    if (result.pictures().isEmpty()) {
      return result.text();
    }
    ArrayNode parts = arr(say(new Piece.Text(result.text())));
    result.pictures().forEach(picture -> parts.add(say(picture)));
    return parts;
  }

  private static JsonNode say(Piece piece) {
    return switch (piece) {
      case Piece.Text(String text) -> obj("type", "input_text", "text", text);
      case Piece.Picture(String type, String data) ->
          obj(
              "type",
              "input_image",
              "image_url",
              "data:" + type + ";base64," + data,
              "detail",
              "auto");
      case Piece.PictureAt(String url) ->
          obj("type", "input_image", "image_url", url, "detail", "auto");
      default -> throw new IllegalArgumentException("not a user's: " + piece);
    };
  }

  private static Object choice(Ask ask) {
    return switch (ask.choice()) {
      case AUTO -> "auto";
      case NONE -> "none";
      case REQUIRED -> "required";
      case FIRST -> obj("type", "function", "name", ask.tools().getFirst().name());
    };
  }

  @Override
  Hearing whole(byte[] body) {
    return finished(Json.object(body));
  }

  /** A response object that is complete. */
  static Hearing finished(JsonNode response) {
    response(response);
    Json.oneOf(response, "status", "completed", "incomplete");
    demand(response.path("error").isNull(), "no error in an answer");
    JsonNode output = Json.array(response, "output");
    List<Piece> pieces = pieces(output);
    return new Hearing(
        pieces, Optional.of(stop(response, pieces)), usage(response), Optional.empty(), output);
  }

  /** What every response object has, finished or not. */
  static void response(JsonNode response) {
    Json.is(response, "object", "response");
    demand(Json.filled(response, "id").startsWith("resp_"), "ids begin with resp_");
    Json.count(response, "created_at");
    Json.filled(response, "model");
    Json.has(
        response,
        "error",
        "incomplete_details",
        "instructions",
        "metadata",
        "parallel_tool_calls",
        "temperature",
        "tool_choice",
        "tools",
        "top_p");
  }

  private static List<Piece> pieces(JsonNode output) {
    var pieces = new Pieces();
    for (JsonNode item : output) {
      switch (Json.oneOf(item, "type", "message", "function_call", "reasoning")) {
        case "message" -> {
          Json.is(item, "role", "assistant");
          Json.filled(item, "id");
          Json.oneOf(item, "status", "completed", "incomplete");
          for (JsonNode part : Json.array(item, "content")) {
            Json.is(part, "type", "output_text");
            Json.array(part, "annotations");
            pieces.text(Json.string(part, "text"));
          }
        }
        case "function_call" -> {
          Json.filled(item, "id");
          pieces.call(
              Json.filled(item, "call_id"),
              Json.filled(item, "name"),
              Json.object(Json.parse(Json.string(item, "arguments")), "arguments"));
        }
        default -> {
          Json.filled(item, "id");
          var text = new StringBuilder();
          for (JsonNode part : Json.array(item, "summary")) {
            Json.is(part, "type", "summary_text");
            text.append(Json.string(part, "text"));
          }
          pieces.thought(text.toString(), item.path("encrypted_content").asString(""));
        }
      }
    }
    return pieces.list();
  }

  private static StopReason stop(JsonNode response, List<Piece> pieces) {
    if (Json.string(response, "status").equals("incomplete")) {
      return Json.oneOf(
                  response.path("incomplete_details"),
                  "reason",
                  "max_output_tokens",
                  "content_filter")
              .equals("content_filter")
          ? StopReason.CONTENT_FILTER
          : StopReason.MAX_OUTPUT;
    }
    demand(response.path("incomplete_details").isNull(), "a complete answer has no such details");
    return pieces.stream().anyMatch(Piece.Call.class::isInstance)
        ? StopReason.TOOL_CALLS
        : StopReason.END_OF_TURN;
  }

  private static Usage usage(JsonNode response) {
    if (Json.absent(response.path("usage"))) {
      return Usage.ABSENT;
    }
    JsonNode usage = response.path("usage");
    long input = Json.count(usage, "input_tokens");
    long output = Json.count(usage, "output_tokens");
    demand(Json.count(usage, "total_tokens") == input + output, "total = sum in " + usage);
    JsonNode in = Json.object(usage, "input_tokens_details", true);
    JsonNode out = Json.object(usage, "output_tokens_details", true);
    var told = new TreeMap<TokenClass, Long>();
    told.put(TokenClass.CACHE_READ, Json.count(in, "cached_tokens"));
    told.put(TokenClass.CACHE_WRITE_5M, Json.count(in, "cache_write_tokens"));
    told.put(TokenClass.REASONING, Json.count(out, "reasoning_tokens"));
    return Counted.withRest(told, input, output);
  }

  @Override
  Hearing streamed(byte[] body) {
    var stream = new ResponsesStream();
    for (Sse.Event event : Sse.parse(body)) {
      stream.event(event);
    }
    return stream.hearing();
  }

  /** What had come of an answer before it broke off. */
  static Hearing broken(List<? extends JsonNode> items, Problem problem) {
    var pieces = new Pieces();
    for (JsonNode item : items) {
      for (JsonNode part : Json.maybeArray(item, "content")) {
        pieces.text(part.path("text").asString(""));
      }
    }
    return new Hearing(pieces.list(), Optional.empty(), Usage.ABSENT, Optional.of(problem), arr());
  }

  @Override
  Problem problem(int status, byte[] body, HttpHeaders headers) {
    return ChatClient.error(status, Json.object(body));
  }

  /** Writes of any duration are one count; counts of caches and reasoning must be there. */
  @Override
  Usage sayable(Usage usage) {
    return Counted.atLeastZero(
        Counted.writesAsOne(usage),
        TokenClass.CACHE_READ,
        TokenClass.CACHE_WRITE_5M,
        TokenClass.REASONING);
  }

  @Override
  boolean usageNeeded() {
    return false;
  }
}
