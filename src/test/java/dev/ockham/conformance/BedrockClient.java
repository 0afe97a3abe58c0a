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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of Bedrock's Converse, with a bearer token. {@link BedrockStream} reads streams. */
final class BedrockClient extends ClientSpeaker {
  @Override
  Dialect dialect() {
    return Dialect.BEDROCK_CONVERSE;
  }

  @Override
  Map.Entry<String, String> credential(String key) {
    return Map.entry("authorization", "Bearer " + key);
  }

  @Override
  String streamType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  Said say(Ask ask) {
    ObjectNode body =
        obj(
            "messages", list(ask.turns().stream().map(BedrockClient::say).toList()),
            "inferenceConfig", obj("maxTokens", Ask.CAP));
    if (!ask.system().isEmpty()) {
      body.set("system", arr(obj("text", ask.system())));
    }
    if (!ask.tools().isEmpty()) {
      body.set(
          "toolConfig",
          obj(
              "tools",
              list(
                  ask.tools().stream()
                      .map(tool ->
                          obj(
                              "toolSpec",
                              obj(
                                  "name",
                                  tool.name(),
                                  "description",
                                  tool.description(),
                                  "inputSchema",
                                  obj("json", tool.schema()))))
                      .toList()),
              "toolChoice",
              choice(ask)));
    }
    ObjectNode output = obj();
    ask.effort().ifPresent(effort -> output.put("effort", effort));
    ask.schema()
        .ifPresent(schema ->
            output.set(
                "textFormat",
                obj(
                    "type",
                    "json_schema",
                    "structure",
                    obj("jsonSchema", obj("name", Ask.SCHEMA_NAME, "schema", schema.toString())))));
    if (!output.isEmpty()) {
      body.set("outputConfig", output);
    }
    String how = ask.stream() ? "/converse-stream" : "/converse";
    return new Said("/model/" + ask.model() + how, Map.of(), body);
  }

  private static JsonNode choice(Ask ask) {
    return switch (ask.choice()) {
      case AUTO -> obj("auto", obj());
      case REQUIRED -> obj("any", obj());
      case FIRST -> obj("tool", obj("name", ask.tools().getFirst().name()));
      case NONE -> throw new IllegalArgumentException("no word for it");
    };
  }

  private static JsonNode say(Turn turn) {
    return switch (turn) {
      case Turn.User(var pieces) ->
          obj("role", "user", "content", list(pieces.stream().map(BedrockClient::say).toList()));
      case Turn.Said(String text) -> obj("role", "assistant", "content", arr(obj("text", text)));
      case Turn.Heard(Hearing hearing) -> obj("role", "assistant", "content", hearing.replay());
      case Turn.Results(var results) ->
          obj("role", "user", "content", list(results.stream().map(BedrockClient::say).toList()));
    };
  }

  private static JsonNode say(Piece piece) {
    return switch (piece) {
      case Piece.Text(String text) -> obj("text", text);
      case Piece.Picture(String type, String data) ->
          obj(
              "image",
              obj("format", type.substring("image/".length()), "source", obj("bytes", data)));
      case Piece.Result result -> {
        ArrayNode content = arr(obj("text", result.text()));
        result.pictures().forEach(picture -> content.add(say(picture)));
        yield obj(
            "toolResult",
            obj(
                "toolUseId",
                result.callId(),
                "content",
                content,
                "status",
                result.error() ? "error" : "success"));
      }
      default -> throw new IllegalArgumentException("no words for " + piece);
    };
  }

  @Override
  Hearing whole(byte[] body) {
    ObjectNode reply = Json.object(body);
    JsonNode message = Json.object(Json.object(reply, "output", true), "message", true);
    Json.is(message, "role", "assistant");
    Json.count(Json.object(reply, "metrics", true), "latencyMs");
    var content = new ArrayList<ObjectNode>();
    Json.array(message, "content").forEach(block -> content.add(Json.object(block, "a block")));
    return hearing(
        content,
        Optional.of(stop(reply)),
        usage(Json.object(reply, "usage", false)),
        Optional.empty());
  }

  static StopReason stop(JsonNode in) {
    return switch (Json.string(in, "stopReason")) {
      case "end_turn" -> StopReason.END_OF_TURN;
      case "max_tokens" -> StopReason.MAX_OUTPUT;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "content_filtered", "guardrail_intervened" -> StopReason.CONTENT_FILTER;
      default -> throw new AssertionError("against the grammar: stopReason in " + in);
    };
  }

  static Hearing hearing(
      List<ObjectNode> content, Optional<StopReason> stop, Usage usage, Optional<Problem> problem) {
    var pieces = new Pieces();
    for (ObjectNode block : content) {
      demand(block.size() == 1, "a block is one of its kinds: " + block);
      if (block.has("text")) {
        pieces.add(new Piece.Text(Json.filled(block, "text")));
      } else if (block.has("toolUse")) {
        JsonNode call = block.path("toolUse");
        String id = Json.filled(call, "toolUseId");
        demand(id.matches("[a-zA-Z0-9_.:-]{1,64}"), "an id: " + id);
        pieces.call(id, Json.filled(call, "name"), Json.object(call, "input", true));
      } else {
        thought(Json.object(block, "reasoningContent", true), pieces);
      }
    }
    return new Hearing(pieces.list(), stop, usage, problem, list(content));
  }

  private static void thought(JsonNode thought, Pieces pieces) {
    demand(thought.size() == 1, "a reasoning block is one of its kinds: " + thought);
    if (thought.has("redactedContent")) {
      String data = Json.filled(thought, "redactedContent");
      Base64.getDecoder().decode(data);
      pieces.thought("", data);
    } else {
      JsonNode text = Json.object(thought, "reasoningText", true);
      pieces.thought(Json.string(text, "text"), text.path("signature").asString(""));
    }
  }

  /** All writes but those for an hour. */
  private static long five(JsonNode usage) {
    long left = Json.count(usage, "cacheWriteInputTokens");
    for (JsonNode detail : Json.array(usage, "cacheDetails")) {
      left -= Json.string(detail, "ttl").equals("1h") ? Json.count(detail, "inputTokens") : 0;
    }
    return left;
  }

  static Usage usage(JsonNode usage) {
    if (usage.isEmpty()) {
      return Usage.ABSENT;
    }
    var told = new TreeMap<TokenClass, Long>();
    told.put(TokenClass.INPUT, Json.count(usage, "inputTokens"));
    told.put(TokenClass.OUTPUT, Json.count(usage, "outputTokens"));
    Counted.put(told, TokenClass.CACHE_READ, usage, "cacheReadInputTokens");
    Counted.put(told, TokenClass.CACHE_WRITE_5M, usage, "cacheWriteInputTokens");
    for (JsonNode detail : Json.maybeArray(usage, "cacheDetails")) {
      long count = Json.count(detail, "inputTokens");
      told.put(TokenClass.CACHE_WRITE_5M, five(usage));
      if (Json.oneOf(detail, "ttl", "5m", "1h").equals("1h")) {
        if (count > 0) {
          told.put(TokenClass.CACHE_WRITE_1H, count);
        }
      } else {
        demand(five(usage) == count, "writes add up in " + usage);
      }
    }
    var all = new Usage(told);
    demand(
        Json.count(usage, "totalTokens") == all.totalInput() + all.totalOutput(),
        "total = sum in " + usage);
    return all;
  }

  @Override
  Hearing streamed(byte[] body) {
    var stream = new BedrockStream();
    EventStream.parse(body).forEach(stream::message);
    return stream.hearing();
  }

  @Override
  Problem problem(int status, byte[] body, HttpHeaders headers) {
    String type = headers.firstValue("x-amzn-errortype").orElse("").split(":", 2)[0];
    return new Problem(status, kind(type), Json.filled(Json.object(body), "message"));
  }

  static Problem.Kind kind(String type) {
    return switch (type) {
      case "ValidationException" -> Problem.Kind.INVALID;
      case "AccessDeniedException", "UnrecognizedClientException" -> Problem.Kind.AUTHENTICATION;
      case "ResourceNotFoundException" -> Problem.Kind.NOT_FOUND;
      case "ThrottlingException" -> Problem.Kind.RATE_LIMIT;
      case "ServiceUnavailableException" -> Problem.Kind.OVERLOADED;
      case "InternalServerException",
          "ModelErrorException",
          "internalServerException",
          "modelStreamErrorException" ->
          Problem.Kind.SERVER;
      default -> throw new AssertionError("against the grammar: error type " + type);
    };
  }

  /**
   * Reasoning is output: there is no word for it. Writes are counted in all and by duration, so
   * that who names those of an hour tells of the others; none of an hour and no word of it are the
   * same.
   */
  @Override
  Usage sayable(Usage usage) {
    Usage said = Counted.folded(usage, TokenClass.REASONING, TokenClass.OUTPUT);
    OptionalLong hour = said.reported(TokenClass.CACHE_WRITE_1H);
    if (hour.isEmpty()) {
      return said;
    }
    return hour.getAsLong() == 0
        ? Counted.folded(said, TokenClass.CACHE_WRITE_1H, TokenClass.CACHE_WRITE_5M)
        : Counted.atLeastZero(said, TokenClass.CACHE_WRITE_5M);
  }

  @Override
  boolean hasToolErrors() {
    return true;
  }

  @Override
  boolean hasNoChoice() {
    return false;
  }

  @Override
  boolean hasPictureAddresses() {
    return false;
  }

  @Override
  boolean usageNeeded() {
    return true;
  }
}
