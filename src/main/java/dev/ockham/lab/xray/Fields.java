package dev.ockham.lab.xray;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Reads fields as logs write them: numbers as text in CSV, times in several spellings. */
final class Fields {
  /** No call has more tokens, and no bucket that anybody exports. */
  private static final long MOST_TOKENS = 1_000_000_000_000_000L;

  private static final int MOST_DIGITS = 40;

  private static final DateTimeFormatter SPACED =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter();

  private Fields() {}

  /** The first of these fields that has text. */
  static Optional<String> text(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode value = node.path(name);
      if (value.isValueNode() && !value.isNull() && !value.asString("").isBlank()) {
        return Optional.of(value.asString(""));
      }
    }
    return Optional.empty();
  }

  /** A count of something; empty where there is none or it cannot be one. */
  static OptionalLong count(JsonNode node, String name) {
    Optional<BigDecimal> value = decimal(node, name);
    if (value.isEmpty() || value.get().signum() < 0) {
      return OptionalLong.empty();
    }
    BigDecimal number = value.get();
    return number.compareTo(BigDecimal.valueOf(MOST_TOKENS)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(number.longValue());
  }

  static long countOrZero(JsonNode node, String name) {
    return count(node, name).orElse(0);
  }

  /** A number, also where it is written as text. */
  static Optional<BigDecimal> decimal(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (value.isNumber() || value.isString()) {
      String digits = value.asString("").strip();
      if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
        return Optional.empty();
      }
      try {
        var number = new BigDecimal(digits);
        return Math.abs(number.scale()) > MOST_DIGITS ? Optional.empty() : Optional.of(number);
      } catch (NumberFormatException notOne) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** A point in time: ISO 8601, the same with a blank, a date, or seconds since 1970. */
  static Optional<Instant> time(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode value = node.path(name);
      Optional<Instant> read =
          value.isIntegralNumber()
              ? Optional.of(Instant.ofEpochSecond(value.asLong(0)))
              : text(node, name).flatMap(Fields::time);
      if (read.isPresent()) {
        return read;
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> time(String text) {
    try {
      if (text.length() == 10) {
        return Optional.of(
            text.indexOf('-') > 0
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.ofEpochSecond(Long.parseLong(text)));
      }
      boolean spaced = text.length() > 10 && text.charAt(10) == ' ';
      boolean zoned = text.endsWith("Z") || text.indexOf('+', 10) > 0 || text.lastIndexOf('-') > 10;
      if (zoned) {
        String iso = spaced ? text.replaceFirst(" ", "T") : text;
        return Optional.of(OffsetDateTime.parse(withMinutes(iso)).toInstant());
      }
      return Optional.of(
          (spaced ? LocalDateTime.parse(text, SPACED) : LocalDateTime.parse(text))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException | NumberFormatException unknown) {
      return Optional.empty();
    }
  }

  /** PostgreSQL writes offsets as {@code +00}. */
  private static String withMinutes(String iso) {
    int sign = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
    return sign > 10 && iso.length() - sign == 3 ? iso + ":00" : iso;
  }
}
