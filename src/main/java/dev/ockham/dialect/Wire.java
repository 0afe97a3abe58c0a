package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One dialect, both directions: what a client says in it, and what a provider is told in it.
 * Stateless; the state of a reply is in {@link ReplyStream}.
 */
public abstract sealed class Wire
    permits OpenAiChat, OpenAiResponses, AnthropicMessages, GeminiGenerate, BedrockConverse {

  /** The speaker of a dialect. */
  public static Wire of(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> OpenAiChat.WIRE;
      case OPENAI_RESPONSES -> OpenAiResponses.WIRE;
      case ANTHROPIC_MESSAGES -> AnthropicMessages.WIRE;
      case GEMINI_GENERATE -> GeminiGenerate.WIRE;
      case BEDROCK_CONVERSE -> BedrockConverse.WIRE;
    };
  }

  public abstract Dialect dialect();

  /**
   * What follows an endpoint's base address to ask for an answer, query included.
   *
   * @param model what the provider calls it; some dialects name it in the address
   * @param stream whether events are wanted; some dialects say so in the address
   */
  public abstract String requestPath(String model, boolean stream);

  /** The content type of a provider's stream, and of a client's. */
  public String streamType() {
    return "text/event-stream";
  }

  /** The header in which a provider names the call, and a client is told. */
  public String requestIdHeader() {
    return "x-request-id";
  }

  /**
   * What the address of a client's request says.
   *
   * @param path as it came, still encoded
   * @param query empty where there is none
   */
  public PathSays path(String path, String query) {
    return PathSays.NOTHING;
  }

  /** Reads a client's body, in a dialect whose addresses say nothing. */
  public final DecodeOutcome decode(byte[] body) {
    return decode(PathSays.NOTHING, body);
  }

  /** Reads a client's body. The array is kept, not copied: the caller must not change it. */
  public abstract DecodeOutcome decode(PathSays path, byte[] body);

  /**
   * What follows an endpoint's base address to have a request's input counted; empty where
   * providers of this dialect do not count.
   *
   * @param model what the provider calls it
   */
  public Optional<String> tokenCountPath(String model) {
    return Optional.empty();
  }

  /** Reads a body whose input is to be counted, not answered. The array is kept, not copied. */
  public DecodeOutcome decodeCount(PathSays path, byte[] body) {
    return decode(path, body);
  }

  /** The answer to a request to count the tokens of an input. */
  public byte[] tokenCount(long tokens) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text("object", "response.input_tokens").number("input_tokens", tokens).end();
    }
    return out.take();
  }

  /** Writes a request for a model that speaks this dialect, and says what it could not say. */
  abstract EncodeOutcome encode(ChatRequest request, Target target);

  /** An error body. */
  public abstract byte[] error(ChatError error);

  /** An error body in the form that the address asked the answer in. */
  public byte[] errorAsAsked(PathSays path, byte[] error) {
    return error;
  }

  /** Headers that belong to an error, by name. */
  public Map<String, String> errorHeaders(ChatError error) {
    return Map.of();
  }

  /** An error inside a stream that has begun; nothing may follow it. */
  public abstract byte[] errorEvent(ChatError error);

  /**
   * The same, in a stream of which so many events have passed: some dialects number them, from 0.
   */
  byte[] errorEvent(ChatError error, int passed) {
    return errorEvent(error);
  }

  /**
   * A provider's error body, with its status and text kept; any bytes will do. To a client of the
   * same dialect the provider's own body says more and should be passed on.
   */
  public ChatError readError(int status, byte[] body) {
    return Errors.read(status, body);
  }

  /** How long to wait after a provider's error, where its dialect says so outside the headers. */
  public Optional<Duration> retryAfter(int status, byte[] body) {
    return Optional.empty();
  }

  /**
   * As above, where the reply's headers may say more than its body.
   *
   * @param header gives a header by its name
   */
  public ChatError readError(int status, Function<String, Optional<String>> header, byte[] body) {
    return readError(status, body);
  }

  /** The whole list of models. */
  public abstract byte[] models(List<ModelEntry> models);

  /**
   * A page of the list of models.
   *
   * @param more whether others follow; only some dialects have pages
   */
  public byte[] models(List<ModelEntry> models, boolean more) {
    return models(models);
  }

  /** The answer about one model; in OpenAI's shape where a dialect has none of its own. */
  public byte[] model(ModelEntry model) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      OpenAiChat.writeModel(json, model);
    }
    return out.take();
  }

  /**
   * What keeps a waiting stream open; may be sent between any two results of a reply. Empty where a
   * dialect has no such thing.
   */
  public abstract byte[] heartbeat();

  /** Cuts a provider's stream into events. */
  FrameReader frames() {
    return new SseReader();
  }

  abstract ReplyReader replyReader();

  abstract ReplyWriter replyWriter(ReplyWriter.Head head);
}
