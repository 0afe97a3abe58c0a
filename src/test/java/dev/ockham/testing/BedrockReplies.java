package dev.ockham.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Answers as a Bedrock runtime gives them, and their binary streams read back. */
public final class BedrockReplies {
  private static final String TYPE = "application/vnd.amazon.eventstream";

  private BedrockReplies() {}

  /** Answers with a body, or with events where a stream is asked for. */
  public static Script answer(String body, List<String> events) {
    return request ->
        request.path().endsWith("/converse-stream")
            ? stream(events)
            : Reply.json(200, body, "x-amzn-RequestId: aws-1");
  }

  /** A stream of events, each as {@code type {json}} and a chunk of its own. */
  public static Reply stream(List<String> events) {
    Reply reply =
        new Reply(
            List.of(
                new Step.Send(
                    "HTTP/1.1 200 Scripted\r\ncontent-type: "
                        + TYPE
                        + "\r\nx-amzn-requestid: aws-1\r\ntransfer-encoding: chunked\r\n\r\n")));
    for (String event : events) {
      byte[] bytes = bytes(event);
      String length = Integer.toHexString(bytes.length);
      reply = reply.then(new Step.Send(length + "\r\n" + new String(bytes, ISO_8859_1) + "\r\n"));
    }
    return reply.endChunks();
  }

  /** An error; its name is in a header. */
  public static Reply error(int status, String name, String message) {
    return Reply.json(
        status,
        "{\"message\":\"%s\"}".formatted(message),
        "x-amzn-ErrorType: " + name + ":http://x");
  }

  /** The bytes of an event, given as {@code type {json}}. */
  public static byte[] bytes(String event) {
    int space = event.indexOf(' ');
    String type = event.substring(0, space);
    boolean failed = type.endsWith("Exception");
    var headers = new ByteArrayOutputStream();
    header(headers, failed ? ":exception-type" : ":event-type", type);
    header(headers, ":content-type", "application/json");
    header(headers, ":message-type", failed ? "exception" : "event");
    byte[] payload = event.substring(space + 1).getBytes(UTF_8);
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(16 + headers.size() + payload.length);
      out.writeInt(headers.size());
      out.writeInt(crc(bytes.toByteArray(), 0, 8));
      out.write(headers.toByteArray());
      out.write(payload);
      out.writeInt(crc(bytes.toByteArray(), 0, bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    out.write(name.length());
    out.writeBytes(name.getBytes(UTF_8));
    out.write(7);
    out.write(value.length() >> 8);
    out.write(value.length());
    out.writeBytes(value.getBytes(UTF_8));
  }

  /** The events of a stream, each as {@code type {json}}; fails the test where one is damaged. */
  public static List<String> events(byte[] stream) {
    var events = new ArrayList<String>();
    int at = 0;
    while (at < stream.length) {
      var message = ByteBuffer.wrap(stream, at, stream.length - at);
      int length = message.getInt();
      int headers = message.getInt();
      check(message.getInt() == crc(stream, at, 8));
      int end = at + length - 4;
      check(message.getInt(end) == crc(stream, at, length - 4));
      String type = type(ByteBuffer.wrap(stream, at + 12, headers));
      int payload = at + 12 + headers;
      events.add(type + " " + new String(stream, payload, end - payload, UTF_8));
      at += length;
    }
    return events;
  }

  private static String type(ByteBuffer headers) {
    String type = "";
    while (headers.hasRemaining()) {
      String name = text(headers, headers.get());
      check(headers.get() == 7);
      String value = text(headers, headers.getShort());
      if (name.equals(":event-type") || name.equals(":exception-type")) {
        type = value;
      }
    }
    return type;
  }

  private static String text(ByteBuffer from, int length) {
    byte[] text = new byte[length];
    from.get(text);
    return new String(text, UTF_8);
  }

  private static int crc(byte[] bytes, int from, int length) {
    var crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new AssertionError("a damaged event stream");
    }
  }
}
