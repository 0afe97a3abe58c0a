package dev.ockham.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the journal knows beyond a checkpoint: attempts that are open, and what ended since. */
final class Tail {
  private final Map<AttemptId, OpenAttempt> open = new LinkedHashMap<>();
  private final List<Entry.Ended> ended = new ArrayList<>();
  private long latestMicros;

  Tail(Checkpoint checkpoint) {
    latestMicros = checkpoint.latestMicros();
    for (OpenAttempt attempt : checkpoint.open()) {
      open.put(attempt.hold().attempt(), attempt);
    }
  }

  /** Reads on to the end of the journal. */
  void readTo(JournalReader reader) {
    for (Optional<Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
      add(next.get());
    }
  }

  private void add(Entry entry) {
    switch (entry) {
      case Entry.Reserved(Hold hold) -> {
        open.put(hold.attempt(), new OpenAttempt(hold, Optional.empty()));
        latestMicros = Math.max(latestMicros, Micros.of(hold.at()));
      }
      case Entry.Dispatched dispatched ->
          open.computeIfPresent(
              dispatched.attempt(), (_, attempt) -> attempt.dispatched(dispatched.at()));
      case Entry.Ended last -> {
        open.remove(last.hold().attempt());
        ended.add(last);
      }
      case PackedRequest _ -> {}
    }
  }

  List<OpenAttempt> open() {
    return List.copyOf(open.values());
  }

  long latestMicros() {
    return latestMicros;
  }

  /** Nanodollars that were settled into this account since the checkpoint. */
  long spent(Budget budget, Budget.Span span) {
    long sum = 0;
    for (Entry.Ended last : ended) {
      Hold hold = last.hold();
      if (hold.organisation().equals(budget.organisation())
          && hold.scopes().contains(budget.scope())
          && span.contains(hold.at())) {
        sum = Math.addExact(sum, last.posted());
      }
    }
    return sum;
  }
}
