package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Errors in Google's words: {@code {"error": {code, message, status, details}}}. */
final class GeminiErrors {
  private static final String TYPES = "type.googleapis.com/google.rpc.";

  private int code;
  private String message = "";
  private String status = "";
  private String reason = "";
  private String retryDelay = "";

  private GeminiErrors() {}

  /** A provider's error body, which may be wrapped in an array; any bytes will do. */
  static ChatError read(int status, byte[] body) {
    GeminiErrors said = said(body);
    return said.message.isEmpty() && said.status.isEmpty()
        ? Errors.read(status, body)
        : said.error(status);
  }

  /** How long an error body asks to wait; empty where it does not. */
  static Optional<Duration> retryAfter(byte[] body) {
    String delay = said(body).retryDelay;
    if (!delay.matches("\\d{1,6}(\\.\\d{1,9})?s")) {
      return Optional.empty();
    }
    double seconds = Double.parseDouble(delay.substring(0, delay.length() - 1));
    return Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)));
  }

  /** The {@code error} object in a stream, stood on. */
  static ChatError readInStream(JsonReader in) {
    var said = new GeminiErrors();
    said.object(in);
    return said.error(said.code >= 400 && said.code < 600 ? said.code : 500);
  }

  private static GeminiErrors said(byte[] body) {
    var said = new GeminiErrors();
    try (JsonReader in = JsonReader.of(body)) {
      in.value();
      if (in.isArray()) {
        in.nextElement();
      }
      in.object("a JSON object");
      while (in.nextField()) {
        if (in.name().equals("error")) {
          said.object(in);
        } else {
          in.skip();
        }
      }
    } catch (Rejected | JacksonException e) {
      return new GeminiErrors();
    }
    return said;
  }

  private void object(JsonReader in) {
    if (!in.isObject()) {
      message = in.textOrEmpty();
      return;
    }
    while (in.nextField()) {
      switch (in.name()) {
        case "code" -> code = (int) in.count();
        case "message" -> message = in.textOrEmpty();
        case "status" -> status = in.textOrEmpty();
        case "details" -> details(in);
        default -> in.skip();
      }
    }
  }

  private void details(JsonReader in) {
    if (!in.isArray()) {
      in.skip();
      return;
    }
    while (in.nextElement()) {
      if (!in.isObject()) {
        in.skip();
        continue;
      }
      while (in.nextField()) {
        switch (in.name()) {
          case "reason" -> reason = in.textOrEmpty();
          case "retryDelay" -> retryDelay = in.textOrEmpty();
          default -> in.skip();
        }
      }
    }
  }

  private ChatError error(int httpStatus) {
    // a key that Google does not know is, to Google, an invalid argument
    int told = reason.equals("API_KEY_INVALID") ? 401 : httpStatus;
    String word = reason.isEmpty() ? status : reason;
    return new ChatError(told, ChatError.kindOf(told), word, message.isEmpty() ? word : message);
  }

  static void write(JsonWriter json, ChatError error) {
    json.object().object("error").number("code", error.status()).text("message", error.message());
    json.text("status", status(error.kind()));
    if (!error.code().isEmpty()) {
      json.array("details").object().text("@type", TYPES + "ErrorInfo");
      json.text("reason", error.code().toUpperCase(Locale.ROOT)).text("domain", "ockham");
      json.end().end();
    }
    json.end().end();
  }

  private static String status(Kind kind) {
    return switch (kind) {
      case INVALID_REQUEST, TOO_LARGE -> "INVALID_ARGUMENT";
      case AUTHENTICATION -> "UNAUTHENTICATED";
      case PERMISSION -> "PERMISSION_DENIED";
      case NOT_FOUND -> "NOT_FOUND";
      case RATE_LIMIT, BUDGET -> "RESOURCE_EXHAUSTED";
      case OVERLOADED -> "UNAVAILABLE";
      case TIMEOUT -> "DEADLINE_EXCEEDED";
      case SERVER -> "INTERNAL";
    };
  }
}
