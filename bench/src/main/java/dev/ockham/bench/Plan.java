package dev.ockham.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured, how long, and how many times in turns.
 *
 * @param warmUp requests to each target before anything is measured, so that compilers are done
 */
record Plan(int rounds, int starts, long warmUp, List<Scenario> scenarios) {

  static Plan full() {
    return of(5, 3, 300_000, Duration.ofSeconds(4));
  }

  /** A look, not a figure to publish: short windows, three rounds. */
  static Plan quick() {
    return of(3, 1, 150_000, Duration.ofSeconds(1));
  }

  private static Plan of(int rounds, int starts, long warmUp, Duration window) {
    var scenarios = new ArrayList<Scenario>();
    scenarios.add(Scenario.closed("chat-1k", 1024, 32, window));
    for (int rate : new int[] {100, 500, 1000, 2000}) {
      scenarios.add(Scenario.open(rate, window));
    }
    scenarios.add(Scenario.closed("chat-10k", 10 * 1024, 32, window));
    scenarios.add(Scenario.closed("chat-100k", 100 * 1024, 16, window));
    scenarios.add(Scenario.closed("chat-1m", 1024 * 1024, 8, window));
    scenarios.add(Scenario.stream("stream-at-once", 0, 32, window));
    scenarios.add(Scenario.stream("stream-5ms", 5, 64, window));
    scenarios.add(Scenario.translated("translated-5ms", 5, 64, window));
    return new Plan(rounds, starts, warmUp, List.copyOf(scenarios));
  }
}
