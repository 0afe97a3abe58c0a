package dev.ockham.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A turn of OpenAI's Responses that a client asked to keep. It belongs to one key: to any other it
 * does not exist.
 *
 * @param id what the client was told it is called
 * @param previous the turn it went on from
 * @param expires when it is forgotten
 * @param input the items it added, as JSON with commas between
 * @param response what the client was told, as JSON
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not shared
public record StoredResponse(
    String organisation,
    String keyId,
    String id,
    Optional<String> previous,
    Instant expires,
    byte[] input,
    byte[] response) {
  /** Prints no prompt. */
  @Override
  public String toString() {
    return "StoredResponse[" + id + "]";
  }
}
