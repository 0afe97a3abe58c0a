package dev.ockham.provider;

import dev.ockham.catalog.Credential;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Says what goes on a request so that its provider believes it is ours. For one event loop. */
sealed interface Authorization {

  /** The headers to set; they may take a while, and fail with {@link NoToken}. */
  Future<Map<CharSequence, CharSequence>> of(Outgoing request, RequestOptions address);

  /** The client it asks somebody else with, if it does. */
  default Optional<HttpClient> client() {
    return Optional.empty();
  }

  /** The same headers for every request, maybe none. */
  record Fixed(Future<Map<CharSequence, CharSequence>> headers) implements Authorization {
    static Fixed of(Credential.Key key) {
      CharSequence name = HttpHeaders.createOptimized(key.placement().header());
      CharSequence value =
          HttpHeaders.createOptimized(key.placement().prefix() + key.key().reveal());
      return new Fixed(Future.succeededFuture(Map.of(name, value)));
    }

    @Override
    public Future<Map<CharSequence, CharSequence>> of(Outgoing request, RequestOptions address) {
      return headers;
    }
  }

  /** A signature over each request. */
  record Signed(AwsSignature signature, Vertx vertx, InstantSource clock) implements Authorization {
    /** What Bedrock's addresses are signed as. */
    static final String SERVICE = "bedrock";

    /** Longer bodies are hashed elsewhere, so that the loop's other requests need not wait. */
    private static final int LONG_BODY = 256 * 1024;

    @Override
    public Future<Map<CharSequence, CharSequence>> of(Outgoing request, RequestOptions address) {
      return request.body().length <= LONG_BODY
          ? Future.succeededFuture(sign(request, address))
          : vertx
              .executeBlocking(() -> sign(request, address), false)
              .map(headers -> Objects.requireNonNull(headers));
    }

    private Map<CharSequence, CharSequence> sign(Outgoing request, RequestOptions address) {
      String uri = address.getURI();
      int query = uri.indexOf('?');
      var signable =
          new AwsSignature.Signable(
              request.method().name(),
              query < 0 ? uri : uri.substring(0, query),
              query < 0 ? "" : uri.substring(query + 1),
              Map.of("host", host(address), "content-type", "application/json"),
              AwsSignature.sha256(request.body()));
      return Map.copyOf(signature.sign(signable, clock.instant()));
    }

    /** As the client sends it: the port only where it is not the usual one. */
    private static String host(RequestOptions address) {
      int port = address.getPort();
      boolean usual = port == (address.isSsl() ? 443 : 80);
      return usual ? address.getHost() : address.getHost() + ":" + port;
    }
  }

  /** A token that a service account is exchanged for. */
  record Exchanged(GoogleTokens tokens, HttpClient asking) implements Authorization {
    @Override
    public Optional<HttpClient> client() {
      return Optional.of(asking);
    }

    @Override
    public Future<Map<CharSequence, CharSequence>> of(Outgoing request, RequestOptions address) {
      return tokens.current().map(bearer -> Map.of(HttpHeaders.AUTHORIZATION, bearer));
    }
  }

  /** No token could be had for a service account. Its message is ours and holds no secret. */
  final class NoToken extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoToken(String message) {
      super(message);
    }
  }
}
