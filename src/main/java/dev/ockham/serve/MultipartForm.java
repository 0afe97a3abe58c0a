package dev.ockham.serve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code multipart/form-data} (RFC 7578) that is there as a whole. */
final class MultipartForm {
  private static final int MOST_FIELDS = 32;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  /**
   * A field's value.
   *
   * @param fileName empty where it is no file
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  record Field(String fileName, byte[] value) {
    String text() {
      return new String(value, StandardCharsets.UTF_8);
    }
  }

  private MultipartForm() {}

  /** The fields by their names; empty where it is no form or not whole. */
  static Optional<Map<String, Field>> read(String contentType, byte[] body) {
    String boundary = parameter(contentType, "boundary");
    if (!contentType.startsWith("multipart/form-data") || boundary.isEmpty()) {
      return Optional.empty();
    }
    byte[] line = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    byte[] between = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    var fields = new HashMap<String, Field>();
    int at = indexOf(body, line, 0);
    while (at >= 0 && fields.size() < MOST_FIELDS) {
      int from = at + (at == 0 ? line.length : between.length);
      if (from + 2 <= body.length && body[from] == '-' && body[from + 1] == '-') {
        return Optional.of(fields);
      }
      int head = indexOf(body, HEAD_END, from);
      int end = head < 0 ? -1 : indexOf(body, between, head + 2);
      if (end < 0) {
        return Optional.empty();
      }
      add(fields, body, new int[] {from, head, end});
      at = end;
    }
    return Optional.empty();
  }

  private static void add(Map<String, Field> fields, byte[] body, int[] at) {
    String head = new String(body, at[0], at[1] - at[0], StandardCharsets.UTF_8);
    for (String line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
        int from = Math.min(at[1] + HEAD_END.length, at[2]);
        var field = new Field(parameter(line, "filename"), Arrays.copyOfRange(body, from, at[2]));
        fields.putIfAbsent(parameter(line, "name"), field);
      }
    }
  }

  /** A parameter of a header, quoted or not. */
  private static String parameter(String header, String name) {
    for (String each : header.split(";", -1)) {
      String parameter = each.strip();
      if (parameter.regionMatches(true, 0, name + "=", 0, name.length() + 1)) {
        String value = parameter.substring(name.length() + 1);
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
      }
    }
    return "";
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int from) {
    for (int i = from; i <= bytes.length - wanted.length; i++) {
      if (bytes[i] == wanted[0]
          && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
