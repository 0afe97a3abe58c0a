package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.util.List;

/** Gemini generateContent. */
final class GeminiGenerate extends Wire {
  static final GeminiGenerate WIRE = new GeminiGenerate();

  private GeminiGenerate() {}

  @Override
  public Dialect dialect() {
    return Dialect.GEMINI_GENERATE;
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
