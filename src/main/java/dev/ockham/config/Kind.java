package dev.ockham.config;

import dev.ockham.catalog.Capability;
import dev.ockham.chat.Dialect;
import dev.ockham.policy.Scope;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a scalar setting may be: its text is taken or not, and what is expected can be said. */
enum Kind {
  ONE("1", "1"),
  NAME("a name: letters, digits, . _ - : / @, up to 200", "[A-Za-z0-9~][A-Za-z0-9._:/@~-]{0,199}"),
  TEXT("text, up to 500 characters", "[^\\r\\n]{1,500}"),
  HOST("a host name or address, such as 127.0.0.1", "[A-Za-z0-9.:_-]{1,255}"),
  PORT("a port, 0 to 65535; 0 lets the system choose", "[0-9]{1,5}"),
  SIZE("a size from 1KiB to 1GiB, such as 32MiB", "[0-9]{1,7}(KiB|MiB|GiB)"),
  DURATION(
      "a duration from 1ms to 3650d, such as 500ms, 30s, 10m, 1h or 90d", "[0-9]{1,9}(ms|s|m|h|d)"),
  FOLDER("a folder; ~ is your home, and a relative one is beside this file", "[^\\r\\n]{1,1000}"),
  FILE("a PEM file; ~ is your home, and a relative one is beside this file", "[^\\r\\n]{1,1000}"),
  PATH("a file; ~ is your home, and a relative one is beside this file", "[^\\r\\n]{1,1000}"),
  PROXY(
      "http://HOST:PORT of an HTTP proxy, or none",
      "none|http://([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}"),
  KEY_HEADER(
      "one of authorization, x-api-key, x-goog-api-key, api-key",
      "authorization|x-api-key|x-goog-api-key|api-key"),
  REGION("a region, such as eu-central-1", "[a-z0-9-]{1,40}"),
  API_VERSION("a version, such as 2024-10-21", "20[0-9]{2}-[0-9]{2}-[0-9]{2}(-preview)?"),
  YES_NO("true or false", "true|false"),
  DIALECT("one of " + dialects(), dialects().replace(", ", "|")),
  BASE_URL("a URL without query, such as https://api.openai.com/v1", "https?://[^\\s?#@]{1,500}"),
  SECRET(
      "${env:NAME} or ${file:/path}: a secret itself never stands in this file",
      "\\$\\{(env:[A-Za-z_][A-Za-z0-9_]*|file:[^}\\r\\n]+)\\}"),
  TOKENS("a whole number of tokens, 1 to 100000000", "[0-9]{1,9}"),
  COUNT("a whole number of tokens, 0 to 100000000", "[0-9]{1,9}"),
  WEIGHT("a whole number, 1 to 1000", "[0-9]{1,4}"),
  CALLS("a whole number of calls, 1 to 1000000", "[0-9]{1,7}"),
  CAPABILITY("one of " + capabilities(), capabilities().replace(", ", "|")),
  PER_MILLION(
      "a decimal from 0 to 10000, US dollars per million tokens, at most 6 decimals",
      "[0-9]{1,5}(\\.[0-9]{1,6})?"),
  DOLLARS("a decimal from 0 to 1000, US dollars, such as 0.01", "[0-9]{1,4}(\\.[0-9]{1,12})?"),
  SHARE("a decimal from 0 to 1, such as 0.85", "[01](\\.[0-9]{1,9})?"),
  SHARE_OF_COST("a percentage from 0% to 100%, such as 12.5%", "[0-9]{1,3}(\\.[0-9]{1,4})?%"),
  TIER("one of standard, flex, priority, batch, fast", "standard|flex|priority|batch|fast"),
  TIME("a time of day such as 16:30", "([01][0-9]|2[0-3]):[0-5][0-9]"),
  SCOPE(
      "a scope: org, unit, team, project, user, agent, key or tag, a colon and a name",
      "(org|unit|team|project|user|agent|key|tag):.{1,200}"),
  SEED("a whole number, up to 18 digits", "[0-9]{1,18}"),
  PERCENT(
      "a decimal from 0 to 100, such as 5 or 0.5, at most 2 decimals",
      "[0-9]{1,3}(\\.[0-9]{1,2})?"),
  HANG_UP("cancel, drain or free", "cancel|drain|free"),
  MODE("one of observe, advise, canary, enforce", "observe|advise|canary|enforce"),
  LABEL("a word, up to 60 characters", "[A-Za-z0-9][A-Za-z0-9._:/-]{0,59}"),
  CEL("an expression such as request.has_images && caller.team == 'claims'", "(?s).{1,2000}"),
  FREE_OR_UNKNOWN("free, unknown, or prices per million tokens", "free|unknown");

  private final String expected;
  private final Pattern pattern;

  Kind(String expected, String pattern) {
    this.expected = expected;
    this.pattern = Pattern.compile(pattern);
  }

  String expected() {
    return expected;
  }

  String pattern() {
    return pattern.pattern();
  }

  boolean accepts(String text) {
    if (!pattern.matcher(text).matches()) {
      return false;
    }
    return switch (this) {
      case PORT -> Integer.parseInt(text) <= 65_535;
      case PROXY ->
          text.equals("none") || url(text).map(uri -> uri.getPort() <= 65_535).orElse(false);
      case SIZE -> size(text) >= 1024 && size(text) <= 1L << 30;
      case DURATION -> between(duration(text), Duration.ofMillis(1), Duration.ofDays(3650));
      case BASE_URL -> url(text).isPresent();
      case TOKENS -> Long.parseLong(text) >= 1 && Long.parseLong(text) <= 100_000_000;
      case COUNT -> Long.parseLong(text) <= 100_000_000;
      case WEIGHT -> Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 1000;
      case CALLS -> Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 1_000_000;
      case PER_MILLION -> atMost(text, 10_000);
      case DOLLARS -> atMost(text, 1000);
      case SHARE_OF_COST -> atMost(text.substring(0, text.length() - 1), 100);
      case SHARE -> atMost(text, 1);
      case PERCENT -> atMost(text, 100);
      case SCOPE -> !Scope.parse(text).name().isBlank();
      default -> true;
    };
  }

  static Duration duration(String text) {
    String unit = text.replaceFirst("^[0-9]+", "");
    long count = Long.parseLong(text.substring(0, text.length() - unit.length()));
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** Bytes. */
  static long size(String text) {
    long count = Long.parseLong(text.substring(0, text.length() - 3));
    return switch (text.charAt(text.length() - 3)) {
      case 'K' -> count << 10;
      case 'M' -> count << 20;
      default -> count << 30;
    };
  }

  static Optional<URI> url(String text) {
    try {
      var uri = new URI(text);
      return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static boolean between(Duration value, Duration low, Duration high) {
    return value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
  }

  private static boolean atMost(String text, int limit) {
    return new BigDecimal(text).compareTo(BigDecimal.valueOf(limit)) <= 0;
  }

  private static String dialects() {
    return String.join(", ", Arrays.stream(Dialect.values()).map(Dialect::wireName).toList());
  }

  private static String capabilities() {
    return String.join(
        ", ", Arrays.stream(Capability.values()).map(CatalogFormat::wireName).toList());
  }
}
