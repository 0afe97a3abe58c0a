package dev.ockham.demo;

/**
 * The simulated part of the demo: how long a server of the fleet waits before it answers.
 *
 * @param firstMicros before anything, in microseconds
 * @param microsPerToken besides, for every token of the answer
 */
record Pace(long firstMicros, long microsPerToken) {
  static final Pace NONE = new Pace(0, 0);

  /** About a hundredth of what real models take, so that a run takes seconds. */
  static final Pace BRISK = new Pace(3_000, 50);

  /** The wait before an answer of so many tokens, in whole milliseconds. */
  long millis(long outputTokens) {
    return (firstMicros + microsPerToken * outputTokens) / 1_000;
  }
}
