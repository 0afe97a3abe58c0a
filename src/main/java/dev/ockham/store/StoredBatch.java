package dev.ockham.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A batch of one key, with how far it is.
 *
 * @param endpoint the path that its items would have been posted to
 * @param input the file it was read from; empty where it came without one
 * @param metadata the client's, a JSON object
 * @param due what has not begun by then is not begun any more
 * @param expires when it is forgotten, answers and all
 * @param errors why it failed, a JSON array; empty where it did not
 */
public record StoredBatch(
    String id,
    String organisation,
    String keyId,
    String endpoint,
    String input,
    String metadata,
    Status status,
    Instant created,
    Instant due,
    Instant expires,
    Optional<Instant> cancelled,
    Optional<Instant> ended,
    String errors,
    Counts counts) {

  /** The same of a client's file, with its metadata. */
  public StoredBatch of(String file, String said) {
    return new StoredBatch(
        id,
        organisation,
        keyId,
        endpoint,
        file,
        said,
        status,
        created,
        due,
        expires,
        cancelled,
        ended,
        errors,
        counts);
  }

  /** Where a batch is. */
  public enum Status {
    IN_PROGRESS,
    CANCELLING,
    ENDED,
    /** Its input could not be read; it has no items. */
    FAILED
  }

  /** Items by what became of them. */
  public record Counts(long open, long succeeded, long errored, long canceled, long expired) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    public long total() {
      return open + succeeded + errored + canceled + expired;
    }
  }
}
