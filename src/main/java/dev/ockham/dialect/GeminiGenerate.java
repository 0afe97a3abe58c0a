package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;

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
    String named = MODELS + URLEncoder.encode(model, UTF_8).replace("+", "%20");
    return stream ? named + STREAM + "?alt=sse" : named + ":generateContent";
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
  public byte[] models(List<ModelEntry> models) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().array("models");
      for (ModelEntry model : models) {
        json.object().text("name", "models/" + model.id()).text("displayName", model.id());
        json.array("supportedGenerationMethods");
        json.text("generateContent").text("countTokens").end().end();
      }
      json.end().end();
    }
    return out.take();
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
