package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Broken bytes from either side are values in the end, never exceptions. */
class AnyBytesTest {
  private static final int TIMES = 4000;
  private static final byte[] BYTES = "{}[]\",:\\0-nut \n\r\u0000é\uFEFF".getBytes(UTF_8);

  @Test
  void a_damaged_request_is_read_or_refused() {
    var random = new Random(11);
    int read = 0;
    for (int i = 0; i < TIMES; i++) {
      for (Dialect dialect : Bodies.PAIR) {
        String body =
            dialect == Dialect.OPENAI_CHAT ? Payloads.OPENAI_REQUEST : Payloads.ANTHROPIC_REQUEST;
        switch (Wire.of(dialect).decode(damaged(body, random))) {
          case DecodeOutcome.Decoded decoded -> {
            read++;
            for (Dialect upstream : Bodies.PAIR) {
              var target = Target.of("m", OptionalLong.empty());
              List<Edit> edits = List.of(new Edit.CapOutput(10), new Edit.DropSampling());
              checkReadable(
                  RequestBody.prepare(decoded, Wire.of(upstream), target, edits, Bodies.CARRIAGE));
            }
          }
          case DecodeOutcome.Malformed(var error) -> assertThat(error.status()).isEqualTo(400);
        }
      }
    }
    assertThat(read).isBetween(TIMES / 10, TIMES * 2);
  }

  private static void checkReadable(RequestBody.Outcome outcome) {
    if (outcome instanceof RequestBody.Outcome.Prepared prepared) {
      Bodies.json(prepared.body());
    }
  }

  @Test
  void a_damaged_reply_is_carried_or_fails() {
    var random = new Random(12);
    for (int i = 0; i < TIMES; i++) {
      Dialect upstream = i % 2 == 0 ? Dialect.OPENAI_CHAT : Dialect.ANTHROPIC_MESSAGES;
      boolean openAi = upstream == Dialect.OPENAI_CHAT;
      String stream = openAi ? Payloads.OPENAI_INTERLEAVED_TOOLS : Payloads.ANTHROPIC_STREAM;
      String whole = openAi ? Payloads.OPENAI_WHOLE : Payloads.ANTHROPIC_WHOLE;
      for (Dialect client : Bodies.PAIR) {
        ReplyStream streamed =
            Carried.stream(upstream, client, false, List.of(damaged(stream, random))).reply();
        assertThat(streamed.finished() || streamed.failure().isPresent()).isTrue();

        byte[] body = damaged(whole, random);
        ReplyStream complete = Carried.whole(upstream, client, new String(body, UTF_8)).reply();
        assertThat(complete.finished() || complete.failure().isPresent()).isTrue();
      }
    }
  }

  private static byte[] damaged(String text, RandomGenerator random) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextInt(4) == 0 ? (byte) random.nextInt(256) : BYTES[random.nextInt(BYTES.length)];
    }
    return bytes;
  }
}
