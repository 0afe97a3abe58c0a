package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Errors in Bedrock's words: a text in the body, and a name in a header or an event's type. */
final class BedrockErrors {
  static final String TYPE_HEADER = "x-amzn-errortype";

  private static final String TOO_MUCH = "ServiceQuotaExceededException";
  private static final String MODEL_FAILED = "ModelErrorException";

  private BedrockErrors() {}

  /** The name of an error; one that came from Bedrock keeps its own. */
  static String nameOf(ChatError error) {
    return isName(error.code())
        ? error.code()
        : switch (error.kind()) {
          case INVALID_REQUEST, TOO_LARGE -> "ValidationException";
          case AUTHENTICATION, PERMISSION -> "AccessDeniedException";
          case NOT_FOUND -> "ResourceNotFoundException";
          case RATE_LIMIT -> "ThrottlingException";
          case BUDGET -> TOO_MUCH;
          case OVERLOADED -> "ServiceUnavailableException";
          case TIMEOUT -> "ModelTimeoutException";
          case SERVER -> error.status() == 424 ? MODEL_FAILED : "InternalServerException";
        };
  }

  private static boolean isName(String code) {
    return code.endsWith("Exception")
        && code.chars().allMatch(c -> c < 128 && Character.isLetter(c));
  }

  static byte[] body(ChatError error) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text("message", error.message()).end();
    }
    return out.take();
  }

  /** A stream knows five exceptions; the one for a failing model can tell any status. */
  static byte[] event(ChatError error) {
    String name =
        switch (error.kind()) {
          case INVALID_REQUEST, TOO_LARGE, AUTHENTICATION, PERMISSION, NOT_FOUND ->
              "validationException";
          case RATE_LIMIT, BUDGET -> "throttlingException";
          case OVERLOADED -> "serviceUnavailableException";
          case SERVER, TIMEOUT -> "modelStreamErrorException";
        };
    var out = new Bytes();
    EventStreamWriter.exception(
        name,
        out,
        json -> {
          json.text("message", error.message());
          if (name.equals("modelStreamErrorException")) {
            json.number("originalStatusCode", error.status());
            json.text("originalMessage", error.message());
          }
        });
    return out.take();
  }

  /** What an error's fields say. */
  private static final class Said {
    private String message = "";
    private String type = "";
    private long status = -1;

    void read(JsonReader in) {
      in.beginObject();
      while (in.nextField()) {
        switch (in.name()) {
          case "message", "Message", "errorMessage" -> message = in.textOrEmpty();
          case "__type" -> type = in.textOrEmpty();
          case "originalStatusCode" -> status = in.count();
          default -> in.skip();
        }
      }
    }
  }

  /**
   * A provider's error body.
   *
   * @param name what the header calls it; empty where there is none
   */
  static ChatError read(int status, Optional<String> name, byte[] body) {
    var said = new Said();
    try (JsonReader in = JsonReader.of(body)) {
      said.read(in);
    } catch (Rejected | JacksonException e) {
      said.message = "";
    }
    String type = plain(name.orElse(said.type));
    String message = said.message.isEmpty() ? Errors.read(status, body).message() : said.message;
    return new ChatError(status, kind(status, type), isName(type) ? type : "", message);
  }

  /** The header may go on with a colon and an address; the body's word begins with a namespace. */
  private static String plain(String type) {
    int end = type.indexOf(':');
    String word = end < 0 ? type : type.substring(0, end);
    return word.substring(word.lastIndexOf('#') + 1);
  }

  /** An exception in a stream that had begun with 200. */
  static ChatError readInStream(String name, JsonReader in) {
    var said = new Said();
    said.read(in);
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    int status = said.status >= 400 && said.status <= 599 ? (int) said.status : statusOf(type);
    String message = said.message.isEmpty() ? type : said.message;
    return new ChatError(status, kind(status, type), isName(type) ? type : "", message);
  }

  private static int statusOf(String type) {
    return switch (type) {
      case "ValidationException", TOO_MUCH, "ConflictException" -> 400;
      case "AccessDeniedException" -> 403;
      case "ResourceNotFoundException" -> 404;
      case "ModelTimeoutException" -> 408;
      case MODEL_FAILED, "ModelStreamErrorException" -> 424;
      case "ThrottlingException", "ModelNotReadyException" -> 429;
      case "ServiceUnavailableException" -> 503;
      default -> 500;
    };
  }

  // A quota that is used up is told as 400, and a model that failed as 424: another may do better.
  private static Kind kind(int status, String type) {
    return switch (type) {
      case TOO_MUCH, "ThrottlingException" -> Kind.RATE_LIMIT;
      default -> status == 424 ? Kind.SERVER : ChatError.kindOf(status);
    };
  }
}
