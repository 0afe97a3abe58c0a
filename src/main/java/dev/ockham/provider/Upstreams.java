package dev.ockham.provider;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Keyring;
import dev.ockham.chat.Dialect;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All providers as one event loop calls them. Addresses come from endpoints alone, and a credential
 * goes only to the endpoint it belongs to. Redirects are not followed.
 */
final class Upstreams {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence ANTHROPIC_VERSION =
      HttpHeaders.createOptimized("anthropic-version");
  private static final CharSequence ANTHROPIC_BETA = HttpHeaders.createOptimized("anthropic-beta");

  /** Of one provider; some name what is asked for but once. */
  private static final int MOST_PATHS = 4_096;

  private static final String DEFAULT_ANTHROPIC_VERSION = "2023-06-01";

  private final Vertx vertx;
  private final Supplier<Keyring> keyring;
  private final InstantSource clock;
  private final Connections connections;
  private final Map<Endpoint, Upstream> known = new HashMap<>();
  private Keyring inForce = Keyring.EMPTY;

  /**
   * @param paths what was asked there, by method, model and path; a few for each of its models
   */
  private record Upstream(
      Access access,
      HttpClient client,
      Authorization authorization,
      Map<Asked, RequestOptions> paths) {
    /** All that it needs: its own, and the one that asks for its tokens. */
    Stream<HttpClient> clients() {
      return Stream.concat(Stream.of(client), authorization.client().stream());
    }

    RequestOptions at(Outgoing request) {
      if (paths.size() >= MOST_PATHS) {
        paths.clear();
      }
      return paths.computeIfAbsent(
          new Asked(request.method().name(), request.model(), request.path()),
          asked -> Addresses.of(request, access));
    }
  }

  private record Asked(String method, String model, String path) {}

  /** Made on the event loop that will use it. */
  Upstreams(Vertx vertx, Supplier<Keyring> keyring, Patience patience, InstantSource clock) {
    this.vertx = vertx;
    this.keyring = keyring;
    this.clock = clock;
    this.connections = new Connections(vertx, patience);
  }

  /** A request with all its headers, on a connection of its own; only its body is to be sent. */
  Future<HttpClientRequest> open(Outgoing asked) {
    Upstream upstream = upstream(asked.endpoint());
    RequestOptions address = upstream.at(asked);
    return upstream
        .authorization
        .of(asked, address)
        .compose(credential ->
            upstream
                .client
                .request(address)
                .map(request -> {
                  MultiMap headers = request.headers();
                  headers.set(HttpHeaders.CONTENT_TYPE, JSON);
                  if (asked.endpoint().dialect() == Dialect.ANTHROPIC_MESSAGES) {
                    addAnthropic(headers, asked.headers());
                  }
                  upstream.access.headers().forEach(headers::set);
                  credential.forEach(headers::set);
                  return request;
                }));
  }

  private static void addAnthropic(MultiMap headers, Call.PassedHeaders passed) {
    headers.set(ANTHROPIC_VERSION, passed.anthropicVersion().orElse(DEFAULT_ANTHROPIC_VERSION));
    passed.anthropicBeta().ifPresent(beta -> headers.set(ANTHROPIC_BETA, beta));
  }

  void close() {
    connections.close();
  }

  @SuppressWarnings("ReferenceEquality") // another snapshot may say the same; it costs a look
  private Upstream upstream(Endpoint endpoint) {
    Keyring now = keyring.get();
    if (now != inForce) {
      inForce = now;
      forgetOld();
    }
    return known.computeIfAbsent(endpoint, this::prepare);
  }

  /** What did not change keeps its connections and tokens. */
  private void forgetOld() {
    known.entrySet().removeIf(entry -> !entry.getValue().access.equals(inForce.to(entry.getKey())));
    connections.keepOnly(
        known.values().stream().flatMap(Upstream::clients).collect(Collectors.toSet()));
  }

  private Upstream prepare(Endpoint endpoint) {
    Access access = inForce.to(endpoint);
    return new Upstream(
        access,
        connections.to(endpoint.baseUrl(), access.network()),
        authorization(access),
        new HashMap<>());
  }

  private Authorization exchanged(Credential.GoogleAccount account, HttpClient client) {
    return new Authorization.Exchanged(new GoogleTokens(vertx, account, client, clock), client);
  }

  private Authorization authorization(Access access) {
    return switch (access.credential()) {
      case Credential.None() -> new Authorization.Fixed(Future.succeededFuture(Map.of()));
      case Credential.Key key -> Authorization.Fixed.of(key);
      case Credential.AwsKeys keys ->
          new Authorization.Signed(
              new AwsSignature(keys, Authorization.Signed.SERVICE), vertx, clock);
      case Credential.GoogleAccount account ->
          exchanged(account, connections.to(account.tokenUrl(), access.network()));
    };
  }

  static void hangUp(@Nullable HttpClientRequest open) {
    if (open != null) {
      var _ = open.reset();
    }
  }
}
