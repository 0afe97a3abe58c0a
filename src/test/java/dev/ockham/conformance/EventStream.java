package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/**
 * Amazon's event stream: each message has its length, the length of its headers, a checksum of
 * both, headers, a payload, and a checksum of all.
 */
final class EventStream {
  private static final int PRELUDE = 12;
  private static final int TEXT_HEADER = 7;

  /** A message; its payload is JSON. */
  record Message(Map<String, String> headers, JsonNode payload) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private EventStream() {}

  static byte[] event(String type, JsonNode payload) {
    return message(
        Map.of(":message-type", "event", ":event-type", type, ":content-type", "application/json"),
        payload);
  }

  static byte[] exception(String type, JsonNode payload) {
    return message(
        Map.of(
            ":message-type",
            "exception",
            ":exception-type",
            type,
            ":content-type",
            "application/json"),
        payload);
  }

  private static byte[] message(Map<String, String> headers, JsonNode payload) {
    ByteBuffer head = ByteBuffer.allocate(1024);
    headers.forEach((name, value) -> {
      head.put((byte) name.length()).put(name.getBytes(UTF_8));
      head.put((byte) TEXT_HEADER).putShort((short) value.length()).put(value.getBytes(UTF_8));
    });
    byte[] body = payload.toString().getBytes(UTF_8);
    int length = PRELUDE + head.position() + body.length + Integer.BYTES;
    ByteBuffer message = ByteBuffer.allocate(length);
    message.putInt(length).putInt(head.position());
    message.putInt(checksum(message.array(), 0, 8));
    message.put(head.array(), 0, head.position()).put(body);
    message.putInt(checksum(message.array(), 0, length - Integer.BYTES));
    return message.array();
  }

  private static int checksum(byte[] bytes, int from, int length) {
    var crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** The messages of a whole stream. */
  static List<Message> parse(byte[] stream) {
    var messages = new ArrayList<Message>();
    int at = 0;
    while (at < stream.length) {
      demand(stream.length - at >= PRELUDE + Integer.BYTES, "a whole message at the end");
      ByteBuffer in = ByteBuffer.wrap(stream, at, stream.length - at);
      int length = in.getInt();
      int headers = in.getInt();
      demand(in.getInt() == checksum(stream, at, 8), "the prelude's checksum");
      demand(length <= stream.length - at, "a whole message at the end");
      demand(headers <= length - PRELUDE - Integer.BYTES, "headers inside the message");
      int sum = ByteBuffer.wrap(stream, at + length - Integer.BYTES, Integer.BYTES).getInt();
      demand(sum == checksum(stream, at, length - Integer.BYTES), "the message's checksum");
      messages.add(
          new Message(
              headers(ByteBuffer.wrap(stream, at + PRELUDE, headers).slice()),
              Json.parse(
                  new String(
                      stream,
                      at + PRELUDE + headers,
                      length - PRELUDE - headers - Integer.BYTES,
                      UTF_8))));
      at += length;
    }
    return messages;
  }

  private static Map<String, String> headers(ByteBuffer in) {
    var headers = new LinkedHashMap<String, String>();
    while (in.hasRemaining()) {
      String name = text(in, in.get() & 0xff);
      demand(in.get() == TEXT_HEADER, "headers are texts");
      headers.put(name, text(in, in.getShort() & 0xffff));
    }
    return headers;
  }

  private static String text(ByteBuffer in, int length) {
    var bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }
}
