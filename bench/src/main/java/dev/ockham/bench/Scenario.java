package dev.ockham.bench;

import java.time.Duration;

/**
 * One kind of load.
 *
 * @param name how it is called in the table and the JSON
 * @param bodyBytes size of a request body
 * @param path where it is sent, which tells the dialect
 * @param stream whether the reply is an event stream
 * @param paceMillis pause between the events of a stream; 0 writes them at once
 * @param rate requests per second at fixed times (open loop); 0 sends the next one when the last
 *     one is answered (closed loop)
 * @param connections how many connections are used at most
 * @param window how long requests are started
 */
record Scenario(
    String name,
    String path,
    int bodyBytes,
    boolean stream,
    int paceMillis,
    int rate,
    int connections,
    Duration window) {

  private static final String CHAT = "/v1/chat/completions";
  private static final String MESSAGES = "/v1/messages";

  static Scenario closed(String name, int bodyBytes, int connections, Duration window) {
    return new Scenario(name, CHAT, bodyBytes, false, 0, 0, connections, window);
  }

  static Scenario open(int rate, Duration window) {
    return new Scenario("open-" + rate, CHAT, 1024, false, 0, rate, 256, window);
  }

  static Scenario stream(String name, int paceMillis, int connections, Duration window) {
    return new Scenario(name, CHAT, 1024, true, paceMillis, 0, connections, window);
  }

  /** A stream to a client of Anthropic's dialect, from a provider of OpenAI's. */
  static Scenario translated(String name, int paceMillis, int connections, Duration window) {
    return new Scenario(name, MESSAGES, 1024, true, paceMillis, 0, connections, window);
  }

  /** One request, for whoever only asks whether a target answers. */
  static Scenario plain(int bodyBytes, boolean stream) {
    return new Scenario("plain", CHAT, bodyBytes, stream, 0, 0, 1, Duration.ZERO);
  }

  /** Whether only who speaks both dialects can take part. */
  boolean isTranslated() {
    return path.equals(MESSAGES);
  }
}
