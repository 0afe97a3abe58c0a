package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gemini generateContent. */
final class GeminiGenerate extends Wire {
  static final GeminiGenerate WIRE = new GeminiGenerate();

  private static final String MODELS = "/models/";
  private static final String STREAM = ":streamGenerateContent";

  private GeminiGenerate() {}

  @Override
  public Dialect dialect() {
    return Dialect.GEMINI_GENERATE;
  }

  /** A stream is always asked for as events; array clients get theirs from {@link Reply}. */
  @Override
  public String requestPath(String model, boolean stream) {
    return named(model) + (stream ? STREAM + "?alt=sse" : ":generateContent");
  }

  private static String named(String model) {
    return MODELS + URLEncoder.encode(model, UTF_8).replace("+", "%20");
  }

  @Override
  public PathSays path(String path, String query) {
    int from = path.indexOf(MODELS);
    int to = path.lastIndexOf(':');
    if (from < 0 || to < from + MODELS.length()) {
      return PathSays.NOTHING;
    }
    boolean stream = path.substring(to).equals(STREAM);
    boolean events = List.of(query.split("&")).stream().anyMatch(GeminiGenerate::asksForEvents);
    return new PathSays(
        decoded(path.substring(from + MODELS.length(), to)), stream, stream && !events);
  }

  private static boolean asksForEvents(String parameter) {
    return parameter.equals("alt=sse") || decoded(parameter).equals("$alt=sse");
  }

  private static String decoded(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return encoded;
    }
  }

  @Override
  public DecodeOutcome decode(PathSays path, byte[] body) {
    return GeminiRequestReader.read(path, body);
  }

  @Override
  public DecodeOutcome decodeCount(PathSays path, byte[] body) {
    return GeminiRequestReader.readCount(path, body);
  }

  @Override
  public Optional<String> tokenCountPath(String model) {
    return Optional.of(named(model) + ":countTokens");
  }

  @Override
  public byte[] tokenCount(long tokens) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().number("totalTokens", tokens).end();
    }
    return out.take();
  }

  @Override
  EncodeOutcome encode(ChatRequest request, Target target) {
    return GeminiRequestWriter.write(request, target);
  }

  @Override
  public byte[] error(ChatError error) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      GeminiErrors.write(json, error);
    }
    return out.take();
  }

  @Override
  public byte[] errorAsAsked(PathSays path, byte[] error) {
    if (!path.array() || error[0] == '[') {
      return error;
    }
    var out = new Bytes();
    out.write("[");
    out.write(error);
    out.write("]\n");
    return out.take();
  }

  /**
   * The error both as an event and bare: some of Google's clients look for the one, some for the
   * other, and those would take the end that follows for the answer's.
   */
  @Override
  public byte[] errorEvent(ChatError error) {
    byte[] body = error(error);
    var out = new Bytes();
    out.write("data: ");
    out.write(body);
    out.write("\n\n");
    out.write(body);
    out.write("\n");
    return out.take();
  }

  @Override
  public ChatError readError(int status, byte[] body) {
    return GeminiErrors.read(status, body);
  }

  @Override
  public Optional<Duration> retryAfter(int status, byte[] body) {
    return GeminiErrors.retryAfter(body);
  }

  @Override
  public byte[] models(List<ModelEntry> models) {
    return models(models, false);
  }

  @Override
  public byte[] models(List<ModelEntry> models, boolean more) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().array("models");
      models.forEach(model -> writeModel(json, model));
      json.end();
      if (more && !models.isEmpty()) {
        json.text("nextPageToken", models.getLast().id());
      }
      json.end();
    }
    return out.take();
  }

  @Override
  public byte[] model(ModelEntry model) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      writeModel(json, model);
    }
    return out.take();
  }

  private static void writeModel(JsonWriter json, ModelEntry model) {
    json.object().text("name", "models/" + model.id()).text("displayName", model.id());
    json.array("supportedGenerationMethods");
    json.text("generateContent").text("countTokens").end().end();
  }

  /** An empty line: Google's Python client takes a comment for JSON. */
  @Override
  public byte[] heartbeat() {
    return new byte[] {'\n', '\n'};
  }

  @Override
  FrameReader frames() {
    return new GeminiFrames();
  }

  @Override
  ReplyReader replyReader() {
    return new GeminiReplyReader();
  }

  @Override
  ReplyWriter replyWriter(ReplyWriter.Head head) {
    return new GeminiReplyWriter(head);
  }
}
