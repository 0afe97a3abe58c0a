package dev.ockham.store;

import dev.ockham.chat.Usage;
import dev.ockham.ledger.AttemptId;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.PackedRequest;
import dev.ockham.ledger.RequestId;
import java.util.Optional;

/** An item of a batch, at the stations of its way. */
public sealed interface BatchItem {
  /** Which one it is. */
  record Key(String batch, int number) {}

  Key key();

  /**
   * As it came.
   *
   * @param customId the client's name for it
   * @param body the request
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  record Waiting(Key key, String customId, byte[] body) implements BatchItem {}

  /**
   * Held for, and part of a batch at a provider.
   *
   * @param record what will be kept of it, but for how it ended
   * @param body as it came
   * @param outgoing as its provider is to get it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  record Sent(
      Key key,
      RequestId request,
      AttemptId attempt,
      PackedRequest record,
      byte[] body,
      byte[] outgoing)
      implements BatchItem {}

  /**
   * Answered; the books may not have been closed.
   *
   * @param attempt what is to be settled; empty where nothing is
   * @param status of HTTP, 200 where it succeeded
   * @param usage what was used; absent where it was not told or nothing was
   * @param basis where that is known from
   * @param record empty where it is kept already
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  record Answered(
      Key key,
      Optional<AttemptId> attempt,
      int status,
      byte[] answer,
      Usage usage,
      Basis basis,
      Optional<PackedRequest> record)
      implements BatchItem {}

  /**
   * Over: what its client is told of it.
   *
   * @param request its record's id, where it has one
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  record Result(
      Key key, String customId, Optional<RequestId> request, End end, int status, byte[] answer)
      implements BatchItem {}

  /** What may become of an item. */
  enum End {
    SUCCEEDED("succeeded"),
    ERRORED("errored"),
    CANCELED("canceled"),
    EXPIRED("expired");

    private final String wireName;

    End(String wireName) {
      this.wireName = wireName;
    }

    /** The name in the store and to clients; never changes. */
    public String wireName() {
      return wireName;
    }
  }
}
