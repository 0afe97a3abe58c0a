package dev.ockham.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Network;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.Certificates;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that offer HTTP/2 by ALPN are called with it. */
class Http2Test {
  @TempDir static Path keys;
  private static Certificates certificate;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Queue<HttpVersion> versions = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger reset = new AtomicInteger();
  private Calling calling;

  @BeforeAll
  static void make() {
    certificate = Certificates.make(keys, "ip:127.0.0.1");
  }

  @BeforeEach
  void start() {
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(certificate.certificatePem()))
                            .addKeyValue(Buffer.buffer(certificate.keyPem()))))
            .connectionHandler(connection -> {
              connections.incrementAndGet();
              connection.closeHandler(over -> closed.incrementAndGet());
            })
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    var network =
        new Network(Optional.empty(), Optional.of(certificate.certificatePem()), Optional.empty());
    var access = new Access(new Credential.None(), network, Map.of(), Optional.empty());
    String url = "https://127.0.0.1:" + server.actualPort() + "/v1";
    calling =
        Calling.start(
            folder,
            () -> Calling.keyring("m", access),
            Calling.model("m", Dialect.OPENAI_CHAT, url));
  }

  @AfterEach
  void stop() {
    calling.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void many_calls_at_once_share_a_few_connections() throws Exception {
    assertThat(calling.ask("m").statusCode()).isEqualTo(200);
    assertThat(calling.ask("m").statusCode()).isEqualTo(200);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> asked =
          IntStream.range(0, 64)
              .mapToObj(i -> threads.submit(() -> calling.ask("m").statusCode()))
              .toList();
      for (Future<Integer> each : asked) {
        assertThat(each.get()).isEqualTo(200);
      }
    }
    assertThat(versions).hasSize(66).allMatch(HttpVersion.HTTP_2::equals);
    assertThat(connections.get()).isLessThanOrEqualTo(32);
  }

  @Test
  void a_stream_comes_through_whole() {
    assertThat(calling.stream("m").body()).contains("two").endsWith("data: [DONE]\n\n");
  }

  @Test
  void a_large_request_passes() {
    assertThat(calling.ask("m", "x".repeat(3_000_000)).statusCode()).isEqualTo(200);
  }

  @Test
  void a_client_that_hangs_up_ends_its_stream_and_no_other() throws IOException {
    try (var client = new RawClient(calling.gateway().port())) {
      client.post(
          "/v1/chat/completions", calling.gateway().clientKey(), Calling.body("m", "stall", true));
      client.readUntil("One");
    }
    Eventually.equal(true, () -> reset.get() > 0, Duration.ofSeconds(10));
    assertThat(calling.ask("m").statusCode()).isEqualTo(200);
    assertThat(closed.get()).isZero();
  }

  private void answer(HttpServerRequest request) {
    versions.add(request.version());
    request.exceptionHandler(broken -> {});
    request.response().exceptionHandler(broken -> reset.incrementAndGet());
    request
        .body()
        .onSuccess(body -> {
          String text = body.length() > 10_000 ? "" : body.toString();
          List<String> events = OpenAiReplies.textEvents("One two", 11, 7);
          if (text.contains("\"stream\":true")) {
            request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            if (text.contains("stall")) {
              request.response().write(events.get(0) + events.get(1));
            } else {
              request.response().end(String.join("", events));
            }
          } else {
            request
                .response()
                .putHeader("content-type", "application/json")
                .end(OpenAiReplies.textBody("Hello", 11, 7));
          }
        });
  }
}
