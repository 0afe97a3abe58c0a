package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Claude's dialects want back of a thought, whatever a provider signs with. */
final class SignedThoughtTest {

  @ParameterizedTest
  @ValueSource(strings = {"c2ln", "thinking:zz", "redacted:x", "signed:", "text:1", "thinking:9:a"})
  void a_signature_is_never_taken_for_another_form(String signature) {
    assertThat(read(SignedThought.signed(ANTHROPIC_MESSAGES, "", signature)))
        .hasValue(new SignedThought(false, "beside", signature));
    assertThat(read(SignedThought.signed(ANTHROPIC_MESSAGES, "Hm: 1", signature)))
        .hasValue(new SignedThought(false, "Hm: 1", signature));
    assertThat(read(SignedThought.redacted(ANTHROPIC_MESSAGES, signature)))
        .hasValue(new SignedThought(true, "", signature));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "thinking:", "thinking:zz", "thinking:-1:a", "thinking:9:a"})
  void a_broken_state_is_none(String value) {
    assertThat(read(new ReasoningState(ANTHROPIC_MESSAGES, value))).isEmpty();
  }

  @Test
  void a_thought_without_state_has_none() {
    assertThat(SignedThought.of(new Part.Reasoning("Hm.", Optional.empty()))).isEmpty();
  }

  private static Optional<SignedThought> read(ReasoningState state) {
    return SignedThought.of(new Part.Reasoning("beside", Optional.of(state)));
  }
}
