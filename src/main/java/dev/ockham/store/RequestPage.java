package dev.ockham.store;

import dev.ockham.ledger.RequestId;
import java.util.List;
import java.util.Optional;

/**
 * One page of requests, newest first.
 *
 * @param next to be given as {@link RequestQuery#before} for the page after; empty on the last
 */
public record RequestPage(List<StoredRequest> requests, Optional<RequestId> next) {
  public RequestPage {
    requests = List.copyOf(requests);
  }
}
