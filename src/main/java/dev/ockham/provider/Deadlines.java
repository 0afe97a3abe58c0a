package dev.ockham.provider;

import dev.ockham.chat.ChatError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * The attempts under way on one event loop, looked at a few times a second. One timer for all costs
 * less than a timer each, and a deadline need not be exact.
 */
final class Deadlines {
  static final long PERIOD_MILLIS = 100;
  private final Set<Attempt> underWay = new HashSet<>();

  void add(Attempt attempt) {
    underWay.add(attempt);
  }

  void remove(Attempt attempt) {
    underWay.remove(attempt);
  }

  int size() {
    return underWay.size();
  }

  /** Ends all that are under way. */
  void breakOff(ChatError why) {
    new ArrayList<>(underWay).forEach(attempt -> attempt.guarded(() -> attempt.breakOff(why)));
  }

  /** Copies, because an attempt that is too late takes itself out. */
  void look(long nowNanos) {
    if (!underWay.isEmpty()) {
      new ArrayList<>(underWay).forEach(attempt -> attempt.guarded(() -> attempt.look(nowNanos)));
    }
  }
}
