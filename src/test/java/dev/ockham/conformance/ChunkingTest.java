package dev.ockham.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.dialect.CallMemory;
import dev.ockham.dialect.Carriage;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.PathSays;
import dev.ockham.dialect.Reply;
import dev.ockham.dialect.ReplyStream;
import dev.ockham.dialect.Seals;
import dev.ockham.dialect.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However the bytes of a provider's stream are cut, every client is told the same. */
final class ChunkingTest {
  private static final Instant AT = Instant.parse("2026-10-01T12:00:00Z");
  private static final int LONGEST_CHUNK = 160;

  @Test
  void forty_random_cuts_of_every_stream_tell_every_client_the_same() {
    cut(40);
  }

  @Test
  @Tag("long")
  void ten_thousand_random_cuts_of_every_stream_tell_every_client_the_same() {
    cut(10_000);
  }

  private static void cut(int times) {
    var random = new java.util.Random(20261125);
    for (UpstreamSpeaker upstream : Speakers.UPSTREAMS.values()) {
      for (Map.Entry<String, byte[]> stream : streams(upstream).entrySet()) {
        for (ClientSpeaker client : Speakers.CLIENTS.values()) {
          Decoded asked = asked(client);
          byte[] bytes = stream.getValue();
          Outcome whole = carried(client, upstream, asked, List.of(bytes));
          assertThat(whole.text).as("what a client is told").isNotEmpty();
          String pair =
              stream.getKey()
                  + " of "
                  + upstream.dialect().wireName()
                  + " to "
                  + client.dialect().wireName();
          assertThat(carried(client, upstream, asked, pieces(bytes, 1, random)))
              .as(pair + ", byte by byte")
              .isEqualTo(whole);
          for (int i = 0; i < times; i++) {
            List<byte[]> pieces = pieces(bytes, 1 + random.nextInt(LONGEST_CHUNK), random);
            if (!carried(client, upstream, asked, pieces).equals(whole)) {
              // said in full only where it differs: the comparison's text is long
              assertThat(carried(client, upstream, asked, pieces))
                  .as(pair + ", cut after " + pieces.stream().map(piece -> piece.length).toList())
                  .isEqualTo(whole);
            }
          }
        }
      }
    }
  }

  /** What a client gets, and what is noted of it. */
  private record Outcome(String text, String usage, String stop, String failure, long chars) {}

  private static Outcome carried(
      ClientSpeaker client, UpstreamSpeaker upstream, Decoded asked, List<byte[]> pieces) {
    ReplyStream reply =
        Reply.between(
            Wire.of(client.dialect()),
            Wire.of(upstream.dialect()),
            asked,
            new Reply.Telling("r-1", "model", AT, InstantSource.fixed(AT), carriage()));
    var told = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      told.writeBytes(reply.accept(piece));
    }
    told.writeBytes(reply.end());
    return new Outcome(
        told.toString(StandardCharsets.ISO_8859_1),
        reply.usage().toString(),
        reply.stop().toString(),
        reply.failure().toString(),
        reply.outputChars());
  }

  private static Carriage carriage() {
    return new Carriage(Seals.of(new byte[32]).of("org", "provider", "model"), CallMemory.NONE);
  }

  private static Decoded asked(ClientSpeaker client) {
    var offer = new Ask.Offer("lookup", "Looks something up", Json.parse("{\"type\":\"object\"}"));
    ClientSpeaker.Said said =
        client.say(
            Ask.of("model", Turn.User.says("Hello"))
                .streamed(true)
                .offering(Ask.Choice.AUTO, offer));
    Wire wire = Wire.of(client.dialect());
    String[] parts = said.path().split("\\?", 2);
    PathSays path = wire.path(parts[0], parts.length > 1 ? parts[1] : "");
    byte[] body = said.body().toString().getBytes(StandardCharsets.UTF_8);
    return (Decoded) wire.decode(path, body);
  }

  private static Map<String, byte[]> streams(UpstreamSpeaker speaker) {
    var text = new Piece.Text("Grüße, 😀 and a \"quoted\" \\ line\nwith two");
    var one = new Piece.Call("call_1", "lookup", Json.parse("{\"q\":\"été\",\"n\":[1,2]}"));
    var two = new Piece.Call("call_2", "lookup", Json.parse("{\"q\":\"zwei\"}"));
    var thought = new Piece.Thought("hm, let me see", "c3RhdGUgb2YgaXQ=");
    var streams = new LinkedHashMap<String, byte[]>();
    streams.put("text", stream(speaker, Answer.Spoken.of(text)));
    streams.put("calls at once", stream(speaker, Answer.Spoken.of(text, one, two).atOnce()));
    if (speaker.thinks()) {
      streams.put("a thought and a call", stream(speaker, Answer.Spoken.of(thought, text, one)));
    }
    streams.put(
        "an error inside",
        stream(
            speaker,
            Answer.Spoken.of(text).breaking(new Problem(0, Problem.Kind.SERVER, "broken"))));
    byte[] whole = stream(speaker, Answer.Spoken.of(text));
    streams.put("a stream that is cut", Arrays.copyOf(whole, whole.length * 2 / 3));
    return streams;
  }

  private static byte[] stream(UpstreamSpeaker speaker, Answer.Spoken answer) {
    var bytes = new ByteArrayOutputStream();
    speaker.stream(answer, "model", true).forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static List<byte[]> pieces(byte[] bytes, int longest, RandomGenerator random) {
    var pieces = new ArrayList<byte[]>();
    for (int at = 0; at < bytes.length; ) {
      int to = Math.min(bytes.length, at + 1 + random.nextInt(longest));
      pieces.add(Arrays.copyOfRange(bytes, at, to));
      at = to;
    }
    return pieces;
  }
}
