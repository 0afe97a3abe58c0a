package dev.ockham.dialect;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes messages of {@code application/vnd.amazon.eventstream} whose payload is JSON. */
final class EventStreamWriter {
  private static final int STRING = 7;
  private static final byte[] ROOM_FOR_PRELUDE = new byte[EventStreamReader.PRELUDE];

  private EventStreamWriter() {}

  static void event(String type, Bytes out, Consumer<JsonWriter> fields) {
    message(":event-type", type, "event", out, fields);
  }

  static void exception(String type, Bytes out, Consumer<JsonWriter> fields) {
    message(":exception-type", type, "exception", out, fields);
  }

  private static void message(
      String kind, String type, String sort, Bytes out, Consumer<JsonWriter> fields) {
    int from = out.length();
    out.write(ROOM_FOR_PRELUDE);
    header(kind, type, out);
    header(":content-type", "application/json", out);
    header(":message-type", sort, out);
    int headers = out.length() - from - EventStreamReader.PRELUDE;
    try (JsonWriter json = new JsonWriter(out)) {
      json.object();
      fields.accept(json);
      json.end();
    }
    out.patch(from, out.length() - from + EventStreamReader.CHECKSUM);
    out.patch(from + 4, headers);
    out.patch(from + 8, out.checksum(from, from + 8));
    int checksum = out.checksum(from, out.length());
    out.write(new byte[EventStreamReader.CHECKSUM]);
    out.patch(out.length() - EventStreamReader.CHECKSUM, checksum);
  }

  private static void header(String name, String value, Bytes out) {
    byte[] text = value.getBytes(StandardCharsets.US_ASCII);
    out.write(name.length());
    out.write(name);
    out.write(STRING);
    out.write(text.length >> 8);
    out.write(text.length);
    out.write(text);
  }
}
