package dev.ockham.provider;

import dev.ockham.chat.ChatError;

/** How an attempt ended. */
public sealed interface AttemptEnd {
  /** Of a whole answer; one that was read on for its usage alone has no client any more. */
  static AttemptEnd whole(Answer answer) {
    return answer.gone() ? new ClientLeft() : new Completed();
  }

  /** The client has the whole answer. */
  record Completed() implements AttemptEnd {}

  /** The client has part of an answer, and was told why it ends. */
  record BrokenOff(ChatError why) implements AttemptEnd {}

  /** The client left; the provider was hung up on. */
  record ClientLeft() implements AttemptEnd {}

  /**
   * The client has nothing yet.
   *
   * @param head what the provider's reply said before its body, if there was one
   * @param own the provider's error body, where that may be told to a client of its dialect; empty
   *     where there is none such
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  record Failed(ProviderFailure failure, ReplyHead head, byte[] own) implements AttemptEnd {
    private static final byte[] NOTHING = {};

    /** A failure without a reply. */
    public static Failed of(ProviderFailure failure) {
      return new Failed(failure, ReplyHead.NONE, NOTHING);
    }
  }
}
