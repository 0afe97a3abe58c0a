package dev.ockham.ledger;

/** The place of a record in the journal: its sequence number, counted from 0 without gaps. */
public record Position(long sequence) implements Comparable<Position> {
  public static final Position START = new Position(0);

  Position next() {
    return new Position(sequence + 1);
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(sequence, other.sequence);
  }
}
