package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static dev.ockham.chat.Dialect.OPENAI_RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken bytes in Responses are values in the end, never exceptions. */
class OpenAiResponsesAnyBytesTest {
  private static final int TIMES = 2000;
  private static final byte[] BYTES = "{}[]\",:\\0-nut \n\r\u0000é\uFEFF".getBytes(UTF_8);
  private static final List<Dialect> ALL =
      List.of(OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC_MESSAGES);

  @Test
  void a_damaged_request_is_read_or_refused() {
    var random = new Random(21);
    int read = 0;
    for (int i = 0; i < TIMES; i++) {
      byte[] body = damaged(OpenAiResponsesRequestTest.AGENT, random);
      switch (Wire.of(OPENAI_RESPONSES).decode(body)) {
        case DecodeOutcome.Decoded decoded -> {
          read++;
          ALL.forEach(upstream -> checkReadable(prepared(decoded, upstream)));
        }
        case DecodeOutcome.Malformed(var error) -> assertThat(error.status()).isEqualTo(400);
      }
    }
    assertThat(read).isBetween(TIMES / 10, TIMES);
  }

  private static RequestBody.Outcome prepared(DecodeOutcome.Decoded decoded, Dialect upstream) {
    return RequestBody.prepare(
        decoded,
        Wire.of(upstream),
        Target.of("m", OptionalLong.empty()),
        List.of(new Edit.CapOutput(10), new Edit.DropSampling()),
        Bodies.CARRIAGE);
  }

  private static void checkReadable(RequestBody.Outcome outcome) {
    if (outcome instanceof RequestBody.Outcome.Prepared prepared) {
      Bodies.json(prepared.body());
    }
  }

  @Test
  void a_damaged_reply_is_carried_or_fails() {
    var random = new Random(22);
    for (int i = 0; i < TIMES; i++) {
      for (Dialect client : ALL) {
        boolean items = client == OPENAI_RESPONSES;
        String body =
            "{\"model\":\"m\",\"stream\":true,\"max_tokens\":9,%s}"
                .formatted(
                    items
                        ? "\"input\":\"x\""
                        : "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]");
        byte[] stream = damaged(OpenAiResponsesProviderTest.STREAM, random);
        ReplyStream reply = Carried.carry(OPENAI_RESPONSES, client, body, List.of(stream)).reply();
        assertThat(reply.finished() || reply.failure().isPresent()).isTrue();

        byte[] whole = damaged(OpenAiResponsesProviderTest.whole("completed"), random);
        String wanted = body.replace("\"stream\":true,", "");
        ReplyStream complete =
            Carried.carry(OPENAI_RESPONSES, client, wanted, List.of(whole)).reply();
        assertThat(complete.finished() || complete.failure().isPresent()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\n\\ndata: [DONE]\\n\\n",
        "\\r\\revent: response.completed\\rdata: {}\\r\\r",
        "\\u2028data: x\\u2029\\u0085",
        "\\u0000\\\"}]}\\n",
        "\\uD83D half",
        "\\uDE00\\uD83D"
      })
  void model_text_cannot_break_out_of_its_event(String text) {
    String stream =
        "data: {\"id\":\"1\",\"choices\":[{\"delta\":{\"reasoning\":\"T\",\"content\":\"T\",\"tool_calls\":[{\"index\":0,\"id\":\"T\",\"function\":{\"name\":\"T\",\"arguments\":\"T\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n"
            .replace("\"T\"", "\"" + text + "\"");

    List<String> events =
        Carried.carry(
                OPENAI_CHAT,
                OPENAI_RESPONSES,
                "{\"model\":\"m\",\"stream\":true,\"input\":\"x\"}",
                Chunks.whole(stream))
            .events();

    assertThat(OpenAiResponsesGrammar.of(events).response().at("/output").size()).isEqualTo(3);
  }

  private static byte[] damaged(String text, RandomGenerator random) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextInt(4) == 0 ? (byte) random.nextInt(256) : BYTES[random.nextInt(BYTES.length)];
    }
    return bytes;
  }

  @Test
  void a_response_that_has_not_finished_is_no_answer() {
    for (String status : List.of("queued", "in_progress")) {
      Carried carried =
          Carried.whole(
              OPENAI_RESPONSES, Dialect.OPENAI_CHAT, OpenAiResponsesProviderTest.whole(status));
      assertThat(carried.reply().failure()).as(status).isPresent();
      assertThat(carried.text()).contains("has not finished");
    }
  }
}
