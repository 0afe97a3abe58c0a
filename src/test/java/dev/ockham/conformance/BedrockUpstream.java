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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bedrock's Converse, the provider. {@link BedrockMessages} reads what it is asked. */
final class BedrockUpstream implements UpstreamSpeaker {
  private static final Pattern PATH = Pattern.compile("/model/([^/?]+)/converse(-stream)?");

  @Override
  public Dialect dialect() {
    return Dialect.BEDROCK_CONVERSE;
  }

  @Override
  public String basePath() {
    return "";
  }

  @Override
  public String streamType() {
    return "application/vnd.amazon.eventstream";
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
    Matcher path = PATH.matcher(request.path());
    demand(path.matches(), "the path: " + request.path());
    String authorization = request.header("authorization").orElse("");
    demand(
        authorization.startsWith("Bearer ") || authorization.startsWith("AWS4-HMAC-SHA256 "),
        "a credential");
    ObjectNode body = Json.object(request.body());
    Json.only(
        body,
        "messages",
        "system",
        "inferenceConfig",
        "toolConfig",
        "outputConfig",
        "additionalModelRequestFields",
        "requestMetadata",
        "performanceConfig",
        "serviceTier");
    JsonNode config = Json.object(body, "inferenceConfig", false);
    Json.only(config, "maxTokens", "temperature", "topP", "stopSequences");
    var messages = new BedrockMessages(body.has("toolConfig"));
    Json.array(body, "messages").forEach(messages::message);
    messages.end();
    JsonNode output = Json.object(body, "outputConfig", false);
    Json.only(output, "effort", "textFormat");
    return new Asked(
        URLDecoder.decode(path.group(1), StandardCharsets.UTF_8),
        path.group(2) != null,
        system(body),
        messages.turns(),
        tools(body),
        choice(body),
        schema(output),
        output.has("effort")
            ? Optional.of(Json.oneOf(output, "effort", "low", "medium", "high", "xhigh", "max"))
            : Optional.empty(),
        config.has("maxTokens")
            ? OptionalLong.of(Json.count(config, "maxTokens"))
            : OptionalLong.empty());
  }

  private static String system(JsonNode body) {
    var texts = new ArrayList<String>();
    for (JsonNode block : Json.maybeArray(body, "system")) {
      Json.only(block, "text");
      texts.add(Json.filled(block, "text"));
    }
    return String.join("\n", texts);
  }

  private static List<Ask.Offer> tools(JsonNode body) {
    var offers = new ArrayList<Ask.Offer>();
    JsonNode config = Json.object(body, "toolConfig", false);
    Json.only(config, "tools", "toolChoice");
    demand(config.isEmpty() || !Json.array(config, "tools").isEmpty(), "at least one tool");
    for (JsonNode tool : Json.maybeArray(config, "tools")) {
      Json.only(tool, "toolSpec");
      JsonNode spec = Json.object(tool, "toolSpec", true);
      Json.only(spec, "name", "description", "inputSchema", "strict");
      String name = Json.filled(spec, "name");
      demand(name.matches("[a-zA-Z0-9_-]{1,64}"), "a tool's name: " + name);
      demand(!spec.has("description") || !Json.string(spec, "description").isEmpty(), "not empty");
      offers.add(
          new Ask.Offer(
              name,
              spec.path("description").asString(""),
              Json.object(spec.path("inputSchema"), "json", true)));
    }
    return offers;
  }

  private static Ask.Choice choice(JsonNode body) {
    JsonNode choice = body.path("toolConfig").path("toolChoice");
    if (choice.isMissingNode() || choice.has("auto")) {
      return Ask.Choice.AUTO;
    }
    if (choice.has("any")) {
      return Ask.Choice.REQUIRED;
    }
    Json.only(choice, "tool");
    demand(Json.filled(choice.path("tool"), "name").equals(tools(body).getFirst().name()), "first");
    return Ask.Choice.FIRST;
  }

  private static Optional<JsonNode> schema(JsonNode output) {
    if (!output.has("textFormat")) {
      return Optional.empty();
    }
    Json.is(output.path("textFormat"), "type", "json_schema");
    JsonNode schema = output.path("textFormat").path("structure").path("jsonSchema");
    Json.only(schema, "schema", "name", "description");
    return Optional.of(Json.parse(Json.string(schema, "schema")));
  }

  @Override
  public byte[] whole(Answer.Spoken answer, String model) {
    ArrayNode content = list(answer.pieces().stream().map(BedrockUpstream::block).toList());
    return Sse.bytes(
        obj(
                "output",
                obj("message", obj("role", "assistant", "content", content)),
                "stopReason",
                word(answer.stop()),
                "usage",
                usage(answer.usage()),
                "metrics",
                obj("latencyMs", 12))
            .toString());
  }

  private static JsonNode block(Piece piece) {
    return switch (piece) {
      case Piece.Text(String text) -> obj("text", text);
      case Piece.Thought(String text, String state) when text.isEmpty() ->
          obj("reasoningContent", obj("redactedContent", state));
      case Piece.Thought(String text, String state) ->
          obj("reasoningContent", obj("reasoningText", obj("text", text, "signature", state)));
      case Piece.Call call ->
          obj(
              "toolUse",
              obj("toolUseId", call.id(), "name", call.name(), "input", call.arguments()));
      default -> throw new IllegalArgumentException("no words for " + piece);
    };
  }

  @Override
  public List<byte[]> stream(Answer.Spoken answer, String model, boolean usageWanted) {
    var events = new ArrayList<byte[]>();
    events.add(EventStream.event("messageStart", obj("role", "assistant", "p", "abc")));
    for (int i = 0; i < answer.pieces().size(); i++) {
      Piece piece = answer.pieces().get(i);
      if (piece instanceof Piece.Call call) {
        events.add(
            EventStream.event(
                "contentBlockStart",
                obj(
                    "contentBlockIndex",
                    i,
                    "start",
                    obj("toolUse", obj("toolUseId", call.id(), "name", call.name())))));
      }
      for (ObjectNode delta : deltas(piece)) {
        events.add(
            EventStream.event(
                "contentBlockDelta", obj("contentBlockIndex", i, "delta", delta, "p", "abcdefgh")));
      }
      events.add(EventStream.event("contentBlockStop", obj("contentBlockIndex", i)));
    }
    if (answer.breaksOff().isPresent()) {
      events.removeLast();
      events.add(
          EventStream.exception(
              "modelStreamErrorException",
              obj("message", answer.breaksOff().get().text(), "originalStatusCode", 500)));
      return events;
    }
    events.add(EventStream.event("messageStop", obj("stopReason", word(answer.stop()))));
    events.add(
        EventStream.event(
            "metadata", obj("usage", usage(answer.usage()), "metrics", obj("latencyMs", 12))));
    return events;
  }

  private static List<ObjectNode> deltas(Piece piece) {
    var deltas = new ArrayList<ObjectNode>();
    switch (piece) {
      case Piece.Text(String text) ->
          Fragments.of(text).forEach(part -> deltas.add(obj("text", part)));
      case Piece.Thought(String text, String state) when text.isEmpty() ->
          deltas.add(obj("reasoningContent", obj("redactedContent", state)));
      case Piece.Thought(String text, String state) -> {
        Fragments.of(text).forEach(part -> deltas.add(obj("reasoningContent", obj("text", part))));
        deltas.add(obj("reasoningContent", obj("signature", state)));
      }
      case Piece.Call call -> {
        if (!call.arguments().isEmpty()) {
          Fragments.of(call.arguments().toString())
              .forEach(part -> deltas.add(obj("toolUse", obj("input", part))));
        }
      }
      default -> throw new IllegalArgumentException("no words for " + piece);
    }
    return deltas;
  }

  private static String word(StopReason stop) {
    return switch (stop) {
      case MAX_OUTPUT -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER -> "content_filtered";
      case STOP_SEQUENCE -> "stop_sequence";
      case END_OF_TURN, OTHER -> "end_turn";
    };
  }

  private static Optional<JsonNode> usage(Usage usage) {
    if (usage.isAbsent()) {
      return Optional.empty();
    }
    ObjectNode said =
        obj(
            "inputTokens",
            usage.count(TokenClass.INPUT),
            "outputTokens",
            usage.count(TokenClass.OUTPUT),
            "totalTokens",
            usage.totalInput() + usage.totalOutput());
    usage.reported(TokenClass.CACHE_READ).ifPresent(n -> said.put("cacheReadInputTokens", n));
    ArrayNode details = arr();
    usage
        .reported(TokenClass.CACHE_WRITE_5M)
        .ifPresent(n -> details.add(obj("ttl", "5m", "inputTokens", n)));
    usage
        .reported(TokenClass.CACHE_WRITE_1H)
        .ifPresent(n -> details.add(obj("ttl", "1h", "inputTokens", n)));
    if (!details.isEmpty()) {
      said.put(
          "cacheWriteInputTokens",
          usage.count(TokenClass.CACHE_WRITE_5M) + usage.count(TokenClass.CACHE_WRITE_1H));
      said.set("cacheDetails", details);
    }
    return Optional.of(said);
  }

  @Override
  public byte[] problem(Problem problem) {
    return Sse.bytes(obj("message", problem.text()).toString());
  }

  @Override
  public List<String> problemHeaders(Problem problem) {
    String type =
        switch (problem.kind()) {
          case INVALID -> "ValidationException";
          case AUTHENTICATION -> "UnrecognizedClientException";
          case NOT_FOUND -> "ResourceNotFoundException";
          case RATE_LIMIT -> "ThrottlingException";
          case OVERLOADED -> "ServiceUnavailableException";
          case SERVER -> "InternalServerException";
        };
    return List.of("x-amzn-errortype: " + type);
  }

  /**
   * Reasoning is output: there is no word for it. Writes are counted in all and by duration, so
   * that who names those of an hour tells of the others.
   */
  @Override
  public Usage sayable(Usage usage) {
    Usage said = Counted.folded(usage, TokenClass.REASONING, TokenClass.OUTPUT);
    return said.reported(TokenClass.CACHE_WRITE_1H).isPresent()
        ? Counted.atLeastZero(said, TokenClass.CACHE_WRITE_5M)
        : said;
  }
}
