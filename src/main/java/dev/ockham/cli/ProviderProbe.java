package dev.ockham.cli;

import dev.ockham.chat.Dialect;
import dev.ockham.config.Config;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/** Asks a provider for its models: the cheapest call that needs the credential. */
final class ProviderProbe {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final LongSupplier nanos;

  ProviderProbe(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What was found of a provider. */
  record Finding(boolean good, List<String> row) {}

  CompletableFuture<Finding> of(HttpClient client, String name, Config.Provider provider) {
    boolean anthropic = provider.dialect() == Dialect.ANTHROPIC_MESSAGES;
    var request =
        HttpRequest.newBuilder(
                URI.create(provider.baseUrl() + (anthropic ? "/v1/models" : "/models")))
            .timeout(DEADLINE);
    provider
        .apiKey()
        .ifPresent(key -> {
          if (anthropic) {
            request.header("x-api-key", key.reveal());
          } else {
            request.header("authorization", "Bearer " + key.reveal());
          }
        });
    if (anthropic) {
      request.header("anthropic-version", "2023-06-01");
    }
    long start = nanos.getAsLong();
    return client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
        .handle((response, failure) -> {
          long millis = (nanos.getAsLong() - start) / 1_000_000;
          return failure == null
              ? answered(name, provider, response.statusCode(), millis)
              : silent(name, provider, failure);
        });
  }

  private static Finding answered(String name, Config.Provider provider, int status, long millis) {
    String latency = millis + " ms";
    String key = provider.apiKey().isPresent() ? "taken" : "none, none wanted";
    return switch (status) {
      case 200 -> new Finding(true, List.of(name, "yes", key, latency, ""));
      case 401, 403 ->
          new Finding(
              false,
              List.of(
                  name,
                  "yes",
                  provider.apiKey().isPresent() ? "refused" : "absent",
                  latency,
                  "give a valid key as providers." + name + ".api-key or in its variable"));
      case 404 ->
          new Finding(
              true,
              List.of(
                  name, "yes", "not tried", latency, "it lists no models; that need not matter"));
      default ->
          new Finding(
              false,
              List.of(name, "yes", "unknown", latency, "it answered " + status + "; see base-url"));
    };
  }

  private static Finding silent(String name, Config.Provider provider, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String what =
        switch (cause) {
          case HttpTimeoutException _ -> "no answer within " + DEADLINE.toSeconds() + " s";
          case ConnectException _ -> "no connection";
          default -> cause.getClass().getSimpleName();
        };
    return new Finding(
        false,
        List.of(
            name, "no", "", "", what + " to " + provider.baseUrl() + "; is it up, is it right?"));
  }
}
