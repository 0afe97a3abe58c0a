package dev.ockham.ledger;

import java.util.Optional;
import java.util.UUID;

/** Names a client's request, from its arrival on: the id in {@code x-ockham-request-id}. */
public record RequestId(UUID value) implements Comparable<RequestId> {

  /** Reads the 36-character form; empty for anything else. */
  public static Optional<RequestId> parse(String text) {
    return Ids.parse(text).map(RequestId::new);
  }

  @Override
  public int compareTo(RequestId other) {
    return Ids.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
