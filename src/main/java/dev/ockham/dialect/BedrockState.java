package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.ReasoningState;
import java.util.Optional;

/**
 * The forms of Bedrock's {@link ReasoningState}: redacted content after {@code redacted:}, or a
 * signature. A signature holds only for its very text, and some clients give back one without the
 * other, so a state that a reply brought has both.
 */
final class BedrockState {
  private static final String REDACTED = "redacted:";
  private static final String WITH_TEXT = "text:";

  private BedrockState() {}

  static ReasoningState redacted(String base64) {
    return new ReasoningState(Dialect.BEDROCK_CONVERSE, REDACTED + base64);
  }

  static ReasoningState signed(String text, String signature) {
    return new ReasoningState(
        Dialect.BEDROCK_CONVERSE,
        text.isEmpty() ? signature : WITH_TEXT + signature.length() + ":" + signature + text);
  }

  /** What a client brought in a place for state; maybe one of our envelopes. */
  static Optional<ReasoningState> brought(String slot, ReasoningState own) {
    if (Seals.isSealed(slot)) {
      return Optional.of(new ReasoningState(Dialect.BEDROCK_CONVERSE, slot));
    }
    return slot.isEmpty() ? Optional.empty() : Optional.of(own);
  }

  /** Writes the block that a state came from. */
  static void write(JsonWriter json, String text, String value) {
    json.object("reasoningContent");
    if (value.startsWith(REDACTED)) {
      json.text("redactedContent", value.substring(REDACTED.length()));
    } else if (value.startsWith(WITH_TEXT)) {
      int colon = value.indexOf(':', WITH_TEXT.length());
      int textAt = colon + 1 + Integer.parseInt(value.substring(WITH_TEXT.length(), colon));
      signed(json, value.substring(textAt), value.substring(colon + 1, textAt));
    } else {
      signed(json, text, value);
    }
    json.end();
  }

  private static void signed(JsonWriter json, String text, String signature) {
    json.object("reasoningText").text("text", text).text("signature", signature).end();
  }
}
