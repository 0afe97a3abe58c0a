package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The plainest database: every entry as a row, of which a power cut may lose the newest. */
final class RowsInMemory {
  private final List<Entry> rows = new ArrayList<>();
  private int durable;

  private final Set<AttemptId> goingOn = new HashSet<>();

  void add(Entry entry) {
    rows.add(entry);
  }

  List<Entry> all() {
    return rows;
  }

  Position position() {
    return new Position(rows.size());
  }

  /** Attempts that go on without a process. */
  void goesOn(AttemptId attempt) {
    goingOn.add(attempt);
  }

  void makeDurable() {
    durable = rows.size();
  }

  void cutPower(RandomGenerator random) {
    int kept = random.nextInt(durable, rows.size() + 1);
    rows.subList(kept, rows.size()).clear();
    durable = kept;
  }

  Checkpoint checkpoint() {
    List<Entry> seen = List.copyOf(rows);
    return new Checkpoint() {
      @Override
      public Position position() {
        return new Position(seen.size());
      }

      @Override
      public List<OpenAttempt> open() {
        Map<AttemptId, OpenAttempt> open = new LinkedHashMap<>();
        for (Entry entry : seen) {
          switch (entry) {
            case Entry.Reserved(Hold hold) ->
                open.put(hold.attempt(), new OpenAttempt(hold, Optional.empty()));
            case Entry.Dispatched(AttemptId attempt, var at) ->
                open.computeIfPresent(attempt, (_, before) -> before.dispatched(at));
            case Entry.ToppedUp more ->
                open.computeIfPresent(
                    more.attempt(), (_, before) -> before.toppedUpBy(more.added()));
            case Entry.Ended ended -> open.remove(ended.hold().attempt());
            case Entry.Reached _, PackedRequest _ -> {}
          }
        }
        return List.copyOf(open.values());
      }

      @Override
      public Map<Scope, Long> spent(String organisation, Scope scope, Budget.Span span) {
        Map<Scope, Long> sums = new HashMap<>();
        for (Entry entry : seen) {
          if (entry instanceof Entry.Ended ended && span.contains(ended.hold().at())) {
            for (Scope each : ended.hold().scopes()) {
              if (each.equals(scope) || (scope.isEach() && each.kind() == scope.kind())) {
                sums.merge(each, ended.posted(), Math::addExact);
              }
            }
          }
        }
        return sums;
      }

      @Override
      public List<PastCost> latestCosts(int most) {
        return List.of();
      }

      @Override
      public Set<AttemptId> goingOn() {
        return Set.copyOf(goingOn);
      }

      @Override
      public long latestMicros() {
        long latest = 0;
        for (Entry entry : seen) {
          if (entry instanceof Entry.Reserved(Hold hold)) {
            latest = Math.max(latest, Micros.of(hold.at()));
          }
        }
        return latest;
      }
    };
  }
}
