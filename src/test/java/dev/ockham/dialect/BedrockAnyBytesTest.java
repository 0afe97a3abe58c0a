package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Broken Converse from either side is a value in the end, never an exception. */
class BedrockAnyBytesTest {
  private static final int TIMES = 3000;
  private static final byte[] BYTES = "{}[]\",:\\0-nut \n\r\u0000é".getBytes(UTF_8);

  @Test
  void a_damaged_request_is_read_or_refused() {
    var random = new Random(41);
    int read = 0;
    for (int i = 0; i < TIMES; i++) {
      byte[] body = damaged(BedrockBodies.REQUEST, random);
      switch (BedrockBodies.WIRE.decode(BedrockBodies.STREAM, body)) {
        case DecodeOutcome.Decoded decoded -> {
          read++;
          for (Dialect upstream : Dialect.values()) {
            prepare(decoded, upstream);
          }
        }
        case DecodeOutcome.Malformed(var error) -> assertThat(error.status()).isEqualTo(400);
      }
    }
    assertThat(read).isBetween(TIMES / 20, TIMES);
  }

  private static void prepare(DecodeOutcome.Decoded decoded, Dialect upstream) {
    var target = Target.of("claude-opus-4-7", OptionalLong.empty());
    List<Edit> edits = List.of(new Edit.CapOutput(10), new Edit.DropSampling());
    RequestBody.Outcome outcome =
        RequestBody.prepare(decoded, Wire.of(upstream), target, edits, Bodies.CARRIAGE);
    if (outcome instanceof RequestBody.Outcome.Prepared prepared) {
      Bodies.json(prepared.body());
    }
  }

  @Test
  void a_damaged_whole_reply_is_carried_or_fails() {
    String whole =
        """
        {"output":{"message":{"role":"assistant","content":[
           {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2ln"}}},
           {"reasoningContent":{"redactedContent":"cmVk"}},{"text":"Looking."},
           {"toolUse":{"toolUseId":"t1","name":"weather","input":{"city": "Paris"}}}]}},
         "stopReason":"tool_use","usage":{"inputTokens":5,"outputTokens":3,"totalTokens":8,
           "cacheDetails":[{"ttl":"1h","inputTokens":1}]},"metrics":{"latencyMs":7}}\
        """;
    var random = new Random(42);
    for (int i = 0; i < TIMES; i++) {
      checkEnds(damaged(whole, random), false);
    }
  }

  @Test
  void messages_with_damaged_payloads_are_carried_or_fail() {
    var random = new Random(43);
    for (int i = 0; i < TIMES; i++) {
      var stream = new ByteArrayOutputStream();
      for (String event : BedrockReplyTest.STREAM) {
        int space = event.indexOf(' ');
        String payload = event.substring(space + 1);
        byte[] bytes = random.nextInt(8) == 0 ? damaged(payload, random) : payload.getBytes(UTF_8);
        stream.writeBytes(BedrockBodies.event(event.substring(0, space), bytes));
      }
      checkEnds(stream.toByteArray(), true);
    }
  }

  private static void checkEnds(byte[] reply, boolean streams) {
    for (Dialect client : List.of(Dialect.OPENAI_CHAT, Dialect.ANTHROPIC_MESSAGES)) {
      Carried carried =
          streams
              ? Carried.stream(Dialect.BEDROCK_CONVERSE, client, true, List.of(reply))
              : Carried.whole(Dialect.BEDROCK_CONVERSE, client, new String(reply, UTF_8));
      assertThat(carried.reply().finished() || carried.reply().failure().isPresent()).isTrue();
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
