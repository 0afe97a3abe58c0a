package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;

/**
 * The forms of Anthropic's {@link ReasoningState}: the data of a redacted block after {@code
 * redacted:}, or a signature. A signature holds only for its very text, and some clients give back
 * one without the other, so a state that a reply brought has both.
 */
final class AnthropicState {
  private static final String REDACTED = "redacted:";
  private static final String WITH_TEXT = "thinking:";

  private AnthropicState() {}

  static ReasoningState redacted(String data) {
    return new ReasoningState(Dialect.ANTHROPIC_MESSAGES, REDACTED + data);
  }

  static ReasoningState signed(String signature) {
    return new ReasoningState(Dialect.ANTHROPIC_MESSAGES, signature);
  }

  static ReasoningState signed(String text, String signature) {
    return signed(
        text.isEmpty() ? signature : WITH_TEXT + signature.length() + ":" + signature + text);
  }

  /** Writes the fields of the block that a state came from. */
  static void write(JsonWriter json, Part.Reasoning reasoning, ReasoningState state) {
    String value = state.value();
    if (value.startsWith(REDACTED)) {
      json.text("type", "redacted_thinking").text("data", value.substring(REDACTED.length()));
      return;
    }
    json.text("type", "thinking");
    if (value.startsWith(WITH_TEXT)) {
      int colon = value.indexOf(':', WITH_TEXT.length());
      int text = colon + 1 + Integer.parseInt(value.substring(WITH_TEXT.length(), colon));
      json.text("thinking", value.substring(text));
      json.text("signature", value.substring(colon + 1, text));
    } else {
      json.text("thinking", reasoning.text()).text("signature", value);
    }
  }
}
