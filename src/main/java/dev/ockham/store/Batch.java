package dev.ockham.store;

import dev.ockham.ledger.AttemptId;
import dev.ockham.ledger.Entry;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.Micros;
import dev.ockham.ledger.OpenAttempt;
import dev.ockham.ledger.PackedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Journal entries folded into the rows they make: an attempt that begins and ends within one batch
 * is a single row.
 */
final class Batch {
  private final Map<AttemptId, OpenAttempt> opened = new LinkedHashMap<>();
  private final Map<AttemptId, Long> dispatched = new HashMap<>();
  private final Map<AttemptId, Long> toppedUp = new HashMap<>();
  private final List<Entry.Reached> reached = new ArrayList<>();
  private final List<AttemptId> closed = new ArrayList<>();
  private final List<Entry.Ended> ended = new ArrayList<>();
  private final List<PackedRequest> requests = new ArrayList<>();
  private long latestMicros;
  private int entries;

  void add(Entry entry) {
    entries++;
    switch (entry) {
      case Entry.Reserved(Hold hold) -> {
        opened.put(hold.attempt(), new OpenAttempt(hold, Optional.empty()));
        latestMicros = Math.max(latestMicros, Micros.of(hold.at()));
      }
      case Entry.Dispatched(AttemptId attempt, var at) -> {
        OpenAttempt known = opened.get(attempt);
        if (known == null) {
          dispatched.put(attempt, Micros.of(at));
        } else {
          opened.put(attempt, known.dispatched(at));
        }
      }
      case Entry.Ended last -> {
        AttemptId attempt = last.hold().attempt();
        ended.add(last);
        if (opened.remove(attempt) == null) {
          dispatched.remove(attempt);
          toppedUp.remove(attempt);
          closed.add(attempt);
        }
      }
      case Entry.ToppedUp more -> {
        OpenAttempt known = opened.get(more.attempt());
        if (known == null) {
          toppedUp.merge(more.attempt(), more.added(), Math::addExact);
        } else {
          opened.put(more.attempt(), known.toppedUpBy(more.added()));
        }
      }
      case Entry.Reached event -> reached.add(event);
      case PackedRequest request -> requests.add(request);
    }
  }

  /** Begun here and still under way. */
  Iterable<OpenAttempt> opened() {
    return opened.values();
  }

  /** Begun in an earlier batch, dispatched in this one, still under way. */
  Map<AttemptId, Long> dispatched() {
    return dispatched;
  }

  /** Begun in an earlier batch and still under way: by how many nanodollars each grew. */
  Map<AttemptId, Long> toppedUp() {
    return toppedUp;
  }

  List<Entry.Reached> reached() {
    return reached;
  }

  /** Begun in an earlier batch and ended in this one. */
  List<AttemptId> closed() {
    return closed;
  }

  List<Entry.Ended> ended() {
    return ended;
  }

  List<PackedRequest> requests() {
    return requests;
  }

  long latestMicros() {
    return latestMicros;
  }

  int entries() {
    return entries;
  }
}
