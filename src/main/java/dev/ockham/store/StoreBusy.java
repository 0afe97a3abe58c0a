package dev.ockham.store;

/**
 * The store takes nothing more now: more waits for it than it may keep, or it is being closed. It
 * carries no stack trace, because it is not a bug.
 */
public final class StoreBusy extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreBusy(String message) {
    super(message, null, false, false);
  }
}
