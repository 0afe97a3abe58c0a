package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.chat.Dialect;
import java.util.ArrayList;
import java.util.List;

/** A reply carried from a provider to a client in a test: what came out, and what it told. */
record Carried(String text, ReplyStream reply) {
  static Carried stream(Dialect upstream, Dialect client, boolean usage, List<byte[]> chunks) {
    String asked =
        client == Dialect.OPENAI_CHAT
            ? "{\"model\":\"asked\",\"stream\":true,\"stream_options\":{\"include_usage\":"
                + usage
                + "},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
            : "{\"model\":\"asked\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    return carry(upstream, client, asked, chunks);
  }

  static Carried whole(Dialect upstream, Dialect client, String body) {
    String asked =
        "{\"model\":\"asked\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    return carry(upstream, client, asked, Chunks.bytewise(body));
  }

  static Carried carry(Dialect upstream, Dialect client, String asked, List<byte[]> chunks) {
    ReplyStream reply =
        Reply.between(
            Wire.of(client),
            Wire.of(upstream),
            Bodies.decoded(client, asked.getBytes(UTF_8)),
            Bodies.telling("asked"));
    var out = new Bytes();
    for (byte[] chunk : chunks) {
      out.write(reply.accept(chunk));
    }
    out.write(reply.end());
    return new Carried(new String(out.take(), UTF_8), reply);
  }

  /** The data of the events that came out, read as a client reads them. */
  List<String> events() {
    var reader = new SseReader();
    reader.feed(text.getBytes(UTF_8));
    var events = new ArrayList<String>();
    while (reader.next()) {
      if (reader.hasData()) {
        String data =
            new String(
                reader.data(), reader.dataFrom(), reader.dataTo() - reader.dataFrom(), UTF_8);
        events.add((reader.event().isEmpty() ? "" : reader.event() + " ") + data);
      }
    }
    return events;
  }
}
