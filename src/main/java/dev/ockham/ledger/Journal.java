package dev.ockham.ledger;

/** Thin for now. */
@SuppressWarnings("DoNotCallSuggester")
public final class Journal implements AutoCloseable {
  Journal() {}

  /** Appends; in the page cache when it returns. */
  public Position append(Entry entry) {
    throw new UnsupportedOperationException(entry.toString());
  }

  /** Appends what may be left out when room is short, such as the record of a refused request. */
  public boolean offer(Entry entry) {
    throw new UnsupportedOperationException(entry.toString());
  }

  /** Whether there is room for another call. */
  public boolean admits() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
