package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Bedrock Converse: JSON one way, and a binary stream of JSON events the other. */
final class BedrockConverse extends Wire {
  static final BedrockConverse WIRE = new BedrockConverse();

  private static final String BEFORE = "/model/";
  private static final String WHOLE = "/converse";
  private static final String STREAM = "/converse-stream";
  private static final String COUNT = "/count-tokens";

  private BedrockConverse() {}

  @Override
  public Dialect dialect() {
    return Dialect.BEDROCK_CONVERSE;
  }

  @Override
  public String requestPath(String model, boolean stream) {
    return BEFORE + encoded(model) + (stream ? STREAM : WHOLE);
  }

  @Override
  public Optional<String> tokenCountPath(String model) {
    return Optional.of(BEFORE + encoded(model) + COUNT);
  }

  @Override
  public String streamType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public String requestIdHeader() {
    return "x-amzn-requestid";
  }

  @Override
  public PathSays path(String path, String query) {
    int end = path.lastIndexOf('/');
    if (!path.startsWith(BEFORE) || end < BEFORE.length()) {
      return PathSays.NOTHING;
    }
    String model = decoded(path.substring(BEFORE.length(), end));
    return new PathSays(model, path.endsWith(STREAM), false);
  }

  /** All but letters, digits and four marks, as signatures of requests want it. */
  private static String encoded(String model) {
    return URLEncoder.encode(model, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** What cannot be decoded stays, and will be no model's name. */
  private static String decoded(String model) {
    try {
      return URLDecoder.decode(model.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return model;
    }
  }

  @Override
  public DecodeOutcome decode(PathSays path, byte[] body) {
    return BedrockRequestReader.read(path, body);
  }

  @Override
  public DecodeOutcome decodeCount(PathSays path, byte[] body) {
    return BedrockRequestReader.readCount(path, body);
  }

  @Override
  public byte[] tokenCount(long tokens) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().number("inputTokens", tokens).end();
    }
    return out.take();
  }

  @Override
  EncodeOutcome encode(ChatRequest request, Target target) {
    return BedrockRequestWriter.write(request, target);
  }

  @Override
  public byte[] error(ChatError error) {
    return BedrockErrors.body(error);
  }

  @Override
  public Map<String, String> errorHeaders(ChatError error) {
    return Map.of(BedrockErrors.TYPE_HEADER, BedrockErrors.nameOf(error));
  }

  @Override
  public byte[] errorEvent(ChatError error) {
    return BedrockErrors.event(error);
  }

  @Override
  public ChatError readError(int status, byte[] body) {
    return BedrockErrors.read(status, Optional.empty(), body);
  }

  @Override
  public ChatError readError(int status, Function<String, Optional<String>> header, byte[] body) {
    return BedrockErrors.read(status, header.apply(BedrockErrors.TYPE_HEADER), body);
  }

  /** It never tells: a second is where AWS's own clients begin, and Codex gives up without one. */
  @Override
  public Optional<Duration> retryAfter(int status, byte[] body) {
    return status == 429 ? Optional.of(Duration.ofSeconds(1)) : Optional.empty();
  }

  @Override
  public byte[] models(List<ModelEntry> models) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().array("modelSummaries");
      for (ModelEntry model : models) {
        json.object().text("modelId", model.id()).text("modelName", model.id());
        json.flag("responseStreamingSupported", true).end();
      }
      json.end().end();
    }
    return out.take();
  }

  /** There is none that every client passes over. */
  @Override
  public byte[] heartbeat() {
    return Bytes.NONE;
  }

  @Override
  FrameReader frames() {
    return new EventStreamReader();
  }

  @Override
  ReplyReader replyReader() {
    return new BedrockReplyReader();
  }

  @Override
  ReplyWriter replyWriter(ReplyWriter.Head head) {
    return new BedrockReplyWriter(head);
  }
}
