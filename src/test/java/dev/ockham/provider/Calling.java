package dev.ockham.provider;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A gateway with a keyring of the test's own, and calls through it. */
final class Calling implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final RunningGateway gateway;

  private Calling(RunningGateway gateway) {
    this.gateway = gateway;
  }

  static Calling start(Path folder, Supplier<Keyring> keyring, Model... models) {
    return start(folder, keyring, Patience.DEFAULT, models);
  }

  static Calling start(Path folder, Supplier<Keyring> keyring, Patience patience, Model... models) {
    var settings = dev.ockham.store.StoreSettings.of(folder, Clock.systemUTC(), new SecureRandom());
    var gateway =
        RunningGateway.gateway(
            RunningGateway.open(settings), RunningGateway.fleet(models), keyring);
    return new Calling(RunningGateway.start(gateway, s -> s.withPatience(patience)));
  }

  static Model model(String id, Dialect dialect, String baseUrl) {
    return RunningGateway.model(id, new Endpoint(id, dialect, baseUrl, DEADLINE));
  }

  static Keyring keyring(String endpoint, Access access) {
    return new Keyring(Map.of(endpoint, access), Optional.empty());
  }

  HttpResponse<String> ask(String model) {
    return ask(model, "Hello");
  }

  HttpResponse<String> ask(String model, String text) {
    return post("/v1/chat/completions", body(model, text, false));
  }

  HttpResponse<String> stream(String model) {
    return post("/v1/chat/completions", body(model, "Hello", true));
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .timeout(DEADLINE)
            .header("authorization", "Bearer " + gateway.clientKey())
            .POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  RunningGateway gateway() {
    return gateway;
  }

  static String body(String model, String text, boolean stream) {
    return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(model, stream, text);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
