package dev.ockham.conformance;

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

/** A client of OpenAI Chat Completions. */
final class ChatClient extends ClientSpeaker {
  @Override
  Dialect dialect() {
    return Dialect.OPENAI_CHAT;
  }

  @Override
  Map.Entry<String, String> credential(String key) {
    return Map.entry("authorization", "Bearer " + key);
  }

  @Override
  Said say(Ask ask) {
    var messages = new ArrayList<JsonNode>();
    if (!ask.system().isEmpty()) {
      messages.add(obj("role", "system", "content", ask.system()));
    }
    ask.turns().forEach(turn -> say(turn, messages));
    ObjectNode body =
        obj("model", ask.model(), "messages", list(messages), "max_completion_tokens", Ask.CAP);
    if (ask.stream()) {
      body.setAll(obj("stream", true, "stream_options", obj("include_usage", true)));
    }
    if (!ask.tools().isEmpty()) {
      body.setAll(obj("tools", tools(ask), "tool_choice", choice(ask)));
    }
    ask.schema()
        .ifPresent(schema ->
            body.setAll(
                obj(
                    "response_format",
                    obj(
                        "type",
                        "json_schema",
                        "json_schema",
                        obj("name", Ask.SCHEMA_NAME, "strict", true, "schema", schema)))));
    ask.effort().ifPresent(effort -> body.put("reasoning_effort", effort));
    return new Said("/v1/chat/completions", Map.of(), body);
  }

  private static void say(Turn turn, List<JsonNode> messages) {
    switch (turn) {
      case Turn.User(var pieces) -> messages.add(obj("role", "user", "content", content(pieces)));
      case Turn.Said(String text) -> messages.add(obj("role", "assistant", "content", text));
      case Turn.Heard(Hearing hearing) -> messages.add(hearing.replay());
      case Turn.Results(var results) ->
          results.forEach(r ->
              messages.add(obj("role", "tool", "tool_call_id", r.callId(), "content", r.text())));
    }
  }

  private static JsonNode content(List<Piece> pieces) {
    return list(
        pieces.stream()
            .map(piece ->
                switch (piece) {
                  case Piece.Text(String text) -> obj("type", "text", "text", text);
                  case Piece.Picture(String type, String data) ->
                      picture("data:" + type + ";base64," + data);
                  case Piece.PictureAt(String url) -> picture(url);
                  default -> throw new IllegalArgumentException("not a user's: " + piece);
                })
            .toList());
  }

  private static ObjectNode picture(String url) {
    return obj("type", "image_url", "image_url", obj("url", url));
  }

  private static JsonNode tools(Ask ask) {
    return list(
        ask.tools().stream()
            .map(tool ->
                obj(
                    "type",
                    "function",
                    "function",
                    obj(
                        "name",
                        tool.name(),
                        "description",
                        tool.description(),
                        "parameters",
                        tool.schema())))
            .toList());
  }

  private static Object choice(Ask ask) {
    return switch (ask.choice()) {
      case AUTO -> "auto";
      case NONE -> "none";
      case REQUIRED -> "required";
      case FIRST -> obj("type", "function", "function", obj("name", ask.tools().getFirst().name()));
    };
  }

  @Override
  Hearing whole(byte[] body) {
    ObjectNode reply = Json.object(body);
    Json.is(reply, "object", "chat.completion");
    Json.filled(reply, "id");
    Json.filled(reply, "model");
    Json.count(reply, "created");
    JsonNode choices = Json.array(reply, "choices");
    demand(choices.size() == 1, "one choice");
    JsonNode choice = choices.get(0);
    demand(Json.count(choice, "index") == 0, "the first choice");
    Json.has(choice, "logprobs");
    ObjectNode message = Json.object(choice, "message", true);
    Json.has(message, "content", "refusal");
    Json.is(message, "role", "assistant");
    var pieces = new Pieces();
    thought(message, pieces);
    if (!message.path("content").isNull()) {
      pieces.text(Json.string(message, "content"));
    }
    for (JsonNode call : Json.maybeArray(message, "tool_calls")) {
      Json.is(call, "type", "function");
      pieces.call(
          Json.filled(call, "id"),
          Json.filled(call.path("function"), "name"),
          Json.object(Json.parse(Json.string(call.path("function"), "arguments")), "arguments"));
    }
    String finish = Json.string(choice, "finish_reason");
    return new Hearing(
        pieces.list(),
        Optional.of(stop(finish)),
        usage(reply),
        Optional.empty(),
        replay(pieces.list()));
  }

  /** Not in OpenAI's specification, but some compatible servers have it. */
  private static void thought(JsonNode message, Pieces pieces) {
    if (message.path("reasoning_content").isString()) {
      pieces.thoughtText(message.path("reasoning_content").asString());
    }
  }

  private static StopReason stop(String word) {
    return switch (word) {
      case "stop" -> StopReason.END_OF_TURN;
      case "length" -> StopReason.MAX_OUTPUT;
      case "tool_calls" -> StopReason.TOOL_CALLS;
      case "content_filter" -> StopReason.CONTENT_FILTER;
      default -> throw new AssertionError("against the grammar: finish_reason " + word);
    };
  }

  /** The assistant's message as clients keep it: without fields that requests do not have. */
  private static JsonNode replay(List<Piece> pieces) {
    var heard = new Hearing(pieces, Optional.empty(), Usage.ABSENT, Optional.empty(), obj());
    ObjectNode message = obj("role", "assistant");
    if (heard.text().isEmpty()) {
      message.putNull("content");
    } else {
      message.put("content", heard.text());
    }
    if (!heard.calls().isEmpty()) {
      message.set(
          "tool_calls",
          list(
              heard.calls().stream()
                  .map(call ->
                      obj(
                          "id",
                          call.id(),
                          "type",
                          "function",
                          "function",
                          obj("name", call.name(), "arguments", call.arguments().toString())))
                  .toList()));
    }
    return message;
  }

  private static Usage usage(JsonNode reply) {
    if (Json.absent(reply.path("usage"))) {
      return Usage.ABSENT;
    }
    ObjectNode usage = Json.object(reply, "usage", true);
    long prompt = Json.count(usage, "prompt_tokens");
    long completion = Json.count(usage, "completion_tokens");
    demand(Json.count(usage, "total_tokens") == prompt + completion, "total = sum in " + usage);
    var told = new TreeMap<TokenClass, Long>();
    JsonNode in = Json.object(usage, "prompt_tokens_details", false);
    JsonNode out = Json.object(usage, "completion_tokens_details", false);
    Counted.put(told, TokenClass.CACHE_READ, in, "cached_tokens");
    Counted.put(told, TokenClass.CACHE_WRITE_5M, in, "cache_write_tokens");
    Counted.put(told, TokenClass.REASONING, out, "reasoning_tokens");
    return Counted.withRest(told, prompt, completion);
  }

  @Override
  Hearing streamed(byte[] body) {
    List<Sse.Event> events = Sse.parse(body);
    var stream = new Stream();
    for (int i = 0; i < events.size(); i++) {
      Sse.Event event = events.get(i);
      demand(event.name().isEmpty(), "events have no names: " + event.name());
      if (event.data().equals("[DONE]")) {
        demand(i == events.size() - 1, "nothing after [DONE]");
        stream.done = true;
      } else {
        stream.chunk(event.json());
      }
    }
    return stream.hearing();
  }

  /** A stream as it is put together. */
  private static final class Stream {
    private final Pieces said = new Pieces();
    private final List<ObjectNode> calls = new ArrayList<>();
    private String id = "";
    private boolean begun;
    private boolean done;
    private Optional<StopReason> stop = Optional.empty();
    private Usage usage = Usage.ABSENT;
    private Optional<Problem> problem = Optional.empty();

    void chunk(JsonNode chunk) {
      demand(problem.isEmpty(), "nothing after an error");
      if (chunk.has("error")) {
        problem = Optional.of(error(0, chunk));
        return;
      }
      Json.is(chunk, "object", "chat.completion.chunk");
      Json.count(chunk, "created");
      Json.filled(chunk, "model");
      demand(id.isEmpty() || id.equals(Json.filled(chunk, "id")), "one id in all chunks");
      id = Json.filled(chunk, "id");
      if (!Json.absent(chunk.path("usage"))) {
        demand(usage.isAbsent() && stop.isPresent(), "usage comes once, after the finish");
        usage = usage(chunk);
      }
      JsonNode choices = Json.array(chunk, "choices");
      if (choices.isEmpty()) {
        return;
      }
      demand(choices.size() == 1 && Json.count(choices.get(0), "index") == 0, "one choice");
      demand(stop.isEmpty(), "no choice after the finish");
      Json.has(choices.get(0), "finish_reason");
      delta(Json.object(choices.get(0), "delta", true));
      if (!choices.get(0).path("finish_reason").isNull()) {
        stop = Optional.of(stop(Json.string(choices.get(0), "finish_reason")));
      }
    }

    private void delta(ObjectNode delta) {
      if (!begun) {
        Json.is(delta, "role", "assistant");
        begun = true;
      }
      thought(delta, said);
      if (!Json.absent(delta.path("content"))) {
        said.text(Json.string(delta, "content"));
      }
      for (JsonNode call : Json.maybeArray(delta, "tool_calls")) {
        call(call);
      }
    }

    private void call(JsonNode call) {
      int index = (int) Json.count(call, "index");
      demand(index <= calls.size(), "calls are numbered without holes");
      JsonNode function = call.path("function");
      if (index == calls.size()) {
        Json.is(call, "type", "function");
        calls.add(
            obj(
                "id",
                Json.filled(call, "id"),
                "name",
                Json.filled(function, "name"),
                "arguments",
                ""));
      } else {
        demand(!call.has("id") && !function.has("name"), "id and name come once");
      }
      if (function.has("arguments")) {
        ObjectNode known = calls.get(index);
        known.put(
            "arguments", known.path("arguments").asString() + Json.string(function, "arguments"));
      }
    }

    Hearing hearing() {
      demand(done != problem.isPresent(), "a stream ends with [DONE] or an error");
      demand(stop.isPresent() || problem.isPresent(), "a finish before [DONE]");
      if (problem.isEmpty()) {
        for (ObjectNode call : calls) {
          said.call(
              Json.string(call, "id"),
              Json.string(call, "name"),
              Json.object(Json.parse(Json.string(call, "arguments")), "arguments"));
        }
      }
      return new Hearing(said.list(), stop, usage, problem, replay(said.list()));
    }
  }

  @Override
  Problem problem(int status, byte[] body, HttpHeaders headers) {
    return error(status, Json.object(body));
  }

  /** Responses words its errors the same way. */
  static Problem error(int status, JsonNode body) {
    Json.only(body, "error");
    ObjectNode error = Json.object(body, "error", true);
    Json.has(error, "message", "type", "param", "code");
    String text = Json.filled(error, "message");
    String type = Json.filled(error, "type");
    return new Problem(status, kind(status, type, error.path("code").asString("")), text);
  }

  static Problem.Kind kind(int status, String type, String code) {
    return switch (type) {
      case "invalid_request_error" ->
          status == 401 || code.equals("invalid_api_key")
              ? Problem.Kind.AUTHENTICATION
              : status == 404 ? Problem.Kind.NOT_FOUND : Problem.Kind.INVALID;
      case "rate_limit_error", "requests", "tokens" -> Problem.Kind.RATE_LIMIT;
      case "server_error", "overloaded_error" ->
          status == 503 || status == 529 || code.equals("overloaded")
              ? Problem.Kind.OVERLOADED
              : Problem.Kind.SERVER;
      default -> throw new AssertionError("against the grammar: error type " + type);
    };
  }

  /** Writes of any duration are one count; everything else has a word. */
  @Override
  Usage sayable(Usage usage) {
    return Counted.writesAsOne(usage);
  }

  @Override
  boolean hearsThoughts() {
    return false;
  }

  @Override
  boolean hasPicturesInResults() {
    return false;
  }

  @Override
  boolean usageNeeded() {
    return false;
  }
}
