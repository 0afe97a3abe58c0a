package dev.ockham.store;

import dev.ockham.ledger.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which requests to list, newest first.
 *
 * @param limit from 1 to 500
 * @param before the last id of the page before; empty for the first page
 * @param servedBy only those served by this model
 * @param route only those decided by this route
 * @param since only those that arrived at or after this instant
 */
public record RequestQuery(
    int limit,
    Optional<RequestId> before,
    Optional<String> servedBy,
    Optional<String> route,
    Optional<Instant> since) {
  public static final int MAX_LIMIT = 500;

  public RequestQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit " + limit + " (expected: 1 to " + MAX_LIMIT + ")");
    }
  }

  public static RequestQuery newest(int limit) {
    return new RequestQuery(
        limit, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
