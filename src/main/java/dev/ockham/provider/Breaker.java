package dev.ockham.provider;

import java.time.Duration;

/**
 * Keeps calls from a deployment that fails: after {@link #FAILURES} failures in a row it opens, and
 * nobody is sent there; after a while one call is let through to see, and its end closes the
 * breaker or opens it for twice as long. Nothing but what it is told changes it; not safe for
 * threads.
 */
final class Breaker {
  static final int FAILURES = 5;
  static final Duration FIRST_OPEN = Duration.ofSeconds(5);
  static final Duration LONGEST_OPEN = Duration.ofMinutes(1);

  /** How calls fare. */
  enum State {
    CLOSED,
    OPEN,
    /** One call is let through. */
    HALF_OPEN
  }

  private State state = State.CLOSED;
  private int failures;
  private int openings;
  private long openUntil;
  private boolean probing;

  State state() {
    return state;
  }

  boolean admits(long now) {
    return switch (state) {
      case CLOSED -> true;
      case OPEN -> now - openUntil >= 0;
      case HALF_OPEN -> !probing;
    };
  }

  /** Nanoseconds until a call may be let through; zero where that may be now. */
  long untilAdmitted(long now) {
    return state == State.OPEN ? Math.max(0, openUntil - now) : 0;
  }

  /** A call begins that was admitted; says whether it is the one to see by. */
  boolean begin() {
    if (state == State.CLOSED) {
      return false;
    }
    state = State.HALF_OPEN;
    probing = true;
    return true;
  }

  /** Calls from before it opened say nothing new. */
  void succeeded(boolean probe) {
    if (state == State.CLOSED) {
      failures = 0;
    } else if (probe) {
      state = State.CLOSED;
      probing = false;
      failures = 0;
      openings = 0;
    }
  }

  void failed(boolean probe, long now) {
    if (state == State.CLOSED) {
      failures++;
      if (failures >= FAILURES) {
        open(now);
      }
    } else if (probe) {
      open(now);
    }
  }

  /** A call ended and nothing can be said of the deployment. */
  void saidNothing(boolean probe) {
    if (probe) {
      probing = false;
    }
  }

  private void open(long now) {
    long longer = FIRST_OPEN.toNanos() << Math.min(openings, 16);
    openUntil = now + Math.min(longer, LONGEST_OPEN.toNanos());
    openings++;
    state = State.OPEN;
    probing = false;
  }
}
