package dev.ockham.ledger;

/** What became of opening a journal. */
public sealed interface JournalOpening {
  record Opened(Journal journal) implements JournalOpening {}

  /** A newer version wrote it. */
  record TooNew(int version, int newestKnown) implements JournalOpening {}

  /** It cannot be used; in plain words, with what to do. */
  record Unusable(String problem) implements JournalOpening {}
}
