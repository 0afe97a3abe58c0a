package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;

/** Errors in the words of both dialects, which differ little. */
final class Errors {
  private static final int LONGEST_RAW_TEXT = 500;

  private Errors() {}

  /** What an error object says, its fields in any order. */
  private static final class Said {
    private String type = "";
    private String code = "";
    private String message = "";
    private boolean present;

    void read(JsonReader in) {
      if (in.isText()) {
        present = true;
        message = in.textOrEmpty();
        return;
      }
      if (!in.isObject()) {
        in.skip();
        return;
      }
      present = true;
      while (in.nextField()) {
        switch (in.name()) {
          case "type" -> type = in.textOrEmpty();
          case "code", "error_code" -> code = in.isText() ? in.textOrEmpty() : code;
          case "message" -> message = in.textOrEmpty();
          case "details" -> details(in);
          default -> in.skip();
        }
      }
    }

    private void details(JsonReader in) {
      if (!in.isObject()) {
        in.skip();
        return;
      }
      while (in.nextField()) {
        if (in.name().equals("error_code") && in.isText()) {
          code = in.textOrEmpty();
        } else {
          in.skip();
        }
      }
    }

    ChatError error(int status) {
      String word = code.isEmpty() ? type : code;
      return new ChatError(status, kind(status), word, message.isEmpty() ? word : message);
    }

    private Kind kind(int status) {
      if (code.equals("insufficient_quota")
          || code.equals("enforced_spend_limit_reached")
          || type.equals("billing_error")) {
        return Kind.BUDGET;
      }
      return ChatError.kindOf(status);
    }
  }

  /** A provider's error body of either shape: {@code {"error": …}} or {@code {"message": …}}. */
  static ChatError read(int status, byte[] body) {
    var said = new Said();
    try (JsonReader in = JsonReader.of(body)) {
      in.beginObject();
      while (in.nextField()) {
        switch (in.name()) {
          case "error" -> said.read(in);
          case "message", "detail" -> {
            said.message = said.present ? said.message : in.textOrEmpty();
            in.skip();
          }
          default -> in.skip();
        }
      }
    } catch (Rejected | JacksonException e) {
      said.message = "";
    }
    if (said.present || !said.message.isEmpty()) {
      return said.error(status);
    }
    return new ChatError(status, ChatError.kindOf(status), "", raw(status, body));
  }

  /** The {@code error} object inside a stream, which has no status of its own. */
  static ChatError readInStream(JsonReader in) {
    var said = new Said();
    said.read(in);
    return said.error(statusOf(said.type, said.code));
  }

  /** An error in a stream that is told without a status. */
  static ChatError said(String type, String code, String message) {
    var said = new Said();
    said.type = type;
    said.code = code;
    said.message = message;
    return said.error(statusOf(type, code));
  }

  private static int statusOf(String type, String code) {
    return switch (type) {
      case "invalid_request_error" -> 400;
      case "authentication_error" -> 401;
      case "billing_error" -> 402;
      case "permission_error" -> 403;
      case "not_found_error" -> 404;
      case "request_too_large" -> 413;
      case "rate_limit_error", "insufficient_quota", "tokens", "requests" -> 429;
      case "timeout_error" -> 504;
      case "overloaded_error" -> 529;
      default -> code.equals("rate_limit_exceeded") ? 429 : 500;
    };
  }

  private static String raw(int status, byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, 4 * LONGEST_RAW_TEXT), StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return "The provider answered " + status + " without a text";
    }
    return text.length() <= LONGEST_RAW_TEXT ? text : text.substring(0, LONGEST_RAW_TEXT) + "…";
  }

  static void writeOpenAi(JsonWriter json, ChatError error) {
    json.object().object("error");
    json.text("message", error.message()).text("type", openAiType(error.kind())).nothing("param");
    String code = error.code().isEmpty() ? openAiCode(error.kind()) : error.code();
    if (code.isEmpty()) {
      json.nothing("code");
    } else {
      json.text("code", code);
    }
    json.end().end();
  }

  static void writeAnthropic(JsonWriter json, ChatError error) {
    json.object().text("type", "error").object("error");
    json.text("type", anthropicType(error.kind())).text("message", error.message());
    json.end().end();
  }

  static String openAiType(Kind kind) {
    return switch (kind) {
      case INVALID_REQUEST, NOT_FOUND, TOO_LARGE, AUTHENTICATION, PERMISSION ->
          "invalid_request_error";
      case RATE_LIMIT -> "rate_limit_error";
      case BUDGET -> "insufficient_quota";
      case OVERLOADED, TIMEOUT, SERVER -> "server_error";
    };
  }

  static String openAiCode(Kind kind) {
    return switch (kind) {
      case AUTHENTICATION -> "invalid_api_key";
      case BUDGET -> "insufficient_quota";
      case RATE_LIMIT -> "rate_limit_exceeded";
      case OVERLOADED -> "overloaded";
      case TIMEOUT -> "timeout";
      case INVALID_REQUEST, PERMISSION, NOT_FOUND, TOO_LARGE, SERVER -> "";
    };
  }

  static String anthropicType(Kind kind) {
    return switch (kind) {
      case INVALID_REQUEST -> "invalid_request_error";
      case AUTHENTICATION -> "authentication_error";
      case PERMISSION -> "permission_error";
      case NOT_FOUND -> "not_found_error";
      case TOO_LARGE -> "request_too_large";
      case RATE_LIMIT -> "rate_limit_error";
      case BUDGET -> "billing_error";
      case OVERLOADED -> "overloaded_error";
      case TIMEOUT -> "timeout_error";
      case SERVER -> "api_error";
    };
  }
}
