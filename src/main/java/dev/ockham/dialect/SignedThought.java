package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import java.util.Optional;

/**
 * What Claude's dialects want back of a thought: the data of one that nobody may read, or a
 * signature. A signature holds only for its very text, and some clients give back one without the
 * other, so a state that a reply brought has both. The state begins with the name of its form, so
 * that nothing a provider signs with is taken for another.
 *
 * @param text empty where what stands beside the state is meant
 * @param data of a redacted thought, or the signature
 */
record SignedThought(boolean redacted, String text, String data) {
  private static final String REDACTED = "redacted:";
  private static final String SIGNED = "signed:";
  private static final String WITH_TEXT = "thinking:";

  static ReasoningState redacted(Dialect origin, String data) {
    return new ReasoningState(origin, REDACTED + data);
  }

  static ReasoningState signed(Dialect origin, String text, String signature) {
    return new ReasoningState(
        origin,
        text.isEmpty()
            ? SIGNED + signature
            : WITH_TEXT + signature.length() + ":" + signature + text);
  }

  /** What a client brought in a place for state, as {@code own}; maybe one of our envelopes. */
  static Optional<ReasoningState> brought(String slot, ReasoningState own) {
    if (Seals.isSealed(slot)) {
      return Optional.of(new ReasoningState(own.origin(), slot));
    }
    return slot.isEmpty() ? Optional.empty() : Optional.of(own);
  }

  /** Reads the state of {@code reasoning}; empty where it has none in any of the forms. */
  static Optional<SignedThought> of(Part.Reasoning reasoning) {
    return reasoning.state().flatMap(state -> read(state.value(), reasoning.text()));
  }

  private static Optional<SignedThought> read(String value, String beside) {
    if (value.startsWith(REDACTED)) {
      return Optional.of(new SignedThought(true, "", value.substring(REDACTED.length())));
    }
    if (value.startsWith(SIGNED)) {
      return Optional.of(new SignedThought(false, beside, value.substring(SIGNED.length())));
    }
    return value.startsWith(WITH_TEXT)
        ? withText(value.substring(WITH_TEXT.length()))
        : Optional.empty();
  }

  private static Optional<SignedThought> withText(String rest) {
    int colon = rest.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String both = rest.substring(colon + 1);
    int length;
    try {
      length = Integer.parseInt(rest.substring(0, colon));
    } catch (NumberFormatException broken) {
      return Optional.empty();
    }
    return length < 0 || length > both.length()
        ? Optional.empty()
        : Optional.of(new SignedThought(false, both.substring(length), both.substring(0, length)));
  }
}
