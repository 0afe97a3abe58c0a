package dev.ockham.serve;

import dev.ockham.catalog.Charge;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import dev.ockham.provider.Bytes;
import dev.ockham.report.ChargeExport;
import dev.ockham.report.FocusExport;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.Charges;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/charges}: what was charged in a time, by the hour, as CSV: ours or FOCUS. A
 * slice at a time is written, so that a slow reader holds up nobody.
 */
final class ChargesEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ChargesEndpoint.class);
  private static final int SLICE = 1_000;
  private static final CharSequence CSV = HttpHeaders.createOptimized("text/csv; charset=utf-8");

  private final Loop loop;

  ChargesEndpoint(Loop loop) {
    this.loop = loop;
  }

  /** How charges are written. */
  @SuppressWarnings("ImmutableEnumChecker") // a method without state
  private enum Format {
    FOCUS(FocusExport.header(), FocusExport::line),
    CSV(ChargeExport.header(), ChargeExport::line);

    private final String header;
    private final Function<Charge, String> line;

    Format(String header, Function<Charge, String> line) {
      this.header = header;
      this.line = line;
    }
  }

  void charges(Arrival arrival) {
    Format format;
    Instant from;
    Instant to;
    try {
      format = format(arrival);
      from = day(arrival, "from");
      to = day(arrival, "to");
    } catch (Refusal wrong) {
      Problem.tell(arrival, wrong.error());
      return;
    }
    String organisation = arrival.caller().orElseThrow().organisation();
    loop.await(loop.gateway().store().charges().between(organisation, from, to))
        .onSuccess(charges -> write(arrival, format, charges))
        .onFailure(cause -> tellFailure(arrival, cause));
  }

  private void write(Arrival arrival, Format format, List<Charge> charges) {
    HttpServerResponse response = arrival.http().response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, CSV);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setChunked(true);
    response
        .write(format.header + "\r\n")
        .compose(_ -> rest(response, format, charges, 0))
        .compose(_ -> response.end())
        .onFailure(gone -> response.reset());
  }

  private Future<Void> rest(
      HttpServerResponse response, Format format, List<Charge> charges, int from) {
    if (from >= charges.size()) {
      return Future.succeededFuture();
    }
    int to = Math.min(from + SLICE, charges.size());
    return loop.elsewhere(() -> bytes(format, charges.subList(from, to)))
        .compose(bytes -> response.write(Bytes.wrap(bytes)))
        .compose(_ -> rest(response, format, charges, to));
  }

  private static byte[] bytes(Format format, List<Charge> charges) {
    var text = new StringBuilder(charges.size() * 400);
    for (Charge charge : charges) {
      text.append(format.line.apply(charge)).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void tellFailure(Arrival arrival, Throwable cause) {
    Throwable why = cause instanceof CompletionException ? cause.getCause() : cause;
    if (why instanceof Charges.TooMany) {
      Problem.tell(
          arrival,
          error("too_many_charges", "more than " + Charges.MOST + " charges: ask for fewer days"));
    } else {
      LOG.error("request {} failed: {}", arrival.id(), Traces.withoutMessages(cause));
      Problem.tell(arrival, Errors.bug());
    }
  }

  private static Format format(Arrival arrival) {
    String name = Objects.requireNonNullElse(parameter(arrival, "format"), "csv");
    return switch (name) {
      case "csv" -> Format.CSV;
      case "focus" -> Format.FOCUS;
      default -> throw wrong("format", name, "csv or focus");
    };
  }

  private static Instant day(Arrival arrival, String name) {
    String text = Objects.requireNonNullElse(parameter(arrival, name), "");
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException noDay) {
      throw wrong(name, text, "a day, UTC, such as 2026-11-01; \"to\" is not included");
    }
  }

  private static @Nullable String parameter(Arrival arrival, String name) {
    try {
      return arrival.http().getParam(name);
    } catch (IllegalArgumentException broken) {
      throw wrong("query", "", "percent signs followed by two hexadecimal digits");
    }
  }

  private static Refusal wrong(String name, String value, String expected) {
    return Refusal.because(
        error(
            "invalid_parameter",
            name + " \"" + HeaderText.clean(value) + "\" (expected: " + expected + ")"));
  }

  private static ChatError error(String code, String message) {
    return new ChatError(400, Kind.INVALID_REQUEST, code, message);
  }
}
