package dev.ockham.conformance;

import static dev.ockham.conformance.Json.arr;
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

/** OpenAI's Chat Completions, the provider. {@link ChatMessages} reads what it is asked. */
final class ChatUpstream implements UpstreamSpeaker {
  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_CHAT;
  }

  @Override
  public String basePath() {
    return "/v1";
  }

  @Override
  public boolean thinks() {
    return false;
  }

  @Override
  public Asked read(Received request) {
    demand(request.path().equals("/v1/chat/completions"), "the path: " + request.path());
    demand(request.header("authorization").orElse("").startsWith("Bearer "), "a bearer");
    ObjectNode body = Json.object(request.body());
    Json.only(
        body,
        "model",
        "messages",
        "max_tokens",
        "max_completion_tokens",
        "stream",
        "stream_options",
        "tools",
        "tool_choice",
        "parallel_tool_calls",
        "response_format",
        "temperature",
        "top_p",
        "stop",
        "seed",
        "n",
        "reasoning_effort",
        "verbosity",
        "user",
        "metadata",
        "store",
        "service_tier",
        "prompt_cache_key",
        "safety_identifier",
        "logprobs",
        "top_logprobs",
        "frequency_penalty",
        "presence_penalty");
    boolean stream = body.path("stream").asBoolean(false);
    demand(stream || !body.has("stream_options"), "stream_options only with a stream");
    demand(!body.has("max_tokens") || !body.has("max_completion_tokens"), "one cap");
    var conversation = new ChatMessages();
    Json.array(body, "messages").forEach(conversation::message);
    conversation.end();
    String cap = body.has("max_tokens") ? "max_tokens" : "max_completion_tokens";
    return new Asked(
        Json.filled(body, "model"),
        stream,
        String.join("\n", conversation.system()),
        conversation.turns(),
        tools(body),
        choice(body),
        schema(body),
        body.has("reasoning_effort")
            ? Optional.of(
                Json.oneOf(
                    body,
                    "reasoning_effort",
                    "none",
                    "minimal",
                    "low",
                    "medium",
                    "high",
                    "xhigh",
                    "max"))
            : Optional.empty(),
        body.has(cap) ? OptionalLong.of(Json.count(body, cap)) : OptionalLong.empty());
  }

  private static List<Ask.Offer> tools(JsonNode body) {
    var offers = new ArrayList<Ask.Offer>();
    for (JsonNode tool : Json.maybeArray(body, "tools")) {
      Json.only(tool, "type", "function");
      Json.is(tool, "type", "function");
      ObjectNode function = Json.object(tool, "function", true);
      Json.only(function, "name", "description", "parameters", "strict");
      offers.add(
          new Ask.Offer(
              ChatMessages.name(function),
              function.path("description").asString(""),
              Json.object(function, "parameters", true)));
    }
    return offers;
  }

  private static Ask.Choice choice(JsonNode body) {
    JsonNode choice = body.path("tool_choice");
    if (choice.isObject()) {
      Json.is(choice, "type", "function");
      demand(
          Json.filled(choice.path("function"), "name").equals(tools(body).getFirst().name()),
          "the first tool is chosen");
      return Ask.Choice.FIRST;
    }
    demand(choice.isMissingNode() || body.has("tools"), "tool_choice only with tools");
    return choice.isMissingNode()
        ? Ask.Choice.AUTO
        : switch (Json.oneOf(body, "tool_choice", "auto", "none", "required")) {
          case "none" -> Ask.Choice.NONE;
          case "required" -> Ask.Choice.REQUIRED;
          default -> Ask.Choice.AUTO;
        };
  }

  private static Optional<JsonNode> schema(JsonNode body) {
    if (!body.has("response_format")) {
      return Optional.empty();
    }
    Json.is(body.path("response_format"), "type", "json_schema");
    JsonNode format = body.path("response_format").path("json_schema");
    Json.only(format, "name", "description", "schema", "strict");
    Json.filled(format, "name");
    return Optional.of(Json.object(format, "schema", true));
  }

  @Override
  public byte[] whole(Answer.Spoken answer, String model) {
    var text = new StringBuilder();
    var calls = new ArrayList<JsonNode>();
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Text(String more) -> text.append(more);
        case Piece.Call call ->
            calls.add(
                obj(
                    "id",
                    call.id(),
                    "type",
                    "function",
                    "function",
                    obj("name", call.name(), "arguments", call.arguments().toString())));
        default -> throw new IllegalArgumentException("no words for " + piece);
      }
    }
    ObjectNode message =
        obj(
            "role",
            "assistant",
            "content",
            text.isEmpty() ? null : text.toString(),
            "refusal",
            null);
    if (!calls.isEmpty()) {
      message.set("tool_calls", list(calls));
    }
    ObjectNode reply =
        obj(
            "id",
            "chatcmpl-up1",
            "object",
            "chat.completion",
            "created",
            1,
            "model",
            model,
            "choices",
            arr(
                obj(
                    "index",
                    0,
                    "message",
                    message,
                    "logprobs",
                    null,
                    "finish_reason",
                    word(answer.stop()))));
    usage(answer.usage()).ifPresent(usage -> reply.set("usage", usage));
    return Sse.bytes(reply.toString());
  }

  @Override
  public List<byte[]> stream(Answer.Spoken answer, String model, boolean usageWanted) {
    var events = new ArrayList<byte[]>();
    events.add(chunk(model, obj("role", "assistant", "content", ""), null));
    var calls = new ArrayList<List<byte[]>>();
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Text(String text) ->
            Fragments.of(text)
                .forEach(part -> events.add(chunk(model, obj("content", part), null)));
        case Piece.Call call -> calls.add(call(model, calls.size(), call));
        default -> throw new IllegalArgumentException("no words for " + piece);
      }
    }
    if (answer.interleaved()) {
      events.addAll(Fragments.interleaved(calls));
    } else {
      calls.forEach(events::addAll);
    }
    if (answer.breaksOff().isPresent()) {
      events.add(Sse.event(Json.object(problem(answer.breaksOff().get()))));
      return events;
    }
    events.add(chunk(model, obj(), word(answer.stop())));
    if (usageWanted) {
      usage(answer.usage())
          .ifPresent(usage -> {
            ObjectNode last =
                obj(
                    "id",
                    "chatcmpl-up1",
                    "object",
                    "chat.completion.chunk",
                    "created",
                    1,
                    "model",
                    model,
                    "choices",
                    arr(),
                    "usage",
                    usage);
            events.add(Sse.event(last));
          });
    }
    events.add(Sse.bytes("data: [DONE]\n\n"));
    return events;
  }

  private static List<byte[]> call(String model, int index, Piece.Call call) {
    var events = new ArrayList<byte[]>();
    events.add(
        chunk(
            model,
            obj(
                "tool_calls",
                arr(
                    obj(
                        "index",
                        index,
                        "id",
                        call.id(),
                        "type",
                        "function",
                        "function",
                        obj("name", call.name(), "arguments", "")))),
            null));
    for (String part : Fragments.of(call.arguments().toString())) {
      events.add(
          chunk(
              model,
              obj("tool_calls", arr(obj("index", index, "function", obj("arguments", part)))),
              null));
    }
    return events;
  }

  private static byte[] chunk(
      String model, ObjectNode delta, @org.jspecify.annotations.Nullable String finish) {
    return Sse.event(
        obj(
            "id",
            "chatcmpl-up1",
            "object",
            "chat.completion.chunk",
            "created",
            1,
            "model",
            model,
            "choices",
            arr(obj("index", 0, "delta", delta, "finish_reason", finish))));
  }

  private static String word(StopReason stop) {
    return switch (stop) {
      case MAX_OUTPUT -> "length";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER -> "content_filter";
      case END_OF_TURN, STOP_SEQUENCE, OTHER -> "stop";
    };
  }

  private static Optional<JsonNode> usage(Usage usage) {
    if (usage.isAbsent()) {
      return Optional.empty();
    }
    ObjectNode said =
        obj(
            "prompt_tokens",
            usage.totalInput(),
            "completion_tokens",
            usage.totalOutput(),
            "total_tokens",
            usage.totalInput() + usage.totalOutput());
    ObjectNode in = obj();
    usage.reported(TokenClass.CACHE_READ).ifPresent(n -> in.put("cached_tokens", n));
    usage.reported(TokenClass.CACHE_WRITE_5M).ifPresent(n -> in.put("cache_write_tokens", n));
    if (!in.isEmpty()) {
      said.set("prompt_tokens_details", in);
    }
    usage
        .reported(TokenClass.REASONING)
        .ifPresent(n -> said.set("completion_tokens_details", obj("reasoning_tokens", n)));
    return Optional.of(said);
  }

  @Override
  public byte[] problem(Problem problem) {
    String type =
        switch (problem.kind()) {
          case INVALID, AUTHENTICATION, NOT_FOUND -> "invalid_request_error";
          case RATE_LIMIT -> "rate_limit_error";
          case OVERLOADED, SERVER -> "server_error";
        };
    Object code =
        switch (problem.kind()) {
          case RATE_LIMIT -> "rate_limit_exceeded";
          case NOT_FOUND -> "model_not_found";
          default -> Optional.empty();
        };
    ObjectNode error = obj("message", problem.text(), "type", type, "param", null, "code", code);
    if (!error.has("code")) {
      error.putNull("code");
    }
    return Sse.bytes(obj("error", error).toString());
  }

  @Override
  public Usage sayable(Usage usage) {
    return Counted.writesAsOne(usage);
  }
}
