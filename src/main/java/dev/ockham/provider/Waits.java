package dev.ockham.provider;

import java.time.Duration;

/** Since when an attempt waits, and for what. Times are monotonic nanoseconds. */
final class Waits {
  private final Patience patience;
  private final Call call;
  private final long startedAt;
  private long phaseSince;

  /** When the provider last made progress: an event with data in a stream, any byte in a whole. */
  private long progressAt;

  /** When the client was last told something. */
  private long toldAt;

  Waits(Patience patience, Call call, long now) {
    this.patience = patience;
    this.call = call;
    this.startedAt = now;
    this.phaseSince = now;
    this.progressAt = now;
    this.toldAt = now;
  }

  /** What is to be done now. */
  sealed interface Due {
    record Nothing() implements Due {}

    /** The provider has taken too long. */
    record Late(String waitedFor) implements Due {}

    /** The client has taken nothing for too long. */
    record ClientStalled() implements Due {}

    /** The client is to be told that we are still here. */
    record Heartbeat() implements Due {}
  }

  /** The head of a stream is no progress: its first event is. */
  void entered(Phase phase, long now) {
    phaseSince = now;
    toldAt = now;
    if (phase == Phase.WAITING || !call.streamed()) {
      progressAt = now;
    }
  }

  void progressed(long now) {
    progressAt = now;
  }

  void told(long now) {
    toldAt = now;
  }

  boolean tooLongFor(Duration limit, long now) {
    return isOver(limit, now, phaseSince);
  }

  /**
   * @param replying whether the head of the reply has come
   * @param answering whether an event with data has
   * @param full whether the provider is made to wait for the client
   */
  Due look(long now, boolean replying, boolean answering, boolean full) {
    if (isOver(call.deadline(), now, startedAt)) {
      return new Due.Late(call.deadline() + " for the whole call");
    }
    if (full) {
      return isOver(patience.idle(), now, toldAt) ? new Due.ClientStalled() : new Due.Nothing();
    }
    if (call.streamed() && !answering) {
      return isOver(patience.firstByte(), now, progressAt)
          ? new Due.Late(patience.firstByte() + " for the first event")
          : new Due.Nothing();
    }
    if (!replying) {
      return new Due.Nothing();
    }
    if (isOver(patience.idle(), now, progressAt)) {
      return new Due.Late(patience.idle() + " for the next piece");
    }
    return isOver(patience.heartbeat(), now, toldAt) ? new Due.Heartbeat() : new Due.Nothing();
  }

  private static boolean isOver(Duration limit, long now, long since) {
    return now - since > limit.toNanos();
  }
}
