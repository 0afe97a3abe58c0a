package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claude Code marks its last tool result for the cache, in every turn. */
final class MarkedResultTest {
  private static final String ASKED =
      """
      {"model":"m","max_tokens":100,"tools":[{"name":"look","input_schema":{"type":"object"}}],
       "messages":[{"role":"user","content":"look"},
        {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"look","input":{}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1",
          "content":[{"type":"text","text":"seen","cache_control":{"type":"ephemeral"}}],
          "cache_control":{"type":"ephemeral"}}]}]}
      """;

  @ParameterizedTest
  @EnumSource(value = Dialect.class, names = "ANTHROPIC_MESSAGES", mode = EnumSource.Mode.EXCLUDE)
  void a_result_with_a_mark_is_said_in_every_dialect(Dialect target) {
    EncodeOutcome.Encoded told = Bodies.encoded(ANTHROPIC_MESSAGES, ASKED, target);

    assertThat(new String(told.body(), StandardCharsets.UTF_8)).contains("seen", "toolu_1");
  }
}
