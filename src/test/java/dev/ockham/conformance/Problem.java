package dev.ockham.conformance;

/**
 * An error, in no dialect.
 *
 * @param status 0 where it came inside a stream, in a dialect whose stream errors have none
 */
record Problem(int status, Kind kind, String text) {
  /** What clients act upon. */
  enum Kind {
    INVALID,
    AUTHENTICATION,
    NOT_FOUND,
    RATE_LIMIT,
    OVERLOADED,
    SERVER
  }
}
