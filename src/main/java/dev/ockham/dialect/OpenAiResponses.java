package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.util.List;

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
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public DecodeOutcome decode(PathSays path, byte[] body) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  EncodeOutcome encode(ChatRequest request, Target target) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public byte[] error(ChatError error) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public byte[] errorEvent(ChatError error) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public byte[] models(List<ModelEntry> models) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public byte[] heartbeat() {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  ReplyReader replyReader() {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  ReplyWriter replyWriter(ReplyWriter.Head head) {
    throw new UnsupportedOperationException("under construction");
  }
}
