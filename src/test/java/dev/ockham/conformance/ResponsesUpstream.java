package dev.ockham.conformance;

import static dev.ockham.conformance.Json.arr;
import static dev.ockham.conformance.Json.demand;
import static dev.ockham.conformance.Json.list;
import static dev.ockham.conformance.Json.obj;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.testing.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's Responses, the provider. {@link ResponsesInput} reads what it is asked. */
final class ResponsesUpstream implements UpstreamSpeaker {
  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_RESPONSES;
  }

  @Override
  public String basePath() {
    return "/v1";
  }

  @Override
  public Asked read(Received request) {
    demand(request.path().equals("/v1/responses"), "the path: " + request.path());
    demand(request.header("authorization").orElse("").startsWith("Bearer "), "a bearer");
    ObjectNode body = Json.object(request.body());
    Json.only(
        body,
        "model",
        "input",
        "instructions",
        "max_output_tokens",
        "tools",
        "tool_choice",
        "parallel_tool_calls",
        "text",
        "reasoning",
        "include",
        "store",
        "stream",
        "temperature",
        "top_p",
        "metadata",
        "prompt_cache_key",
        "safety_identifier",
        "service_tier",
        "truncation",
        "user",
        "top_logprobs");
    JsonNode reasoning = Json.object(body, "reasoning", false);
    Json.only(reasoning, "effort", "summary");
    if (!reasoning.isEmpty()) {
      demand(
          Json.maybeArray(body, "include").toString().contains("reasoning.encrypted_content")
              && !body.path("store").asBoolean(true),
          "who keeps no state asks for it: include, store");
    }
    var input = new ResponsesInput();
    input.instructions(body.path("instructions"));
    input.read(body.path("input"));
    return new Asked(
        Json.filled(body, "model"),
        body.path("stream").asBoolean(false),
        input.system(),
        input.turns(),
        tools(body),
        choice(body),
        schema(body),
        reasoning.has("effort")
            ? Optional.of(
                Json.oneOf(
                    reasoning, "effort", "none", "minimal", "low", "medium", "high", "xhigh",
                    "max"))
            : Optional.empty(),
        body.has("max_output_tokens")
            ? OptionalLong.of(Json.count(body, "max_output_tokens"))
            : OptionalLong.empty());
  }

  private static List<Ask.Offer> tools(JsonNode body) {
    var offers = new ArrayList<Ask.Offer>();
    for (JsonNode tool : Json.maybeArray(body, "tools")) {
      Json.only(tool, "type", "name", "description", "parameters", "strict");
      Json.is(tool, "type", "function");
      Json.has(tool, "strict");
      String name = Json.filled(tool, "name");
      demand(name.matches("[a-zA-Z0-9_-]{1,64}"), "a function's name: " + name);
      offers.add(
          new Ask.Offer(
              name, tool.path("description").asString(""), Json.object(tool, "parameters", true)));
    }
    return offers;
  }

  private static Ask.Choice choice(JsonNode body) {
    JsonNode choice = body.path("tool_choice");
    if (choice.isObject()) {
      Json.is(choice, "type", "function");
      demand(Json.filled(choice, "name").equals(tools(body).getFirst().name()), "the first tool");
      return Ask.Choice.FIRST;
    }
    return choice.isMissingNode()
        ? Ask.Choice.AUTO
        : switch (Json.oneOf(body, "tool_choice", "auto", "none", "required")) {
          case "none" -> Ask.Choice.NONE;
          case "required" -> Ask.Choice.REQUIRED;
          default -> Ask.Choice.AUTO;
        };
  }

  private static Optional<JsonNode> schema(JsonNode body) {
    JsonNode text = Json.object(body, "text", false);
    Json.only(text, "format", "verbosity");
    JsonNode format = text.path("format");
    if (format.isMissingNode() || format.path("type").asString("").equals("text")) {
      return Optional.empty();
    }
    Json.only(format, "type", "name", "description", "schema", "strict");
    Json.is(format, "type", "json_schema");
    Json.filled(format, "name");
    return Optional.of(Json.object(format, "schema", true));
  }

  static ObjectNode item(int index, Piece piece) {
    return switch (piece) {
      case Piece.Text(String text) ->
          obj(
              "type",
              "message",
              "id",
              "msg_up" + index,
              "status",
              "completed",
              "role",
              "assistant",
              "content",
              arr(part(text)));
      case Piece.Thought(String text, String state) ->
          obj(
              "type",
              "reasoning",
              "id",
              "rs_up" + index,
              "summary",
              text.isEmpty() ? arr() : arr(obj("type", "summary_text", "text", text)),
              "encrypted_content",
              state);
      case Piece.Call call ->
          obj(
              "type",
              "function_call",
              "id",
              "fc_up" + index,
              "call_id",
              call.id(),
              "name",
              call.name(),
              "arguments",
              call.arguments().toString(),
              "status",
              "completed");
      default -> throw new IllegalArgumentException("no words for " + piece);
    };
  }

  static ObjectNode part(String text) {
    return obj("type", "output_text", "text", text, "annotations", arr(), "logprobs", arr());
  }

  @Override
  public byte[] whole(Answer.Spoken answer, String model) {
    return Sse.bytes(finished(answer, model).toString());
  }

  private static ObjectNode finished(Answer.Spoken answer, String model) {
    var output = new ArrayList<ObjectNode>();
    answer.pieces().forEach(piece -> output.add(item(output.size(), piece)));
    String why =
        switch (answer.stop()) {
          case MAX_OUTPUT -> "max_output_tokens";
          case CONTENT_FILTER -> "content_filter";
          default -> "";
        };
    ObjectNode response = response(model, why.isEmpty() ? "completed" : "incomplete", list(output));
    if (!why.isEmpty()) {
      response.set("incomplete_details", obj("reason", why));
    }
    usage(answer.usage()).ifPresent(usage -> response.set("usage", usage));
    return response;
  }

  private static ObjectNode response(String model, String status, JsonNode output) {
    return obj(
        "id",
        "resp_up1",
        "object",
        "response",
        "created_at",
        1,
        "status",
        status,
        "error",
        null,
        "incomplete_details",
        null,
        "instructions",
        null,
        "max_output_tokens",
        null,
        "metadata",
        obj(),
        "model",
        model,
        "output",
        output,
        "parallel_tool_calls",
        true,
        "temperature",
        1,
        "tool_choice",
        "auto",
        "tools",
        arr(),
        "top_p",
        1,
        "usage",
        null);
  }

  @Override
  public List<byte[]> stream(Answer.Spoken answer, String model, boolean usageWanted) {
    var events = new ResponsesEvents();
    events.add(obj("type", "response.created", "response", response(model, "in_progress", arr())));
    events.add(
        obj("type", "response.in_progress", "response", response(model, "in_progress", arr())));
    var calls = new ArrayList<List<ObjectNode>>();
    for (int i = 0; i < answer.pieces().size(); i++) {
      List<ObjectNode> said = ResponsesEvents.said(i, answer.pieces().get(i));
      if (answer.pieces().get(i) instanceof Piece.Call) {
        calls.add(said);
      } else {
        said.forEach(events::add);
      }
    }
    if (answer.interleaved()) {
      Fragments.interleaved(calls).forEach(events::add);
    } else {
      calls.forEach(call -> call.forEach(events::add));
    }
    if (answer.breaksOff().isPresent()) {
      ObjectNode failed = response(model, "failed", arr());
      failed.set("error", obj("code", "server_error", "message", answer.breaksOff().get().text()));
      events.add(obj("type", "response.failed", "response", failed));
    } else {
      ObjectNode last = finished(answer, model);
      events.add(obj("type", "response." + Json.string(last, "status"), "response", last));
    }
    return events.bytes();
  }

  private static Optional<JsonNode> usage(Usage usage) {
    if (usage.isAbsent()) {
      return Optional.empty();
    }
    return Optional.of(
        obj(
            "input_tokens",
            usage.totalInput(),
            "input_tokens_details",
            obj(
                "cached_tokens",
                usage.count(TokenClass.CACHE_READ),
                "cache_write_tokens",
                usage.count(TokenClass.CACHE_WRITE_5M)),
            "output_tokens",
            usage.totalOutput(),
            "output_tokens_details",
            obj("reasoning_tokens", usage.count(TokenClass.REASONING)),
            "total_tokens",
            usage.totalInput() + usage.totalOutput()));
  }

  @Override
  public byte[] problem(Problem problem) {
    return new ChatUpstream().problem(problem);
  }

  /** Writes of any duration are one count; those of caches and reasoning are always there. */
  @Override
  public Usage sayable(Usage usage) {
    return Counted.atLeastZero(
        Counted.writesAsOne(usage),
        TokenClass.CACHE_READ,
        TokenClass.CACHE_WRITE_5M,
        TokenClass.REASONING);
  }
}
