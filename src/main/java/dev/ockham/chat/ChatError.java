package dev.ockham.chat;

/**
 * An error as a client will be told of it, in whatever dialect it speaks.
 *
 * @param status the HTTP status it is, or would have been
 * @param kind what sort of error, which each dialect has a word for
 * @param code a short machine-readable word, such as {@code model_not_found}; may be empty
 * @param message for the reader: what was wrong, what was expected, what to do
 */
public record ChatError(int status, Kind kind, String code, String message) {
  /** The sorts of error that the dialects tell apart. */
  public enum Kind {
    INVALID_REQUEST,
    AUTHENTICATION,
    PERMISSION,
    NOT_FOUND,
    TOO_LARGE,
    RATE_LIMIT,
    BUDGET,
    OVERLOADED,
    TIMEOUT,
    SERVER
  }

  /** The kind that a status alone tells. */
  public static Kind kindOf(int status) {
    return switch (status) {
      case 401 -> Kind.AUTHENTICATION;
      case 402 -> Kind.BUDGET;
      case 403 -> Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      case 408, 504 -> Kind.TIMEOUT;
      case 413 -> Kind.TOO_LARGE;
      case 429 -> Kind.RATE_LIMIT;
      case 503, 529 -> Kind.OVERLOADED;
      default -> status >= 500 ? Kind.SERVER : Kind.INVALID_REQUEST;
    };
  }
}
