package dev.ockham.serve;

import dev.ockham.policy.Caller;
import dev.ockham.store.Keys;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Tells who calls by their key: in {@code Authorization: Bearer}, or where the clients of a dialect
 * put it, which are {@code x-api-key}, {@code api-key} (Azure), {@code x-goog-api-key} and, below
 * Gemini's paths, {@code ?key=} in the address.
 */
final class KeyReader {
  private static final String BEARER = "Bearer ";
  private static final String GEMINI = "/v1beta/";
  private static final String KEY = "key=";
  private static final List<CharSequence> OTHERS =
      List.of(Headers.X_API_KEY, Headers.X_GOOG_API_KEY, Headers.API_KEY);

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
    for (CharSequence name : OTHERS) {
      String key = request.getHeader(name);
      if (key != null && !key.isBlank()) {
        return key.strip();
      }
    }
    return inAddress(request);
  }

  /** Addresses are written down by what stands between; so only where clients know no other way. */
  private static String inAddress(HttpServerRequest request) {
    String path = request.path();
    String query = request.query();
    if (path == null || query == null || !ClientPath.of(path).startsWith(GEMINI)) {
      return "";
    }
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(KEY)) {
        return decoded(pair.substring(KEY.length()));
      }
    }
    return "";
  }

  /** What is no encoding is no key of ours. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException notEncoded) {
      return "";
    }
  }
}
