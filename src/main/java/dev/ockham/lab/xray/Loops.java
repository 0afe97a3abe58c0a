package dev.ockham.lab.xray;

import dev.ockham.lab.xray.Trail.Call;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds calls that did the same again and again: one, two or three steps over and over. Where a log
 * holds what the model did, that is compared; otherwise the counts are: an answer of the same
 * length to a prompt that had grown by the same.
 */
final class Loops {
  /** So often the same pattern, where the log shows what was done. */
  private static final int TIMES_SHOWN = 4;

  /** So often where only counts are known, which may be alike by chance. */
  private static final int TIMES_COUNTED = 6;

  private static final int LONGEST_PATTERN = 3;

  private Loops() {}

  /**
   * A loop.
   *
   * @param calls those that repeated what had been done before
   * @param shown whether what was done is known to be the same, not only the counts
   * @param dollars that the repetitions cost
   */
  record Loop(
      String run,
      String who,
      String model,
      int steps,
      int calls,
      boolean shown,
      BigDecimal dollars) {}

  static List<Loop> in(Trail trail) {
    List<Call> calls = trail.inOrder();
    var loops = new ArrayList<Loop>();
    int at = 0;
    while (at < calls.size()) {
      int end = at;
      for (int steps = 1; steps <= LONGEST_PATTERN && end == at; steps++) {
        end = endOfLoop(calls, at, steps);
        if (end > at) {
          loops.add(loop(trail, calls, at, steps, end));
        }
      }
      at = Math.max(at + 1, end);
    }
    return loops;
  }

  /** Where a loop that begins here ends; {@code from} if none does. */
  private static int endOfLoop(List<Call> calls, int from, int steps) {
    int until = from + steps;
    while (until < calls.size() && same(calls, until, until - steps)) {
      until++;
    }
    int times = (until - from) / steps;
    int enough = shown(calls.get(from)) ? TIMES_SHOWN : TIMES_COUNTED;
    return times >= enough ? until : from;
  }

  private static boolean shown(Call call) {
    return call.action() != Action.UNKNOWN;
  }

  private static boolean same(List<Call> calls, int a, int b) {
    Call later = calls.get(a);
    Call earlier = calls.get(b);
    if (!later.model().equals(earlier.model())) {
      return false;
    }
    if (shown(later) || shown(earlier)) {
      return later.action() == earlier.action();
    }
    return later.output() == earlier.output()
        && later.output() > 0
        && (b == 0 || growth(calls, a) == growth(calls, b));
  }

  private static long growth(List<Call> calls, int at) {
    return calls.get(at).input() - calls.get(at - 1).input();
  }

  private static Loop loop(Trail trail, List<Call> calls, int from, int steps, int end) {
    BigDecimal cost = BigDecimal.ZERO;
    for (Call call : calls.subList(from + steps, end)) {
      cost = cost.add(call.dollars());
    }
    Call first = calls.get(from);
    return new Loop(
        trail.run(), trail.who(), first.model(), steps, end - from - steps, shown(first), cost);
  }
}
