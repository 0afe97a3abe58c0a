package dev.ockham.testing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** One request as it came off the wire. */
public final class Received {
  private final int number;
  private final String head;
  private final Map<String, String> headers;
  private final byte[] body;

  Received(int number, String head, Map<String, String> headers, byte[] body) {
    this.number = number;
    this.head = head;
    this.headers = headers;
    this.body = body;
  }

  /** Counts requests to one upstream from 1. */
  public int number() {
    return number;
  }

  /** Request line and headers as they came. */
  public String head() {
    return head;
  }

  public String path() {
    return head.split(" ", 3)[1];
  }

  public String method() {
    return head.split(" ", 3)[0];
  }

  /** The value of a header, by its lower-case name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public byte[] body() {
    return body.clone();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether the body asks for a stream; good enough for scripts. */
  public boolean asksForStream() {
    return text().replace(" ", "").contains("\"stream\":true");
  }
}
