package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Short ways to read and compare bodies in tests. */
final class Bodies {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The dialects whose payloads these tests know. */
  static final List<Dialect> PAIR = List.of(Dialect.OPENAI_CHAT, Dialect.ANTHROPIC_MESSAGES);

  static final Carriage CARRIAGE =
      new Carriage(Seals.of(new byte[32]).of("org", "provider", "served"), CallMemory.NONE);

  static Reply.Telling telling(String model) {
    Instant at = Instant.ofEpochSecond(1_795_000_000);
    return new Reply.Telling("named", model, at, InstantSource.fixed(at.plusMillis(120)), CARRIAGE);
  }

  private Bodies() {}

  static DecodeOutcome.Decoded decoded(Dialect dialect, byte[] body) {
    DecodeOutcome outcome = Wire.of(dialect).decode(body);
    assertThat(outcome).isInstanceOf(DecodeOutcome.Decoded.class);
    return (DecodeOutcome.Decoded) outcome;
  }

  static ChatRequest request(Dialect dialect, String body) {
    return decoded(dialect, body.getBytes(UTF_8)).request();
  }

  static ChatError error(Dialect dialect, String body) {
    DecodeOutcome outcome = Wire.of(dialect).decode(body.getBytes(UTF_8));
    assertThat(outcome).isInstanceOf(DecodeOutcome.Malformed.class);
    return ((DecodeOutcome.Malformed) outcome).error();
  }

  static EncodeOutcome.Encoded encoded(Dialect from, String body, Dialect to) {
    EncodeOutcome outcome = Wire.of(to).encode(request(from, body), target());
    assertThat(outcome).isInstanceOf(EncodeOutcome.Encoded.class);
    return (EncodeOutcome.Encoded) outcome;
  }

  static ChatError refused(Dialect from, String body, Dialect to) {
    EncodeOutcome outcome = Wire.of(to).encode(request(from, body), target());
    assertThat(outcome).isInstanceOf(EncodeOutcome.Inexpressible.class);
    return ((EncodeOutcome.Inexpressible) outcome).error();
  }

  private static Target target() {
    return Target.of("served", OptionalLong.of(8000));
  }

  static JsonNode json(String text) {
    return MAPPER.readTree(text);
  }

  static JsonNode json(byte[] text) {
    return MAPPER.readTree(text);
  }
}
