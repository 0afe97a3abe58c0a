package dev.ockham.serve;

import dev.ockham.policy.Caller;
import dev.ockham.store.Keys;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Tells who calls by the key in {@code Authorization: Bearer} or {@code x-api-key}. */
final class KeyReader {
  private static final String BEARER = "Bearer ";

  private final Keys keys;

  KeyReader(Keys keys) {
    this.keys = keys;
  }

  /** Fails with a Refusal. */
  Future<Caller> identify(HttpServerRequest request) {
    String presented = presented(request);
    if (presented.isEmpty()) {
      return Future.failedFuture(Refusal.because(Errors.noKey()));
    }
    Optional<Caller> caller = keys.authenticate(presented);
    return caller.isPresent()
        ? Future.succeededFuture(caller.get())
        : Future.failedFuture(Refusal.because(Errors.wrongKey()));
  }

  private static String presented(HttpServerRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    String apiKey = request.getHeader(Headers.X_API_KEY);
    return apiKey == null ? "" : apiKey.strip();
  }
}
