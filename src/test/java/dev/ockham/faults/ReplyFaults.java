package dev.ockham.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.faults.Fault.Try;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.Script;
import dev.ockham.testing.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Replies of providers that are not what they should be. */
final class ReplyFaults {
  private static final String LOGIN = "<html><body>Please log in: secret page</body></html>";
  private static final int PIECE = 64 * 1024;
  private static final int PIECES = 1024;

  static final List<Fault> ALL =
      List.of(
          Fault.tried(
              "F9",
              "odd but valid SSE: a byte order mark, lines that end with CR, unknown fields, chunks"
                  + " of one byte that split characters",
              "read as the specification has it: the same answer as from tidy events",
              List.of(
                  odd(FaultClient.CHAT), odd(FaultClient.RESPONSES), odd(FaultClient.MESSAGES))),
          Fault.tried(
              "F11",
              "one line of 64 MB without an end",
              "at most 8 MiB of it are kept; then the provider is hung up on, and the client told",
              List.of(new Try("stream", ReplyFaults::endlessLine))),
          Fault.tried(
              "F12",
              "status 200 and a login page",
              "502 provider_protocol_error; none of the page is passed on",
              List.of(
                  new Try("stream", world -> login(world, true)),
                  new Try("whole", world -> login(world, false)))),
          Fault.tried(
              "F13",
              "text that is no UTF-8, half a surrogate pair, a NUL",
              "bytes that are no UTF-8 are refused; half a pair is passed on or replaced, always in the"
                  + " same way; no event is torn",
              List.of(
                  new Try("a byte 0xFF", ReplyFaults::notUtf8),
                  new Try("half a pair", world -> escaped(world, "\\ud800")),
                  new Try("NUL", world -> escaped(world, "\\u0000")))),
          Fault.tried(
              "F26",
              "a body that unpacks to a thousand times its length",
              "nothing packed is unpacked: a request is refused with 415, a reply with 502",
              List.of(
                  new Try("request in gzip", world -> packedRequest(world, "gzip")),
                  new Try("request in br", world -> packedRequest(world, "br")),
                  new Try("request in zstd", world -> packedRequest(world, "zstd")),
                  new Try("reply in gzip", ReplyFaults::packedReply))));

  private ReplyFaults() {}

  /** The same events, with everything that the specification lets them have. */
  private static Try odd(FaultClient client) {
    return new Try(
        client.wireName(),
        world -> {
          List<String> events = OpenAiReplies.textEvents("Grüße zwei 😀", 11, 7);
          String tidy = text(world, client, request -> Reply.stream(events).then(new Step.Close()));
          var bytes = new ByteArrayOutputStream();
          bytes.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
          for (String event : events) {
            String odd = "id: 7\rfoo: bar\r" + event.replace("\n", "\r");
            bytes.writeBytes(odd.getBytes(StandardCharsets.UTF_8));
          }
          var single = new ArrayList<byte[]>();
          for (byte b : bytes.toByteArray()) {
            single.add(new byte[] {b});
          }
          String heard =
              text(
                  world,
                  client,
                  request -> Reply.streamOf("text/event-stream", single).then(new Step.Close()));
          assertThat(heard).isEqualTo(tidy).contains("zwei");
          return "the same answer";
        });
  }

  /** What the client's words are, without frames, ids and times. */
  private static String text(World world, FaultClient client, Script script) throws IOException {
    world.script(script);
    Heard heard = world.ask(client, World.GPT, true);
    assertThat(heard.status()).isEqualTo(200);
    assertThat(client.hearsCleanEnd(heard.body())).isTrue();
    String field = client == FaultClient.RESPONSES ? "\"delta\":\"" : "\"content\":\"";
    String start = client == FaultClient.MESSAGES ? "\"text_delta\",\"text\":\"" : field;
    var text = new StringBuilder();
    for (int at = heard.body().indexOf(start); at >= 0; at = heard.body().indexOf(start, at + 1)) {
      int from = at + start.length();
      text.append(heard.body(), from, heard.body().indexOf('"', from));
    }
    return text.toString();
  }

  private static String endlessLine(World world) throws IOException {
    String piece = Integer.toHexString(PIECE) + "\r\n" + "x".repeat(PIECE) + "\r\n";
    var sent = new java.util.concurrent.atomic.AtomicInteger();
    world.script(request ->
        Reply.streamHead()
            .chunks(List.of("data: "))
            .then(new Step.Repeat(piece, PIECES, Duration.ZERO, sent::incrementAndGet)));

    Heard heard = world.ask(FaultClient.CHAT, World.GPT, true);

    assertThat(heard.status()).isEqualTo(502);
    assertThat(heard.body()).contains("8388608");
    world.upstream().awaitOpenConnections(0, World.DEADLINE);
    assertThat((long) sent.get() * PIECE).as("bytes that were taken").isLessThan(40L << 20);
    return "502, long before the end of the line; " + world.settled(heard);
  }

  private static String login(World world, boolean stream) throws IOException {
    world.script(request -> Reply.whole(200, "text/html", LOGIN));

    Heard heard = world.ask(FaultClient.CHAT, World.GPT, stream);

    assertThat(heard.status()).isEqualTo(502);
    assertThat(heard.body()).contains("provider_protocol_error").doesNotContain("secret page");
    return "502 provider_protocol_error; " + world.settled(heard);
  }

  private static String notUtf8(World world) throws IOException {
    var pieces = new ArrayList<byte[]>();
    for (String event : OpenAiReplies.textEvents("One BAD three", 11, 7)) {
      pieces.add(event.replace("BAD", "\u00ff").getBytes(StandardCharsets.ISO_8859_1));
    }
    world.script(request -> Reply.streamOf("text/event-stream", pieces));

    Heard heard = world.ask(FaultClient.MESSAGES, World.GPT, true);

    assertThat(FaultClient.MESSAGES.hearsError(heard.body())).isTrue();
    assertThat(FaultClient.MESSAGES.hearsCleanEnd(heard.body())).isFalse();
    return "an error event; " + world.settled(heard);
  }

  private static String escaped(World world, String escape) throws Exception {
    world.script(request ->
        Reply.stream(OpenAiReplies.textEvents("One " + escape, 11, 7)).then(new Step.Close()));

    Heard heard = world.ask(FaultClient.MESSAGES, World.GPT, true);

    assertThat(heard.status()).isEqualTo(200);
    assertThat(FaultClient.MESSAGES.hearsCleanEnd(heard.body())).isTrue();
    assertThat(heard.body()).doesNotContain("\u0000");
    byte[] bytes = heard.body().getBytes(StandardCharsets.ISO_8859_1);
    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)); // refuses what is none
    return "a whole answer of whole events; " + world.settled(heard);
  }

  private static String packedRequest(World world, String coding) throws IOException {
    int before = world.upstream().received().size();
    Heard heard =
        world.ask(
            "/v1/chat/completions",
            FaultClient.CHAT.body(World.GPT, false),
            "content-encoding: " + coding);

    assertThat(heard.status()).isEqualTo(415);
    assertThat(heard.body()).contains(coding);
    assertThat(world.upstream().received()).hasSize(before);
    return "415, and no provider was called";
  }

  private static String packedReply(World world) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(OpenAiReplies.textBody("Hello", 11, 7).getBytes(StandardCharsets.UTF_8));
    }
    world.script(request ->
        Reply.bytes(200, "application/json", packed.toByteArray(), "content-encoding: gzip"));

    Heard heard = world.ask(FaultClient.CHAT, World.GPT, false);

    assertThat(heard.status()).isEqualTo(502);
    assertThat(heard.body()).contains("provider_protocol_error");
    return "502 provider_protocol_error; " + world.settled(heard);
  }
}
