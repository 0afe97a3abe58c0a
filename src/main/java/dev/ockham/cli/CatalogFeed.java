package dev.ockham.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches a catalog from an address, where somebody asked for that. Beside the file lies its
 * SHA-256, as {@code sha256sum} writes it, under the same address with {@code .sha256} added:
 * another file is not taken. No redirect is followed.
 */
final class CatalogFeed {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 64 << 20;
  private static final int OK = 200;
  private static final Pattern DIGEST =
      Pattern.compile("^([0-9a-fA-F]{64})(\\s.*)?$", Pattern.DOTALL);

  /** What came of fetching. */
  sealed interface Fetched {
    @SuppressWarnings("ArrayRecordComponent")
    record Catalog(byte[] bytes, String sha256) implements Fetched {}

    /** It is the one that was fetched before. */
    record Unchanged() implements Fetched {}

    record Failed(String why) implements Fetched {}
  }

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Fetches, and waits for it.
   *
   * @param known the SHA-256 of what was fetched before, or empty text
   */
  Fetched fetch(String url, String known) {
    try {
      String expected = digest(url + ".sha256");
      if (expected.equals(known)) {
        return new Fetched.Unchanged();
      }
      byte[] bytes = get(url, MOST_BYTES);
      String actual = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      return actual.equals(expected)
          ? new Fetched.Catalog(bytes, actual)
          : new Fetched.Failed(
              url + " has SHA-256 " + actual + " (expected: " + expected + ", its .sha256 says)");
    } catch (IOException | IllegalArgumentException | CompletionException e) {
      return new Fetched.Failed(url + ": " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String digest(String url) throws IOException {
    String text = new String(get(url, 1 << 10), StandardCharsets.US_ASCII).strip();
    Matcher found = DIGEST.matcher(text);
    if (!found.matches()) {
      throw new IOException(url + " is no SHA-256 (expected: 64 hexadecimal digits)");
    }
    return found.group(1).toLowerCase(Locale.ROOT);
  }

  private byte[] get(String url, int most) throws IOException {
    HttpRequest ask = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).GET().build();
    HttpResponse<byte[]> answer =
        http.sendAsync(ask, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most))
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    if (answer.statusCode() != OK) {
      throw new IOException(url + " answered " + answer.statusCode() + " (expected: 200)");
    }
    return answer.body();
  }
}
