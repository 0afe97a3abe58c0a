package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the gateway is and with which key to ask it: options that several commands share. */
final class GatewayAccess {
  static final String DEFAULT_URL = "http://127.0.0.1:8484";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The gateway (default: OCKHAM_URL, else " + DEFAULT_URL + ").")
  private @Nullable String url;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "One of Ockham's keys (default: OCKHAM_KEY).")
  private @Nullable String key;

  String url(Environment environment) {
    String given =
        Optional.ofNullable(url).or(() -> environment.variable("OCKHAM_URL")).orElse(DEFAULT_URL);
    return given.replaceFirst("/+$", "");
  }

  Optional<String> key(Environment environment) {
    return Optional.ofNullable(key).or(() -> environment.variable("OCKHAM_KEY")).map(String::strip);
  }

  /** A request to a path of the gateway. */
  static HttpRequest.Builder request(String url, String path, String key) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(90))
        .header("authorization", "Bearer " + key);
  }

  /** Its public part only. */
  static String masked(String key) {
    int end = key.lastIndexOf('_');
    return end > 0 ? key.substring(0, end) + "_…" : "…";
  }
}
