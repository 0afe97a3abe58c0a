package dev.ockham.dialect;

import dev.ockham.chat.ChatError;

/**
 * Leaves a deep walk through JSON when it cannot go on. Thrown and caught inside this room only; at
 * its walls the error is a value.
 */
final class Rejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ChatError error;

  private Rejected(ChatError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  /** What is wrong with a client's body. */
  static Rejected invalid(String code, String message) {
    return new Rejected(new ChatError(400, ChatError.Kind.INVALID_REQUEST, code, message));
  }

  /** Something a client may well ask, but not of a model that speaks {@code dialect}. */
  static Rejected inexpressible(String what, String dialect, String instead) {
    return invalid(
        "inexpressible",
        what
            + ": cannot be said in "
            + dialect
            + ", the language of the model that would answer ("
            + instead
            + ")");
  }

  /** A provider's reply that cannot be carried over. */
  static Rejected reply(String message) {
    return new Rejected(badReply(message));
  }

  static ChatError badReply(String message) {
    return new ChatError(502, ChatError.Kind.SERVER, "bad_reply", message);
  }

  /** An answer that ended before its end. */
  static ChatError cut() {
    return new ChatError(
        502,
        ChatError.Kind.SERVER,
        "stream_cut",
        "The provider's reply ended before its answer did; ask again");
  }

  ChatError error() {
    return error;
  }
}
