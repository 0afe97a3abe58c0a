package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.util.List;

/** OpenAI Chat Completions. */
final class OpenAiChat extends Wire {
  static final OpenAiChat WIRE = new OpenAiChat();

  private OpenAiChat() {}

  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_CHAT;
  }

  @Override
  public String requestPath() {
    return "/chat/completions";
  }

  @Override
  public DecodeOutcome decode(byte[] body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EncodeOutcome encode(ChatRequest request, Target target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] error(ChatError error) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] errorEvent(ChatError error) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChatError readError(int status, byte[] body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] models(List<ModelEntry> models) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] heartbeat() {
    throw new UnsupportedOperationException();
  }
}
