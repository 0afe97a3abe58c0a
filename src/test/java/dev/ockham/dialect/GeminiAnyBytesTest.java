package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.GEMINI_GENERATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken bytes from either side are values in the end, never exceptions. */
class GeminiAnyBytesTest {
  private static final int TIMES = 2000;
  private static final byte[] BYTES = "{}[]\",:\\0-nut \n\r\u0000é\uFEFF".getBytes(UTF_8);

  @Test
  void a_damaged_request_is_read_or_refused() {
    var random = new Random(21);
    int read = 0;
    for (int i = 0; i < TIMES; i++) {
      byte[] body = damaged(GeminiPayloads.REQUEST, random);
      switch (Wire.of(GEMINI_GENERATE).decode(GeminiPayloads.WHOLE, body)) {
        case DecodeOutcome.Decoded decoded -> {
          read++;
          List<Edit> edits = List.of(new Edit.CapOutput(10), new Edit.DropSampling());
          for (Dialect upstream : Dialect.values()) {
            RequestBody.Outcome outcome =
                RequestBody.prepare(
                    decoded,
                    Wire.of(upstream),
                    Target.of("m", OptionalLong.empty()),
                    edits,
                    Bodies.CARRIAGE);
            if (outcome instanceof RequestBody.Outcome.Prepared prepared) {
              Bodies.json(prepared.body());
            }
          }
        }
        case DecodeOutcome.Malformed(var error) -> assertThat(error.status()).isEqualTo(400);
      }
    }
    assertThat(read).isBetween(TIMES / 10, TIMES);
  }

  @Test
  void a_damaged_reply_is_carried_or_fails() {
    var random = new Random(22);
    for (int i = 0; i < TIMES; i++) {
      List<byte[]> chunks = List.of(damaged(GeminiPayloads.STREAM, random));
      for (Dialect client : Bodies.PAIR) {
        check(Carried.stream(GEMINI_GENERATE, client, true, chunks).reply());
      }
      Carried array =
          GeminiPayloads.toGemini(
              GEMINI_GENERATE, GeminiPayloads.ARRAY, GeminiPayloads.ASK, chunks);
      check(array.reply());
      assertThat(array.text()).startsWith("[").endsWith("]\n");
      check(
          GeminiPayloads.toGemini(
                  Dialect.ANTHROPIC_MESSAGES,
                  GeminiPayloads.EVENTS,
                  GeminiPayloads.ASK,
                  List.of(damaged(Payloads.ANTHROPIC_STREAM, random)))
              .reply());
    }
  }

  private static void check(ReplyStream reply) {
    assertThat(reply.finished() || reply.failure().isPresent()).isTrue();
  }

  private static byte[] damaged(String text, Random random) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextInt(4) == 0 ? (byte) random.nextInt(256) : BYTES[random.nextInt(BYTES.length)];
    }
    return bytes;
  }
}
