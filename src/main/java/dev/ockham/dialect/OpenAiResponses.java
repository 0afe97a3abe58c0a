package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.Optional;

/** OpenAI Responses. */
final class OpenAiResponses extends Wire {
  static final OpenAiResponses WIRE = new OpenAiResponses();

  private OpenAiResponses() {}

  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_RESPONSES;
  }

  @Override
  public String requestPath(String model, boolean stream) {
    return "/responses";
  }

  @Override
  public DecodeOutcome decode(PathSays path, byte[] body) {
    return OpenAiResponsesRequestReader.read(body);
  }

  @Override
  public Optional<String> tokenCountPath(String model) {
    return Optional.of("/responses/input_tokens");
  }

  @Override
  EncodeOutcome encode(ChatRequest request, Target target) {
    return OpenAiResponsesRequestWriter.write(request, target);
  }

  @Override
  public byte[] error(ChatError error) {
    return OpenAiChat.WIRE.error(error);
  }

  /** In a stream of the provider's own, whose count of events only it knows. */
  @Override
  public byte[] errorEvent(ChatError error) {
    return errorEvent(error, 0);
  }

  @Override
  byte[] errorEvent(ChatError error, int passed) {
    var out = new Bytes();
    new OpenAiResponsesEvents(List.of(), passed).event("error", out, json -> error(json, error));
    return out.take();
  }

  /**
   * The fields of an error event: those of the specification, and the error as an object, which is
   * what some clients look for.
   */
  static void error(JsonWriter json, ChatError error) {
    json.text("code", code(error)).text("message", error.message()).nothing("param");
    json.object("error").text("type", Errors.openAiType(error.kind())).text("code", code(error));
    json.text("message", error.message()).nothing("param").end();
  }

  static String code(ChatError error) {
    String code = error.code().isEmpty() ? Errors.openAiCode(error.kind()) : error.code();
    return code.isEmpty() ? Errors.openAiType(error.kind()) : code;
  }

  @Override
  public byte[] models(List<ModelEntry> models) {
    return OpenAiChat.WIRE.models(models);
  }

  @Override
  public byte[] heartbeat() {
    return OpenAiChat.WIRE.heartbeat();
  }

  @Override
  ReplyReader replyReader() {
    return new OpenAiResponsesReplyReader();
  }

  @Override
  ReplyWriter replyWriter(ReplyWriter.Head head) {
    return new OpenAiResponsesReplyWriter(head);
  }
}
