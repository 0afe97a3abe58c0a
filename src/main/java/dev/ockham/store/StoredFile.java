package dev.ockham.store;

import java.time.Instant;

/**
 * A file that a client has uploaded for a batch. It belongs to one key.
 *
 * @param length bytes
 * @param content empty where only the file was asked about
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not shared
public record StoredFile(
    String organisation,
    String keyId,
    String id,
    String name,
    Instant created,
    Instant expires,
    long length,
    byte[] content) {
  /** Prints no prompt. */
  @Override
  public String toString() {
    return "StoredFile[" + id + "]";
  }
}
