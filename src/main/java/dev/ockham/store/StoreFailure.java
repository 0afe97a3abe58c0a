package dev.ockham.store;

/** The database could not be read or written: a full or broken disk, a damaged file. */
final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreFailure(String what, Throwable cause) {
    super(what + ": " + cause.getMessage(), cause);
  }
}
