package dev.ockham.ledger;

import dev.ockham.route.PackReader;
import java.util.Optional;

/** Reads a journal in order while it is being written. For one thread. */
public final class JournalReader {
  private final Journal journal;
  private final byte[] buffer = new byte[Journal.LONGEST_RECORD];
  private long sequence;
  private Segment segment;
  private int at;
  private int length;

  JournalReader(Journal journal, Position from) {
    this.journal = journal;
    this.segment = journal.segmentOf(from.sequence());
    this.sequence = segment.base();
    this.at = Segment.HEADER;
    while (sequence < from.sequence() && advance()) {
      // Skips to where it is to begin.
    }
    if (sequence != from.sequence()) {
      throw new IllegalArgumentException(
          "position " + from.sequence() + " is not in the journal, which is at " + sequence);
    }
  }

  /** Where the next record to read is. */
  public Position position() {
    return new Position(sequence);
  }

  /** The next entry; empty where nothing more is appended yet. */
  public Optional<Entry> next() {
    if (!advance()) {
      return Optional.empty();
    }
    return Optional.of(EntryBytes.read(new PackReader(buffer, Segment.RECORD_HEADER, length)));
  }

  private boolean advance() {
    if (sequence >= journal.end().sequence()) {
      return false;
    }
    if (at >= segment.end()) {
      segment = journal.segmentOf(sequence);
      at = Segment.HEADER;
    }
    length = segment.readAt(at, sequence, buffer);
    if (length == 0) {
      throw new IllegalStateException("journal record " + sequence + " is damaged");
    }
    at += length;
    sequence++;
    return true;
  }
}
