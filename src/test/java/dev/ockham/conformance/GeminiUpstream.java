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
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gemini, the provider. {@link GeminiContents} reads what it is asked. */
final class GeminiUpstream implements UpstreamSpeaker {
  private static final Pattern PATH =
      Pattern.compile("/v1beta/models/([^/:?]+):(generateContent|streamGenerateContent\\?alt=sse)");

  @Override
  public Dialect dialect() {
    return Dialect.GEMINI_GENERATE;
  }

  @Override
  public String basePath() {
    return "/v1beta";
  }

  @Override
  public boolean mayOmitIds() {
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
    demand(request.header("x-goog-api-key").isPresent(), "a key");
    ObjectNode body = Json.object(request.body());
    Json.only(
        body,
        "contents",
        "systemInstruction",
        "generationConfig",
        "tools",
        "toolConfig",
        "safetySettings",
        "cachedContent",
        "labels",
        "serviceTier");
    JsonNode config = Json.object(body, "generationConfig", false);
    Json.only(
        config,
        "maxOutputTokens",
        "stopSequences",
        "temperature",
        "topP",
        "topK",
        "seed",
        "presencePenalty",
        "frequencyPenalty",
        "candidateCount",
        "responseMimeType",
        "responseSchema",
        "responseJsonSchema",
        "responseLogprobs",
        "logprobs",
        "thinkingConfig",
        "responseModalities");
    var contents = new GeminiContents();
    Json.array(body, "contents").forEach(contents::content);
    contents.end();
    return new Asked(
        path.group(1),
        path.group(2).startsWith("stream"),
        system(body),
        contents.turns(),
        tools(body),
        choice(body),
        schema(config),
        effort(config),
        config.has("maxOutputTokens")
            ? OptionalLong.of(Json.count(config, "maxOutputTokens"))
            : OptionalLong.empty());
  }

  private static String system(JsonNode body) {
    JsonNode instruction = Json.object(body, "systemInstruction", false);
    Json.only(instruction, "role", "parts");
    var texts = new ArrayList<String>();
    for (JsonNode part : Json.maybeArray(instruction, "parts")) {
      Json.only(part, "text");
      texts.add(Json.filled(part, "text"));
    }
    return String.join("\n", texts);
  }

  private static List<Ask.Offer> tools(JsonNode body) {
    var offers = new ArrayList<Ask.Offer>();
    for (JsonNode tool : Json.maybeArray(body, "tools")) {
      Json.only(tool, "functionDeclarations");
      for (JsonNode function : Json.array(tool, "functionDeclarations")) {
        Json.only(function, "name", "description", "parametersJsonSchema");
        String name = Json.filled(function, "name");
        demand(name.matches("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}"), "a function's name: " + name);
        offers.add(
            new Ask.Offer(
                name,
                function.path("description").asString(""),
                Json.object(function, "parametersJsonSchema", true)));
      }
    }
    return offers;
  }

  private static Ask.Choice choice(JsonNode body) {
    JsonNode config = body.path("toolConfig").path("functionCallingConfig");
    if (config.isMissingNode()) {
      return Ask.Choice.AUTO;
    }
    Json.only(config, "mode", "allowedFunctionNames");
    return switch (Json.oneOf(config, "mode", "AUTO", "ANY", "NONE", "VALIDATED")) {
      case "NONE" -> Ask.Choice.NONE;
      case "ANY" -> {
        if (!config.has("allowedFunctionNames")) {
          yield Ask.Choice.REQUIRED;
        }
        JsonNode allowed = Json.array(config, "allowedFunctionNames");
        demand(allowed.equals(arr(tools(body).getFirst().name())), "the first tool: " + allowed);
        yield Ask.Choice.FIRST;
      }
      default -> Ask.Choice.AUTO;
    };
  }

  private static Optional<JsonNode> schema(JsonNode config) {
    if (!config.has("responseJsonSchema")) {
      return Optional.empty();
    }
    Json.is(config, "responseMimeType", "application/json");
    return Optional.of(Json.object(config, "responseJsonSchema", true));
  }

  private static Optional<String> effort(JsonNode config) {
    JsonNode thinking = Json.object(config, "thinkingConfig", false);
    Json.only(thinking, "includeThoughts", "thinkingLevel", "thinkingBudget");
    demand(!(thinking.has("thinkingLevel") && thinking.has("thinkingBudget")), "one of the two");
    return thinking.has("thinkingLevel")
        ? Optional.of(
            Json.oneOf(
                    thinking,
                    "thinkingLevel",
                    "MINIMAL",
                    "LOW",
                    "MEDIUM",
                    "HIGH",
                    "minimal",
                    "low",
                    "medium",
                    "high")
                .toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  @Override
  public byte[] whole(Answer.Spoken answer, String model) {
    var parts = new ArrayList<ObjectNode>();
    String state = "";
    for (Piece piece : answer.pieces()) {
      state = say(piece, state, parts);
    }
    return Sse.bytes(reply(model, parts, Optional.of(word(answer.stop())), answer).toString());
  }

  /** A thought's state stands beside what comes after it. Gives the state that is still to come. */
  private static String say(Piece piece, String state, List<ObjectNode> parts) {
    switch (piece) {
      case Piece.Thought(String text, String its) -> {
        if (!text.isEmpty()) {
          parts.add(obj("text", text, "thought", true));
        }
        return its;
      }
      case Piece.Text(String text) -> parts.add(signed(obj("text", text), state));
      case Piece.Call call ->
          parts.add(
              signed(
                  obj(
                      "functionCall",
                      obj(
                          "id",
                          Optional.of(call.id()).filter(id -> !id.isEmpty()),
                          "name",
                          call.name(),
                          "args",
                          call.arguments())),
                  state));
      default -> throw new IllegalArgumentException("no words for " + piece);
    }
    return "";
  }

  private static ObjectNode signed(ObjectNode part, String state) {
    return state.isEmpty() ? part : part.put("thoughtSignature", state);
  }

  private static ObjectNode reply(
      String model, List<ObjectNode> parts, Optional<String> finish, Answer.Spoken answer) {
    ObjectNode candidate =
        obj(
            "content",
            obj("role", "model", "parts", list(parts)),
            "finishReason",
            finish,
            "index",
            0);
    return obj(
        "candidates",
        arr(candidate),
        "usageMetadata",
        usage(answer.usage()),
        "modelVersion",
        model,
        "responseId",
        "up1");
  }

  @Override
  public List<byte[]> stream(Answer.Spoken answer, String model, boolean usageWanted) {
    var events = new ArrayList<byte[]>();
    Answer.Spoken early =
        answer.using(
            answer.usage().isAbsent()
                ? Usage.ABSENT
                : Usage.of(answer.usage().count(TokenClass.INPUT), 1));
    String state = "";
    for (Piece piece : answer.pieces()) {
      var parts = new ArrayList<ObjectNode>();
      switch (piece) {
        case Piece.Text(String text) -> {
          Fragments.of(text).forEach(part -> parts.add(obj("text", part)));
          // a text's signature comes last, in a part of its own
          if (!state.isEmpty()) {
            parts.add(signed(obj("text", ""), state));
            state = "";
          }
        }
        case Piece.Thought(String text, String its) -> {
          Fragments.of(text).forEach(part -> parts.add(obj("text", part, "thought", true)));
          state = its;
        }
        default -> state = say(piece, state, parts);
      }
      parts.forEach(
          part -> events.add(Sse.event(reply(model, List.of(part), Optional.empty(), early))));
    }
    if (answer.breaksOff().isPresent()) {
      events.add(problem(answer.breaksOff().get()));
      return events;
    }
    events.add(
        Sse.event(
            reply(model, List.of(obj("text", "")), Optional.of(word(answer.stop())), answer)));
    return events;
  }

  private static String word(StopReason stop) {
    return switch (stop) {
      case MAX_OUTPUT -> "MAX_TOKENS";
      case CONTENT_FILTER -> "SAFETY";
      // calls have no word of their own
      case END_OF_TURN, STOP_SEQUENCE, TOOL_CALLS, OTHER -> "STOP";
    };
  }

  private static Optional<JsonNode> usage(Usage usage) {
    if (usage.isAbsent()) {
      return Optional.empty();
    }
    ObjectNode said =
        obj(
            "promptTokenCount",
            usage.totalInput(),
            "candidatesTokenCount",
            usage.count(TokenClass.OUTPUT),
            "totalTokenCount",
            usage.totalInput() + usage.totalOutput());
    usage.reported(TokenClass.CACHE_READ).ifPresent(n -> said.put("cachedContentTokenCount", n));
    usage.reported(TokenClass.REASONING).ifPresent(n -> said.put("thoughtsTokenCount", n));
    return Optional.of(said);
  }

  @Override
  public byte[] problem(Problem problem) {
    String status =
        switch (problem.kind()) {
          case INVALID -> "INVALID_ARGUMENT";
          case AUTHENTICATION -> "UNAUTHENTICATED";
          case NOT_FOUND -> "NOT_FOUND";
          case RATE_LIMIT -> "RESOURCE_EXHAUSTED";
          case OVERLOADED -> "UNAVAILABLE";
          case SERVER -> "INTERNAL";
        };
    int code = problem.status() == 0 ? 500 : problem.status();
    return Sse.bytes(
        obj("error", obj("code", code, "message", problem.text(), "status", status)).toString());
  }

  /** What a cache was given is plain input: its keeping is billed apart. */
  @Override
  public Usage sayable(Usage usage) {
    return Counted.folded(
        Counted.folded(usage, TokenClass.CACHE_WRITE_1H, TokenClass.INPUT),
        TokenClass.CACHE_WRITE_5M,
        TokenClass.INPUT);
  }
}
