package dev.ockham.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.faults.Fault.Try;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests that mean harm, or err badly. */
final class RequestFaults {
  private static final String CHAT = "/v1/chat/completions";
  private static final int DEEP = 100_000;
  private static final int MANY = 1_000_000;

  static final List<Fault> ALL =
      List.of(
          Fault.tried(
              "F27",
              "JSON 100,000 deep, a million keys, a key twice, huge numbers",
              "400 in the client's dialect, and no provider is called; or the one reading that the"
                  + " provider is sent too",
              List.of(
                  new Try("depth", world -> refused(world, nested("[", "]"))),
                  new Try("depth of objects", world -> refused(world, nested("{\"a\":", "}"))),
                  new Try("keys", world -> refused(world, manyKeys())),
                  new Try("model twice", world -> refused(world, "\"model\":\"claude\"")),
                  new Try("huge number", world -> refused(world, "\"max_tokens\":1e999999999")),
                  new Try(
                      "long number",
                      world -> refused(world, "\"max_tokens\":" + "9".repeat(DEEP))))),
          Fault.tried(
              "F28",
              "requests that two servers would read differently",
              "400, or none where the answer cannot be placed, and the connection is closed: what"
                  + " follows is not read as a request",
              smuggled()));

  private RequestFaults() {}

  private static String nested(String open, String close) {
    return "\"metadata\":" + open.repeat(DEEP) + "1" + close.repeat(DEEP);
  }

  private static String manyKeys() {
    var keys = new StringBuilder("\"metadata\":{");
    for (int i = 0; i < MANY; i++) {
      keys.append("\"k").append(i).append("\":1,");
    }
    return keys.append("\"k\":1}").toString();
  }

  private static String refused(World world, String field) throws IOException {
    int before = world.upstream().received().size();
    String body =
        "{\"model\":\"gpt\",%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
            .formatted(field);

    Heard heard = world.ask(CHAT, body);

    assertThat(heard.status()).as(heard.raw()).isEqualTo(400);
    assertThat(heard.body()).contains("invalid_request_error");
    assertThat(world.upstream().received()).hasSize(before);
    return "400 invalid_request_error";
  }

  private static List<Try> smuggled() {
    var tries = new ArrayList<Try>();
    String hidden = "GET /live HTTP/1.1\r\nhost: hidden\r\n\r\n";
    add(
        tries,
        "both a length and chunks",
        "content-length: 4\r\ntransfer-encoding: chunked",
        "0\r\n\r\n" + hidden);
    add(tries, "two lengths", "content-length: 0\r\ncontent-length: 44", hidden);
    add(tries, "two lengths in a list", "content-length: 0, 44", hidden);
    add(tries, "a length with a sign", "content-length: +0", hidden);
    add(tries, "a length below zero", "content-length: -1", hidden);
    add(tries, "chunked, misspelt", "transfer-encoding: xchunked", "0\r\n\r\n" + hidden);
    add(tries, "chunked, not last", "transfer-encoding: chunked, identity", "0\r\n\r\n" + hidden);
    add(tries, "space before the colon", "transfer-encoding : chunked", "0\r\n\r\n" + hidden);
    add(tries, "a folded header", "x-a: b\r\n transfer-encoding: chunked", "0\r\n\r\n" + hidden);
    add(tries, "a folded length", "content-length:\r\n 0", hidden);
    add(tries, "a bare CR in a header", "x-a: b\rtransfer-encoding: chunked", "0\r\n\r\n" + hidden);
    add(tries, "a NUL in a header", "x-a: b\u0000c", hidden);
    add(tries, "a chunk's size with a sign", "transfer-encoding: chunked", "+0\r\n\r\n" + hidden);
    return tries;
  }

  private static void add(List<Try> tries, String name, String header, String rest) {
    tries.add(
        new Try(
            name,
            world -> {
              Heard heard =
                  world.send(
                      "POST %s HTTP/1.1\r\nhost: test\r\nauthorization: Bearer %s\r\n%s\r\n\r\n%s"
                          .formatted(CHAT, world.gateway().clientKey(), header, rest));

              assertThat(heard.status()).as(heard.raw()).isIn(400, 0);
              assertThat(heard.raw()).as("the hidden request's answer").doesNotContain("live\n");
              return heard.status() == 400 ? "400, closed" : "closed";
            }));
  }
}
