package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.util.ArrayList;
import java.util.HashMap;
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
      case Entry.ToppedUp more ->
          open.computeIfPresent(more.attempt(), (_, attempt) -> attempt.toppedUpBy(more.added()));
      case Entry.Dispatched dispatched ->
          open.computeIfPresent(
              dispatched.attempt(), (_, attempt) -> attempt.dispatched(dispatched.at()));
      case Entry.Ended last -> {
        open.remove(last.hold().attempt());
        ended.add(last);
      }
      case Entry.Reached _, PackedRequest _ -> {}
    }
  }

  List<OpenAttempt> open() {
    return List.copyOf(open.values());
  }

  long latestMicros() {
    return latestMicros;
  }

  /**
   * Nanodollars that were settled within this span in all, by scope: what the checkpoint knew and
   * what ended since.
   *
   * @param before of the checkpoint
   */
  Map<Scope, Long> spent(Budget budget, Budget.Span span, Map<Scope, Long> before) {
    var sums = new HashMap<>(before);
    for (Entry.Ended last : ended) {
      Hold hold = last.hold();
      if (!hold.organisation().equals(budget.organisation()) || !span.contains(hold.at())) {
        continue;
      }
      for (Scope scope : hold.scopes()) {
        if (scope.equals(budget.scope())
            || (budget.scope().isEach() && scope.kind() == budget.scope().kind())) {
          sums.merge(scope, last.posted(), Math::addExact);
        }
      }
    }
    return sums;
  }

  List<Entry.Ended> ended() {
    return ended;
  }
}
