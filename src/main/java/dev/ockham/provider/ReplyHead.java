package dev.ockham.provider;

import dev.ockham.dialect.Wire;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's reply says before its body that a client may be told.
 *
 * @param providerRequestId the provider's own name for the call
 * @param contentType of what the client is sent
 * @param advice when to come again, by lower-case name; in any dialect
 * @param limits what is left of the provider's limits, by lower-case name; in its own dialect only
 */
public record ReplyHead(
    Optional<String> providerRequestId,
    String contentType,
    Map<String, String> advice,
    Map<String, String> limits) {
  public static final ReplyHead NONE =
      new ReplyHead(Optional.empty(), "application/json", Map.of(), Map.of());
  private static final int MAX_LENGTH = 200;
  private static final int MAX_HEADERS = 32;

  static ReplyHead of(@Nullable HttpClientResponse head, Wire upstream, String contentType) {
    var advice = new LinkedHashMap<String, String>();
    var limits = new LinkedHashMap<String, String>();
    if (head != null) {
      head.headers()
          .forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (limits.size() + advice.size() < MAX_HEADERS && isTold(value)) {
              if (isAdvice(lower)) {
                advice.putIfAbsent(lower, value);
              } else if (isLimit(lower)) {
                limits.putIfAbsent(lower, value);
              }
            }
          });
    }
    return new ReplyHead(text(head, upstream.requestIdHeader()), contentType, advice, limits);
  }

  /** The head of an error; some dialects tell in its body how long to wait. */
  static ReplyHead refusing(@Nullable HttpClientResponse head, Wire upstream, byte[] body) {
    ReplyHead said = of(head, upstream, NONE.contentType);
    Optional<Duration> wait =
        head == null ? Optional.empty() : upstream.retryAfter(head.statusCode(), body);
    if (wait.isEmpty() || !said.advice.isEmpty()) {
      return said;
    }
    String seconds = Long.toString(wait.get().plusMillis(999).toSeconds());
    return new ReplyHead(
        said.providerRequestId, said.contentType, Map.of("retry-after", seconds), said.limits);
  }

  /**
   * What a reply's head says that no provider of the protocol does; empty where it may be read.
   *
   * @param type of a successful reply's content, or a part of its name
   */
  static Optional<String> misspoken(HttpClientResponse head, String type) {
    int status = head.statusCode();
    if (status != 200) {
      return status >= 400
          ? Optional.empty()
          : Optional.of("status " + status + " (expected: 200 or an error; redirects are refused)");
    }
    String coding = head.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      return Optional.of("content encoding \"" + coding + "\" (expected: none, as asked)");
    }
    String said = head.getHeader(HttpHeaders.CONTENT_TYPE);
    return said != null && said.contains(type)
        ? Optional.empty()
        : Optional.of("content type \"" + said + "\" (expected: " + type + ")");
  }

  static boolean isJson(@Nullable HttpClientResponse head) {
    String type = head == null ? null : head.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.contains("json");
  }

  private static boolean isAdvice(String name) {
    return name.equals("retry-after") || name.equals("retry-after-ms");
  }

  private static boolean isLimit(String name) {
    return name.startsWith("x-ratelimit-")
        || name.startsWith("anthropic-ratelimit-")
        || name.equals("x-should-retry")
        || name.equals("x-amzn-errortype");
  }

  /** A header that may be told on: one that is short and printable ASCII, or none. */
  static Optional<String> text(@Nullable HttpClientResponse head, CharSequence name) {
    return Optional.ofNullable(head == null ? null : head.getHeader(name))
        .filter(ReplyHead::isTold);
  }

  private static boolean isTold(String value) {
    return value.length() <= MAX_LENGTH && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }
}
