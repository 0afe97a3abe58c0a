package dev.ockham.serve;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies and replies may be held at once, by all event loops together. Any thread
 * may take and give back.
 */
final class ByteBudget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  ByteBudget(long most) {
    this.most = most;
  }

  /** Bytes held now. */
  long held() {
    return held.get();
  }

  long most() {
    return most;
  }

  /** The part of one request, which holds nothing yet. */
  Share share() {
    return new Share();
  }

  /** What one request holds. For one thread. */
  final class Share {
    private long mine;
    private boolean over;

    /** Whether so many bytes more may be held; if so, they are. Nothing may when all is over. */
    boolean take(long bytes) {
      if (over) {
        return false;
      }
      if (held.addAndGet(bytes) > most) {
        held.addAndGet(-bytes);
        return false;
      }
      mine += bytes;
      return true;
    }

    /** Holds so many bytes fewer. */
    void give(long bytes) {
      long fewer = Math.min(bytes, mine);
      held.addAndGet(-fewer);
      mine -= fewer;
    }

    /** For good: the request has ended or its client has left, whatever still goes on for it. */
    void giveBack() {
      over = true;
      give(mine);
    }
  }
}
