package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static dev.ockham.chat.Dialect.OPENAI_RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some editors post a Responses body where Chat Completions belong, and wait for its chunks. */
class OpenAiResponsesAtChatTest {
  private static final String BODY =
      """
       {"model":"m","stream":true,"input":[{"role":"user","content":"x"}],"user":"u",
        "tools":[{"type":"function","name":"edit","parameters":{"type":"object"}}]}
      """;

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"OPENAI_CHAT", "OPENAI_RESPONSES", "ANTHROPIC_MESSAGES"})
  void it_is_understood_whoever_answers(Dialect upstream) {
    DecodeOutcome.Decoded decoded = Bodies.decoded(OPENAI_CHAT, BODY.getBytes(UTF_8));
    var outcome =
        RequestBody.prepare(
            decoded,
            Wire.of(upstream),
            Target.of("up", OptionalLong.empty()),
            List.of(),
            Bodies.CARRIAGE);

    var sent = Bodies.json(((RequestBody.Outcome.Prepared) outcome).body());
    assertThat(sent.has(upstream == OPENAI_RESPONSES ? "input" : "messages")).isTrue();
    assertThat(sent.at("/tools").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void it_is_answered_with_chunks(boolean usage) {
    String asked =
        usage
            ? BODY.replace("\"user\":\"u\"", "\"stream_options\":{\"include_usage\":true}")
            : BODY;
    List<String> fromResponses =
        Carried.carry(
                OPENAI_RESPONSES,
                OPENAI_CHAT,
                asked,
                Chunks.whole(OpenAiResponsesProviderTest.STREAM))
            .events();
    List<String> fromChat =
        Carried.carry(OPENAI_CHAT, OPENAI_CHAT, asked, Chunks.whole(Payloads.OPENAI_TEXT_STREAM))
            .events();
    List<String> fromAnthropic =
        Carried.carry(
                ANTHROPIC_MESSAGES, OPENAI_CHAT, asked, Chunks.whole(Payloads.ANTHROPIC_STREAM))
            .events();

    for (List<String> events : List.of(fromResponses, fromChat, fromAnthropic)) {
      assertThat(events.getFirst()).contains("chat.completion.chunk");
      assertThat(events.getLast()).isEqualTo("[DONE]");
      assertThat(events.get(events.size() - 2).contains("prompt_tokens")).isEqualTo(usage);
    }
  }

  @Test
  void a_chat_body_that_lacks_its_messages_is_told_so() {
    assertThat(Bodies.error(OPENAI_CHAT, "{\"model\":\"m\"}").message())
        .startsWith("messages: missing");
    assertThat(
            Bodies.error(OPENAI_CHAT, "{\"model\":\"m\",\"input\":\"x\",\"messages\":7}").message())
        .startsWith("messages: 7");
  }
}
