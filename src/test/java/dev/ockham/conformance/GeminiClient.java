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
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of Gemini's generateContent. */
final class GeminiClient extends ClientSpeaker {
  @Override
  Dialect dialect() {
    return Dialect.GEMINI_GENERATE;
  }

  @Override
  Map.Entry<String, String> credential(String key) {
    return Map.entry("x-goog-api-key", key);
  }

  @Override
  Said say(Ask ask) {
    ObjectNode config = obj("maxOutputTokens", Ask.CAP);
    ask.schema()
        .ifPresent(schema ->
            config.setAll(
                obj("responseMimeType", "application/json", "responseJsonSchema", schema)));
    ask.effort()
        .ifPresent(effort ->
            config.set(
                "thinkingConfig",
                obj("includeThoughts", true, "thinkingLevel", effort.toUpperCase(Locale.ROOT))));
    ObjectNode body =
        obj(
            "contents",
            list(ask.turns().stream().map(GeminiClient::say).toList()),
            "generationConfig",
            config);
    if (!ask.system().isEmpty()) {
      body.set("systemInstruction", obj("parts", arr(obj("text", ask.system()))));
    }
    if (!ask.tools().isEmpty()) {
      body.set(
          "tools",
          arr(
              obj(
                  "functionDeclarations",
                  list(
                      ask.tools().stream()
                          .map(tool ->
                              obj(
                                  "name",
                                  tool.name(),
                                  "description",
                                  tool.description(),
                                  "parametersJsonSchema",
                                  tool.schema()))
                          .toList()))));
      body.set("toolConfig", obj("functionCallingConfig", choice(ask)));
    }
    String how = ask.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
    return new Said("/v1beta/models/" + ask.model() + how, Map.of(), body);
  }

  private static JsonNode choice(Ask ask) {
    return switch (ask.choice()) {
      case AUTO -> obj("mode", "AUTO");
      case NONE -> obj("mode", "NONE");
      case REQUIRED -> obj("mode", "ANY");
      case FIRST -> obj("mode", "ANY", "allowedFunctionNames", arr(ask.tools().getFirst().name()));
    };
  }

  private static JsonNode say(Turn turn) {
    return switch (turn) {
      case Turn.User(var pieces) ->
          obj("role", "user", "parts", list(pieces.stream().map(GeminiClient::say).toList()));
      case Turn.Said(String text) -> obj("role", "model", "parts", arr(obj("text", text)));
      case Turn.Heard(Hearing hearing) -> obj("role", "model", "parts", hearing.replay());
      case Turn.Results(var results) ->
          obj("role", "user", "parts", list(results.stream().map(GeminiClient::say).toList()));
    };
  }

  private static JsonNode say(Piece piece) {
    return switch (piece) {
      case Piece.Text(String text) -> obj("text", text);
      case Piece.Picture picture -> inline(picture);
      case Piece.PictureAt(String url) ->
          obj("fileData", obj("mimeType", "image/png", "fileUri", url));
      case Piece.Result result -> {
        ObjectNode response =
            obj(
                "name",
                result.name(),
                "response",
                obj(result.error() ? "error" : "output", result.text()));
        if (!result.callId().isEmpty()) {
          response.put("id", result.callId());
        }
        if (!result.pictures().isEmpty()) {
          response.set(
              "parts", list(result.pictures().stream().map(GeminiClient::inline).toList()));
        }
        yield obj("functionResponse", response);
      }
      default -> throw new IllegalArgumentException("not a user's: " + piece);
    };
  }

  private static JsonNode inline(Piece.Picture picture) {
    return obj("inlineData", obj("mimeType", picture.mediaType(), "data", picture.base64()));
  }

  @Override
  Hearing whole(byte[] body) {
    var reply = new Reply();
    reply.add(Json.object(body));
    return reply.hearing();
  }

  @Override
  Hearing streamed(byte[] body) {
    var reply = new Reply();
    String text = Json.text(body);
    int last = text.stripTrailing().lastIndexOf("\n\n") + 2;
    boolean bare = last > 1 && text.startsWith("{", last);
    int end = bare ? last : text.length();
    for (Sse.Event event : Sse.parse(Sse.bytes(text.substring(0, end)))) {
      demand(event.name().isEmpty(), "events have no names: " + event.name());
      reply.add(event.json());
    }
    reply.tail(text.substring(end).strip());
    return reply.hearing();
  }

  /** What has come so far: a whole reply is a stream of one. */
  private static final class Reply {
    private final Pieces pieces = new Pieces();
    private final ArrayNode parts = arr();
    private Optional<String> finish = Optional.empty();
    private Usage usage = Usage.ABSENT;
    private Optional<Problem> problem = Optional.empty();
    private boolean called;

    void add(JsonNode chunk) {
      demand(problem.isEmpty(), "nothing after an error");
      if (chunk.has("error")) {
        problem = Optional.of(error(0, chunk));
        return;
      }
      Json.filled(chunk, "responseId");
      Json.filled(chunk, "modelVersion");
      if (chunk.has("usageMetadata")) {
        usage = usage(chunk.path("usageMetadata"));
      }
      ArrayNode candidates = Json.maybeArray(chunk, "candidates");
      demand(candidates.size() <= 1, "one candidate");
      candidates.forEach(this::candidate);
    }

    /** An error ends a stream as bare JSON; who reads events alone may be told before, too. */
    void tail(String json) {
      if (!json.isEmpty()) {
        Problem last = error(0, Json.parse(json));
        demand(problem.isEmpty() || problem.get().equals(last), "one error: " + json);
        problem = Optional.of(last);
      }
    }

    private void candidate(JsonNode candidate) {
      demand(finish.isEmpty(), "nothing after the finish");
      demand(candidate.path("index").asInt(0) == 0, "the first candidate");
      JsonNode content = Json.object(candidate, "content", false);
      if (!content.isEmpty()) {
        Json.is(content, "role", "model");
        Json.maybeArray(content, "parts").forEach(this::part);
      }
      if (candidate.has("finishReason")) {
        finish = Optional.of(Json.filled(candidate, "finishReason"));
      }
    }

    private void part(JsonNode part) {
      Json.only(part, "text", "thought", "thoughtSignature", "functionCall");
      String signature = part.path("thoughtSignature").asString("");
      Base64.getDecoder().decode(signature);
      if (part.has("functionCall")) {
        JsonNode call = part.path("functionCall");
        Json.only(call, "id", "name", "args");
        if (!signature.isEmpty()) {
          pieces.state(signature);
        }
        called = true;
        pieces.call(
            call.path("id").asString(""),
            Json.filled(call, "name"),
            Json.object(call, "args", false));
      } else if (part.path("thought").asBoolean(false)) {
        pieces.thoughtText(Json.filled(part, "text"));
        if (!signature.isEmpty()) {
          pieces.state(signature);
        }
      } else {
        pieces.text(Json.string(part, "text"));
        if (!signature.isEmpty()) {
          pieces.state(signature);
        }
      }
      if (part.size() > 1 || !part.path("text").asString(" ").isEmpty()) {
        keep(Json.object(part, "a part"));
      }
    }

    /** Clients join neighbouring texts, but never what is signed. */
    private void keep(ObjectNode part) {
      JsonNode last = parts.isEmpty() ? obj() : parts.get(parts.size() - 1);
      boolean joins =
          part.has("text")
              && last.has("text")
              && last.path("thought").equals(part.path("thought"))
              && !last.has("thoughtSignature")
              && !part.has("thoughtSignature");
      if (joins) {
        ((ObjectNode) last).put("text", Json.string(last, "text") + Json.string(part, "text"));
      } else {
        parts.add(part.deepCopy());
      }
    }

    Hearing hearing() {
      demand(finish.isPresent() != problem.isPresent(), "ends with a finish or an error");
      return new Hearing(pieces.list(), finish.map(this::stop), usage, problem, parts);
    }

    private StopReason stop(String word) {
      return switch (word) {
        case "STOP" -> called ? StopReason.TOOL_CALLS : StopReason.END_OF_TURN;
        case "MAX_TOKENS" -> StopReason.MAX_OUTPUT;
        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" ->
            StopReason.CONTENT_FILTER;
        default -> throw new AssertionError("against the grammar: finishReason " + word);
      };
    }
  }

  private static Usage usage(JsonNode usage) {
    var told = new TreeMap<TokenClass, Long>();
    long prompt = Json.count(usage, "promptTokenCount");
    long all = prompt;
    Counted.put(told, TokenClass.CACHE_READ, usage, "cachedContentTokenCount");
    told.put(TokenClass.INPUT, prompt - told.getOrDefault(TokenClass.CACHE_READ, 0L));
    Counted.put(told, TokenClass.OUTPUT, usage, "candidatesTokenCount");
    Counted.put(told, TokenClass.REASONING, usage, "thoughtsTokenCount");
    all += told.getOrDefault(TokenClass.OUTPUT, 0L) + told.getOrDefault(TokenClass.REASONING, 0L);
    demand(Json.count(usage, "totalTokenCount") == all, "total = sum in " + usage);
    return new Usage(told);
  }

  @Override
  Problem problem(int status, byte[] body, HttpHeaders headers) {
    return error(status, Json.object(body));
  }

  private static Problem error(int status, JsonNode body) {
    Json.only(body, "error");
    ObjectNode error = Json.object(body, "error", true);
    demand(status == 0 || Json.count(error, "code") == status, "code " + status + " in " + error);
    Problem.Kind kind =
        switch (Json.string(error, "status")) {
          case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE" -> Problem.Kind.INVALID;
          case "UNAUTHENTICATED" -> Problem.Kind.AUTHENTICATION;
          case "NOT_FOUND" -> Problem.Kind.NOT_FOUND;
          case "RESOURCE_EXHAUSTED" -> Problem.Kind.RATE_LIMIT;
          case "UNAVAILABLE" -> Problem.Kind.OVERLOADED;
          case "INTERNAL", "UNKNOWN" -> Problem.Kind.SERVER;
          default -> throw new AssertionError("against the grammar: status in " + error);
        };
    return new Problem(status, kind, Json.filled(error, "message"));
  }

  /** What a cache was given is plain input: there is no word for it. */
  @Override
  Usage sayable(Usage usage) {
    return Counted.folded(
        Counted.folded(usage, TokenClass.CACHE_WRITE_1H, TokenClass.INPUT),
        TokenClass.CACHE_WRITE_5M,
        TokenClass.INPUT);
  }

  @Override
  boolean hasToolErrors() {
    return true;
  }

  @Override
  boolean usageNeeded() {
    return false;
  }
}
