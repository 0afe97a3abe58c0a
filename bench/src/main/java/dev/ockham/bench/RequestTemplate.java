package dev.ockham.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * The bytes of a chat request of a given size. A number inside the last user message is rewritten
 * before every send, so that no two requests are the same conversation and nothing can be answered
 * from a memory of the last one.
 */
final class RequestTemplate {
  private static final int DIGITS = 12;
  private static final String NUMBER = "0".repeat(DIGITS);
  private static final String PROSE =
      """
      The town council wants to replace the old pumping station before winter. Two offers were \
      received: one keeps the brick building and renews the motors, the other moves the station \
      uphill and needs a longer pipe. Compare running costs over twenty years, name the risks of \
      each and say which figures are still missing.\
      """;

  private final byte[] bytes;
  private final int numberAt;

  private RequestTemplate(byte[] bytes, int numberAt) {
    this.bytes = bytes;
    this.numberAt = numberAt;
  }

  /** A chat request as an HTTP/1.1 message. */
  static RequestTemplate chat(int port, String key, int bodyBytes, boolean stream) {
    return chat(port, key, Scenario.plain(bodyBytes, stream));
  }

  /** The request of a scenario; its body is good in both dialects. */
  static RequestTemplate chat(int port, String key, Scenario scenario) {
    String body = chatBody(scenario.bodyBytes(), scenario.stream());
    String request =
        "POST "
            + scenario.path()
            + " HTTP/1.1\r\nhost: 127.0.0.1:"
            + port
            + "\r\nauthorization: Bearer "
            + key
            + "\r\ncontent-type: application/json\r\naccept: */*\r\nuser-agent: bench\r\n"
            + "content-length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return new RequestTemplate(request.getBytes(UTF_8), request.indexOf(NUMBER));
  }

  /** The JSON alone, ASCII, of this length. */
  static String chatBody(int bodyBytes, boolean stream) {
    String head =
        "{\"model\":\"auto\",\"max_tokens\":256,"
            + (stream ? "\"stream\":true," : "")
            + "\"messages\":[{\"role\":\"system\",\"content\":\"You are a careful analyst.\"},"
            + "{\"role\":\"user\",\"content\":\"Case "
            + NUMBER;
    String tail = "\"}]}";
    var prose = new StringBuilder(". ");
    int room = bodyBytes - head.length() - tail.length();
    while (prose.length() < room) {
      prose.append(PROSE);
    }
    prose.setLength(room);
    return head + prose + tail;
  }

  int size() {
    return bytes.length;
  }

  /** Fills the buffer with request number {@code number}, ready to be written. */
  void fill(ByteBuffer buffer, long number) {
    buffer.clear();
    buffer.put(bytes);
    long rest = number;
    for (int i = DIGITS - 1; i >= 0; i--) {
      buffer.put(numberAt + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    buffer.flip();
  }
}
