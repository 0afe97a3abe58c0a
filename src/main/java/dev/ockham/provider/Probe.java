package dev.ockham.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Keyring;
import dev.ockham.provider.Call.PassedHeaders;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Asks providers for the cheapest thing that needs their credential, just as a call would reach
 * them: by the same network, with the same headers. It costs nothing at any of them.
 */
public final class Probe implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final byte[] NO_BODY = {};
  private static final byte[] GEMINI_COUNT =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a\"}]}]}".getBytes(UTF_8);
  private static final byte[] BEDROCK_COUNT =
      "{\"input\":{\"converse\":{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}]}}}"
          .getBytes(UTF_8);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Upstreams upstreams;
  private final LongSupplier nanos;

  /**
   * @param nanos monotonic time
   */
  public Probe(Keyring keyring, InstantSource clock, LongSupplier nanos) {
    this.upstreams = new Upstreams(vertx, () -> keyring, Patience.DEFAULT, clock);
    this.nanos = nanos;
  }

  /** What was found of a provider. */
  public sealed interface Finding {
    /** The credential is right, or none is wanted. */
    record Taken(Duration latency) implements Finding {}

    /** The provider wants another credential. */
    record Refused(Duration latency) implements Finding {}

    /** It is there, but does not answer what was asked; that need not matter. */
    record Untried(Duration latency) implements Finding {}

    /** It is there, and says what nobody expected. */
    record Odd(Duration latency, int status) implements Finding {}

    /** It is not to be reached, in words of ours. */
    record Silent(String why) implements Finding {}
  }

  /**
   * Asks one provider; the answer never fails.
   *
   * @param model one of its models, for providers that list none
   */
  public CompletableFuture<Finding> ask(Endpoint endpoint, String model) {
    Promise<Finding> found = Promise.promise();
    long start = nanos.getAsLong();
    Outgoing question = question(endpoint, model);
    context.runOnContext(go -> {
      long timer =
          vertx.setTimer(
              DEADLINE.toMillis(),
              id ->
                  found.tryComplete(
                      new Finding.Silent("no answer within " + DEADLINE.toSeconds() + " s")));
      status(question)
          .onComplete(result -> {
            vertx.cancelTimer(timer);
            found.tryComplete(
                result.succeeded()
                    ? finding(
                        question, result.result(), Duration.ofNanos(nanos.getAsLong() - start))
                    : new Finding.Silent(ProviderFailure.whyNotConnected(result.cause())));
          });
    });
    return found.future().toCompletionStage().toCompletableFuture();
  }

  private Future<Integer> status(Outgoing question) {
    return upstreams
        .open(question)
        .compose(request ->
            (question.body().length == 0
                    ? request.send()
                    : request.send(Bytes.wrap(question.body())))
                .map(response -> {
                  response.exceptionHandler(cut -> {});
                  var _ = request.reset();
                  return response.statusCode();
                }));
  }

  /** A list of models where there is one, else a count of the tokens of one letter. */
  private static Outgoing question(Endpoint endpoint, String model) {
    return switch (endpoint.dialect()) {
      case OPENAI_CHAT, OPENAI_RESPONSES -> list(endpoint, "/models");
      case ANTHROPIC_MESSAGES -> list(endpoint, "/v1/models?limit=1");
      case GEMINI_GENERATE ->
          listsModels(endpoint)
              ? list(endpoint, "/models?pageSize=1")
              : count(
                  endpoint, "/models/" + Addresses.encoded(model) + ":countTokens", GEMINI_COUNT);
      case BEDROCK_CONVERSE ->
          count(endpoint, "/model/" + Addresses.encoded(model) + "/count-tokens", BEDROCK_COUNT);
    };
  }

  /** Vertex does not list what is served in a project. */
  private static boolean listsModels(Endpoint endpoint) {
    return !endpoint.baseUrl().contains("/publishers/");
  }

  private static Outgoing list(Endpoint endpoint, String path) {
    return new Outgoing(endpoint, HttpMethod.GET, "", path, NO_BODY, PassedHeaders.NONE);
  }

  private static Outgoing count(Endpoint endpoint, String path, byte[] body) {
    return new Outgoing(endpoint, HttpMethod.POST, "", path, body, PassedHeaders.NONE);
  }

  /** Who complains about the question has taken the credential; a list leaves nothing to fault. */
  private static Finding finding(Outgoing question, int status, Duration latency) {
    boolean listing = question.method().equals(HttpMethod.GET);
    return switch (status) {
      case 200 -> new Finding.Taken(latency);
      case 401, 403 -> new Finding.Refused(latency);
      // Gemini's word for a wrong key
      case 400 -> listing ? new Finding.Refused(latency) : new Finding.Taken(latency);
      case 404, 405 -> new Finding.Untried(latency);
      default -> new Finding.Odd(latency, status);
    };
  }

  @Override
  public void close() {
    var _ = vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
