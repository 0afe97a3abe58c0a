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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of Anthropic's Messages. */
final class AnthropicClient extends ClientSpeaker {
  @Override
  Dialect dialect() {
    return Dialect.ANTHROPIC_MESSAGES;
  }

  @Override
  Map.Entry<String, String> credential(String key) {
    return Map.entry("x-api-key", key);
  }

  @Override
  Said say(Ask ask) {
    var messages = new ArrayList<JsonNode>();
    ask.turns().forEach(turn -> messages.add(say(turn)));
    ObjectNode body = obj("model", ask.model(), "max_tokens", Ask.CAP, "messages", list(messages));
    if (!ask.system().isEmpty()) {
      body.set("system", arr(obj("type", "text", "text", ask.system())));
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
                          "name",
                          tool.name(),
                          "description",
                          tool.description(),
                          "input_schema",
                          tool.schema()))
                  .toList()));
      body.set("tool_choice", choice(ask));
    }
    ObjectNode output = obj();
    ask.schema()
        .ifPresent(schema -> output.set("format", obj("type", "json_schema", "schema", schema)));
    ask.effort()
        .ifPresent(effort -> {
          output.put("effort", effort);
          body.set("thinking", obj("type", "adaptive"));
        });
    if (!output.isEmpty()) {
      body.set("output_config", output);
    }
    return new Said("/v1/messages", Map.of("anthropic-version", version(ask)), body);
  }

  /** Both versions are in use: every other kind of request is said in the newer one. */
  private static String version(Ask ask) {
    return ask.stream() ? "2026-10-21" : "2023-06-01";
  }

  private static JsonNode say(Turn turn) {
    return switch (turn) {
      case Turn.User(var pieces) ->
          obj("role", "user", "content", list(pieces.stream().map(AnthropicClient::say).toList()));
      case Turn.Said(String text) -> obj("role", "assistant", "content", text);
      case Turn.Heard(Hearing hearing) -> obj("role", "assistant", "content", hearing.replay());
      case Turn.Results(var results) ->
          obj("role", "user", "content", list(results.stream().map(AnthropicClient::say).toList()));
    };
  }

  private static JsonNode say(Piece piece) {
    return switch (piece) {
      case Piece.Text(String text) -> obj("type", "text", "text", text);
      case Piece.Picture(String type, String data) ->
          obj("type", "image", "source", obj("type", "base64", "media_type", type, "data", data));
      case Piece.PictureAt(String url) ->
          obj("type", "image", "source", obj("type", "url", "url", url));
      case Piece.Result result -> {
        var content = new ArrayList<JsonNode>();
        content.add(say(new Piece.Text(result.text())));
        result.pictures().forEach(picture -> content.add(say(picture)));
        ObjectNode block =
            obj("type", "tool_result", "tool_use_id", result.callId(), "content", list(content));
        if (result.error()) {
          block.put("is_error", true);
        }
        yield block;
      }
      default -> throw new IllegalArgumentException("not a user's: " + piece);
    };
  }

  private static JsonNode choice(Ask ask) {
    return switch (ask.choice()) {
      case AUTO -> obj("type", "auto");
      case NONE -> obj("type", "none");
      case REQUIRED -> obj("type", "any");
      case FIRST -> obj("type", "tool", "name", ask.tools().getFirst().name());
    };
  }

  @Override
  Hearing whole(byte[] body) {
    ObjectNode message = Json.object(body);
    message(message);
    var content = new ArrayList<ObjectNode>();
    Json.array(message, "content").forEach(block -> content.add(Json.object(block, "a block")));
    StopReason stop = stop(message);
    return hearing(
        content, Optional.of(stop), usage(Json.object(message, "usage", false)), Optional.empty());
  }

  private static void message(JsonNode message) {
    Json.is(message, "type", "message");
    Json.is(message, "role", "assistant");
    demand(Json.filled(message, "id").startsWith("msg_"), "ids begin with msg_");
    Json.filled(message, "model");
    Json.has(message, "stop_reason", "stop_sequence");
  }

  private static StopReason stop(JsonNode in) {
    Json.has(in, "stop_sequence");
    return switch (Json.string(in, "stop_reason")) {
      case "end_turn" -> StopReason.END_OF_TURN;
      case "max_tokens" -> StopReason.MAX_OUTPUT;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "refusal" -> StopReason.CONTENT_FILTER;
      default -> throw new AssertionError("against the grammar: stop_reason in " + in);
    };
  }

  private static Hearing hearing(
      List<ObjectNode> content, Optional<StopReason> stop, Usage usage, Optional<Problem> problem) {
    var pieces = new Pieces();
    for (ObjectNode block : content) {
      switch (Json.string(block, "type")) {
        case "text" -> pieces.add(new Piece.Text(Json.filled(block, "text")));
        case "thinking" ->
            pieces.thought(Json.string(block, "thinking"), Json.string(block, "signature"));
        case "redacted_thinking" -> pieces.thought("", Json.filled(block, "data"));
        case "tool_use" -> {
          String id = Json.filled(block, "id");
          demand(id.matches("[a-zA-Z0-9_-]+"), "an id: " + id);
          pieces.call(id, Json.filled(block, "name"), Json.object(block, "input", true));
        }
        default -> throw new AssertionError("against the grammar: a block " + block);
      }
    }
    return new Hearing(pieces.list(), stop, usage, problem, list(content));
  }

  private static Usage usage(JsonNode usage) {
    if (usage.isEmpty()) {
      return Usage.ABSENT;
    }
    var told = new TreeMap<TokenClass, Long>();
    told.put(TokenClass.INPUT, Json.count(usage, "input_tokens"));
    Counted.put(told, TokenClass.CACHE_READ, usage, "cache_read_input_tokens");
    JsonNode writes = Json.object(usage, "cache_creation", false);
    if (writes.isEmpty()) {
      Counted.put(told, TokenClass.CACHE_WRITE_5M, usage, "cache_creation_input_tokens");
    } else {
      long five = Json.count(writes, "ephemeral_5m_input_tokens");
      long hour = Json.count(writes, "ephemeral_1h_input_tokens");
      demand(Json.count(usage, "cache_creation_input_tokens") == five + hour, "writes add up");
      told.put(TokenClass.CACHE_WRITE_5M, five);
      told.put(TokenClass.CACHE_WRITE_1H, hour);
    }
    JsonNode out = Json.object(usage, "output_tokens_details", false);
    Counted.put(told, TokenClass.REASONING, out, "thinking_tokens");
    told.put(
        TokenClass.OUTPUT,
        Json.count(usage, "output_tokens") - told.getOrDefault(TokenClass.REASONING, 0L));
    return new Usage(told);
  }

  @Override
  Hearing streamed(byte[] body) {
    var stream = new Stream();
    for (Sse.Event event : Sse.parse(body)) {
      JsonNode data = event.json();
      demand(event.name().equals(Json.string(data, "type")), "the event has its type's name");
      stream.event(event.name(), data);
    }
    return stream.hearing();
  }

  /** A stream as it is put together: one block is open at a time. */
  private static final class Stream {
    private final List<ObjectNode> content = new ArrayList<>();
    private final StringBuilder json = new StringBuilder();
    private boolean begun;
    private boolean open;
    private boolean over;
    private Optional<StopReason> stop = Optional.empty();
    private final ObjectNode usage = obj();
    private Optional<Problem> problem = Optional.empty();

    void event(String name, JsonNode data) {
      demand(!over && problem.isEmpty(), "nothing after the end: " + name);
      demand(begun || List.of("message_start", "ping", "error").contains(name), "begins: " + name);
      switch (name) {
        case "ping" -> {}
        case "message_start" -> {
          demand(!begun, "message_start comes once");
          begun = true;
          message(data.path("message"));
          demand(Json.array(data.path("message"), "content").isEmpty(), "content is empty yet");
          usage.setAll(Json.object(data.path("message"), "usage", false));
        }
        case "content_block_start" -> start(data);
        case "content_block_delta" -> delta(data);
        case "content_block_stop" -> stop(data);
        case "message_delta" -> {
          demand(!open && stop.isEmpty(), "blocks are closed before message_delta");
          stop = Optional.of(AnthropicClient.stop(Json.object(data, "delta", true)));
          usage.setAll(Json.object(data, "usage", false));
        }
        case "message_stop" -> {
          demand(stop.isPresent(), "message_delta before message_stop");
          over = true;
        }
        case "error" -> problem = Optional.of(error(0, data));
        default -> throw new AssertionError("against the grammar: event " + name);
      }
    }

    private void start(JsonNode data) {
      demand(!open && stop.isEmpty(), "one block at a time");
      demand(Json.count(data, "index") == content.size(), "blocks are numbered in order: " + data);
      ObjectNode block = Json.object(data, "content_block", true).deepCopy();
      switch (Json.oneOf(block, "type", "text", "thinking", "redacted_thinking", "tool_use")) {
        case "text" -> demand(Json.string(block, "text").isEmpty(), "text begins empty");
        case "thinking" -> demand(Json.string(block, "thinking").isEmpty(), "begins empty");
        case "tool_use" -> demand(Json.object(block, "input", true).isEmpty(), "begins empty");
        default -> Json.filled(block, "data");
      }
      content.add(block);
      json.setLength(0);
      open = true;
    }

    private void delta(JsonNode data) {
      demand(open && Json.count(data, "index") == content.size() - 1, "deltas of the open block");
      ObjectNode block = content.getLast();
      JsonNode delta = Json.object(data, "delta", true);
      String type = Json.string(delta, "type");
      switch (Json.string(block, "type") + " " + type) {
        case "text text_delta" -> append(block, "text", Json.string(delta, "text"));
        case "thinking thinking_delta" -> {
          demand(block.path("signature").asString("").isEmpty(), "the signature comes last");
          append(block, "thinking", Json.string(delta, "thinking"));
        }
        case "thinking signature_delta" -> block.put("signature", Json.filled(delta, "signature"));
        case "tool_use input_json_delta" -> json.append(Json.string(delta, "partial_json"));
        default -> throw new AssertionError("against the grammar: " + delta + " in " + block);
      }
    }

    private static void append(ObjectNode block, String name, String more) {
      block.put(name, Json.string(block, name) + more);
    }

    private void stop(JsonNode data) {
      demand(open && Json.count(data, "index") == content.size() - 1, "stops the open block");
      ObjectNode block = content.getLast();
      if (Json.string(block, "type").equals("tool_use") && !json.isEmpty()) {
        block.set("input", Json.object(Json.parse(json.toString()), "input"));
      }
      open = false;
    }

    /** Without a block that broke off, unless it can be read as far as it came. */
    private List<ObjectNode> whole() {
      boolean readable = !open || !content.getLast().path("text").asString("").isEmpty();
      return readable ? content : content.subList(0, content.size() - 1);
    }

    Hearing hearing() {
      demand(over != problem.isPresent(), "a stream ends with message_stop or an error");
      return AnthropicClient.hearing(
          whole(), stop, begun && over ? usage(usage) : Usage.ABSENT, problem);
    }
  }

  @Override
  Problem problem(int status, byte[] body, HttpHeaders headers) {
    return error(status, Json.object(body));
  }

  private static Problem error(int status, JsonNode body) {
    Json.is(body, "type", "error");
    Json.only(body, "type", "error", "request_id");
    ObjectNode error = Json.object(body, "error", true);
    Problem.Kind kind =
        switch (Json.string(error, "type")) {
          case "invalid_request_error", "request_too_large" -> Problem.Kind.INVALID;
          case "authentication_error" -> Problem.Kind.AUTHENTICATION;
          case "not_found_error" -> Problem.Kind.NOT_FOUND;
          case "rate_limit_error" -> Problem.Kind.RATE_LIMIT;
          case "overloaded_error" -> Problem.Kind.OVERLOADED;
          case "api_error" -> Problem.Kind.SERVER;
          default -> throw new AssertionError("against the grammar: error type in " + error);
        };
    return new Problem(status, kind, Json.filled(error, "message"));
  }

  /** Every class has a word; writes for an hour are told beside those for five minutes. */
  @Override
  Usage sayable(Usage usage) {
    return usage.reported(TokenClass.CACHE_WRITE_1H).isPresent()
        ? Counted.atLeastZero(usage, TokenClass.CACHE_WRITE_5M)
        : usage;
  }

  @Override
  boolean hasToolErrors() {
    return true;
  }

  @Override
  boolean usageNeeded() {
    return true;
  }
}
