package dev.ockham.provider;

/**
 * How many calls of a model may be repeated: a fifth of its requests, and a few besides so that a
 * quiet gateway may too. Without it, callers that repeat what fails keep a provider from getting
 * well. Safe for threads.
 */
public final class RetryBudget {
  /** Requests that earn one repetition. */
  static final int REQUESTS = 5;

  /** Repetitions that may be saved up. */
  static final int SAVED = 10;

  private int credit = SAVED * REQUESTS;

  synchronized void request() {
    credit = Math.min(credit + 1, SAVED * REQUESTS);
  }

  /** Whether one more call may be a repetition; if so it is counted. */
  public synchronized boolean take() {
    if (credit < REQUESTS) {
      return false;
    }
    credit -= REQUESTS;
    return true;
  }
}
