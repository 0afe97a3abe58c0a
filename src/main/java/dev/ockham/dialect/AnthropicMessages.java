package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.util.List;

/** Anthropic Messages. */
final class AnthropicMessages extends Wire {
  static final AnthropicMessages WIRE = new AnthropicMessages();

  private AnthropicMessages() {}

  @Override
  public Dialect dialect() {
    return Dialect.ANTHROPIC_MESSAGES;
  }

  @Override
  public String requestPath() {
    return "/v1/messages";
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
