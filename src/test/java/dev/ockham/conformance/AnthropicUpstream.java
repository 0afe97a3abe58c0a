package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;
import static dev.ockham.conformance.Json.list;
import static dev.ockham.conformance.Json.obj;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.testing.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's Messages, the provider. What it is asked is read by {@link AnthropicConversation}.
 */
final class AnthropicUpstream implements UpstreamSpeaker {
  @Override
  public Dialect dialect() {
    return Dialect.ANTHROPIC_MESSAGES;
  }

  @Override
  public String basePath() {
    return "";
  }

  @Override
  public boolean bindsThoughtsToText() {
    return true;
  }

  @Override
  public boolean hasToolErrors() {
    return true;
  }

  @Override
  public Asked read(Received request) {
    demand(request.path().equals("/v1/messages"), "the path: " + request.path());
    String version = request.header("anthropic-version").orElse("");
    demand(List.of("2023-06-01", "2026-10-21").contains(version), "a version: " + version);
    demand(
        request.header("x-api-key").isPresent() || request.header("authorization").isPresent(),
        "a key");
    ObjectNode body = Json.object(request.body());
    // newer models refuse sampling in either version, so it is not among these
    Json.only(
        body,
        "model",
        "messages",
        "max_tokens",
        "system",
        "stream",
        "tools",
        "tool_choice",
        "stop_sequences",
        "thinking",
        "output_config",
        "metadata",
        "service_tier",
        "cache_control");
    demand(Json.count(body, "max_tokens") > 0, "max_tokens is above zero");
    var conversation = new AnthropicConversation();
    Json.array(body, "messages").forEach(conversation::message);
    conversation.end();
    return new Asked(
        Json.filled(body, "model"),
        body.path("stream").asBoolean(false),
        system(body.path("system")),
        conversation.turns(),
        tools(body),
        choice(body),
        schema(body),
        effort(body),
        OptionalLong.of(Json.count(body, "max_tokens")));
  }

  private static String system(JsonNode system) {
    if (system.isMissingNode() || system.isString()) {
      return system.asString("");
    }
    demand(system.isArray(), "system is text or blocks: " + system);
    var texts = new ArrayList<String>();
    for (JsonNode block : system) {
      Json.only(block, "type", "text", "cache_control", "citations");
      Json.is(block, "type", "text");
      texts.add(Json.filled(block, "text"));
    }
    return String.join("\n", texts);
  }

  private static List<Ask.Offer> tools(JsonNode body) {
    var offers = new ArrayList<Ask.Offer>();
    for (JsonNode tool : Json.maybeArray(body, "tools")) {
      Json.only(tool, "name", "description", "input_schema", "strict", "cache_control", "type");
      String name = Json.filled(tool, "name");
      demand(name.matches("[a-zA-Z0-9_-]{1,128}"), "a tool's name: " + name);
      Json.is(tool.path("input_schema"), "type", "object");
      offers.add(
          new Ask.Offer(
              name,
              tool.path("description").asString(""),
              Json.object(tool, "input_schema", true)));
    }
    return offers;
  }

  private static Ask.Choice choice(JsonNode body) {
    JsonNode choice = body.path("tool_choice");
    if (choice.isMissingNode()) {
      return Ask.Choice.AUTO;
    }
    demand(body.has("tools"), "tool_choice only with tools");
    Json.only(choice, "type", "name", "disable_parallel_tool_use");
    return switch (Json.oneOf(choice, "type", "auto", "any", "tool", "none")) {
      case "any" -> Ask.Choice.REQUIRED;
      case "none" -> Ask.Choice.NONE;
      case "tool" -> {
        demand(Json.filled(choice, "name").equals(tools(body).getFirst().name()), "the first");
        yield Ask.Choice.FIRST;
      }
      default -> Ask.Choice.AUTO;
    };
  }

  private static Optional<JsonNode> schema(JsonNode body) {
    JsonNode config = Json.object(body, "output_config", false);
    Json.only(config, "format", "effort");
    if (!config.has("format")) {
      return Optional.empty();
    }
    Json.only(config.path("format"), "type", "schema");
    Json.is(config.path("format"), "type", "json_schema");
    return Optional.of(Json.object(config.path("format"), "schema", true));
  }

  private static Optional<String> effort(JsonNode body) {
    JsonNode thinking = Json.object(body, "thinking", false);
    if (!thinking.isEmpty()) {
      Json.only(thinking, "type", "budget_tokens", "display");
      String type =
          Json.oneOf(thinking, "type", "enabled", "adaptive", "between_tools", "disabled");
      demand(type.equals("enabled") == thinking.has("budget_tokens"), "a budget where enabled");
    }
    JsonNode config = Json.object(body, "output_config", false);
    return config.has("effort")
        ? Optional.of(Json.oneOf(config, "effort", "low", "medium", "high", "xhigh", "max"))
        : Optional.empty();
  }

  @Override
  public byte[] whole(Answer.Spoken answer, String model) {
    return Sse.bytes(
        message(model, answer.pieces(), word(answer.stop()), usage(answer.usage())).toString());
  }

  private static ObjectNode message(
      String model, List<Piece> pieces, Object stop, Optional<ObjectNode> usage) {
    return obj(
        "id",
        "msg_up1",
        "type",
        "message",
        "role",
        "assistant",
        "model",
        model,
        "content",
        list(pieces.stream().map(AnthropicUpstream::block).toList()),
        "stop_reason",
        stop instanceof JsonNode ? null : stop,
        "stop_sequence",
        null,
        "usage",
        usage);
  }

  private static ObjectNode block(Piece piece) {
    return switch (piece) {
      case Piece.Text(String text) -> obj("type", "text", "text", text);
      case Piece.Thought(String text, String state) when text.isEmpty() ->
          obj("type", "redacted_thinking", "data", state);
      case Piece.Thought(String text, String state) ->
          obj("type", "thinking", "thinking", text, "signature", state);
      case Piece.Call(String id, String name, JsonNode arguments) ->
          obj("type", "tool_use", "id", id, "name", name, "input", arguments);
      default -> throw new IllegalArgumentException("no words for " + piece);
    };
  }

  @Override
  public List<byte[]> stream(Answer.Spoken answer, String model, boolean usageWanted) {
    var events = new ArrayList<byte[]>();
    Optional<ObjectNode> usage = usage(answer.usage());
    Optional<ObjectNode> first = usage.map(ObjectNode::deepCopy);
    first.ifPresent(begun -> {
      begun.put("output_tokens", 1);
      begun.remove("output_tokens_details");
    });
    events.add(event("message_start", "message", message(model, List.of(), obj(), first)));
    events.add(Sse.event("ping", obj("type", "ping")));
    for (int i = 0; i < answer.pieces().size(); i++) {
      block(i, answer.pieces().get(i), events);
    }
    if (answer.breaksOff().isPresent()) {
      events.add(Sse.event("error", Json.object(problem(answer.breaksOff().get()))));
      return events;
    }
    events.add(
        Sse.event(
            "message_delta",
            obj(
                "type",
                "message_delta",
                "delta",
                obj("stop_reason", word(answer.stop()), "stop_sequence", null),
                "usage",
                usage)));
    events.add(Sse.event("message_stop", obj("type", "message_stop")));
    return events;
  }

  private static void block(int index, Piece piece, List<byte[]> events) {
    ObjectNode start = block(piece);
    var deltas = new ArrayList<ObjectNode>();
    switch (piece) {
      case Piece.Text(String text) -> {
        start.put("text", "");
        Fragments.of(text).forEach(part -> deltas.add(obj("type", "text_delta", "text", part)));
      }
      case Piece.Thought(String text, String state) when !text.isEmpty() -> {
        start.put("thinking", "").put("signature", "");
        Fragments.of(text)
            .forEach(part -> deltas.add(obj("type", "thinking_delta", "thinking", part)));
        deltas.add(obj("type", "signature_delta", "signature", state));
      }
      case Piece.Call call -> {
        start.set("input", obj());
        deltas.add(obj("type", "input_json_delta", "partial_json", ""));
        if (!call.arguments().isEmpty()) {
          Fragments.of(call.arguments().toString())
              .forEach(part -> deltas.add(obj("type", "input_json_delta", "partial_json", part)));
        }
      }
      default -> {}
    }
    events.add(event("content_block_start", index, "content_block", start));
    deltas.forEach(delta -> events.add(event("content_block_delta", index, "delta", delta)));
    events.add(Sse.event("content_block_stop", obj("type", "content_block_stop", "index", index)));
  }

  private static byte[] event(String type, String name, ObjectNode value) {
    return Sse.event(type, obj("type", type, name, value));
  }

  private static byte[] event(String type, int index, String name, ObjectNode value) {
    return Sse.event(type, obj("type", type, "index", index, name, value));
  }

  private static String word(StopReason stop) {
    return switch (stop) {
      case MAX_OUTPUT -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER -> "refusal";
      case STOP_SEQUENCE -> "stop_sequence";
      case END_OF_TURN, OTHER -> "end_turn";
    };
  }

  private static Optional<ObjectNode> usage(Usage usage) {
    if (usage.isAbsent()) {
      return Optional.empty();
    }
    ObjectNode said =
        obj("input_tokens", usage.count(TokenClass.INPUT), "output_tokens", usage.totalOutput());
    usage.reported(TokenClass.CACHE_READ).ifPresent(n -> said.put("cache_read_input_tokens", n));
    long five = usage.count(TokenClass.CACHE_WRITE_5M);
    long hour = usage.count(TokenClass.CACHE_WRITE_1H);
    if (usage.reported(TokenClass.CACHE_WRITE_5M).isPresent()) {
      said.put("cache_creation_input_tokens", five + hour);
      said.set(
          "cache_creation",
          obj("ephemeral_5m_input_tokens", five, "ephemeral_1h_input_tokens", hour));
    }
    usage
        .reported(TokenClass.REASONING)
        .ifPresent(n -> said.set("output_tokens_details", obj("thinking_tokens", n)));
    return Optional.of(said);
  }

  @Override
  public byte[] problem(Problem problem) {
    String type =
        switch (problem.kind()) {
          case INVALID -> "invalid_request_error";
          case AUTHENTICATION -> "authentication_error";
          case NOT_FOUND -> "not_found_error";
          case RATE_LIMIT -> "rate_limit_error";
          case OVERLOADED -> "overloaded_error";
          case SERVER -> "api_error";
        };
    return Sse.bytes(
        obj(
                "type",
                "error",
                "error",
                obj("type", type, "message", problem.text()),
                "request_id",
                "req_up1")
            .toString());
  }

  /** Writes are reported for both durations. */
  @Override
  public Usage sayable(Usage usage) {
    boolean writes =
        usage.reported(TokenClass.CACHE_WRITE_5M).isPresent()
            || usage.reported(TokenClass.CACHE_WRITE_1H).isPresent();
    return writes
        ? Counted.atLeastZero(usage, TokenClass.CACHE_WRITE_5M, TokenClass.CACHE_WRITE_1H)
        : usage;
  }
}
