package dev.ockham.ledger;

import java.util.UUID;

/** Names one call of a model made for a request; a request with a fallback has several. */
public record AttemptId(UUID value) implements Comparable<AttemptId> {
  @Override
  public int compareTo(AttemptId other) {
    return Ids.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
