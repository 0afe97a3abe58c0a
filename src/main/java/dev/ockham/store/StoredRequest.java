package dev.ockham.store;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.RequestRecord;
import java.util.List;
import java.util.Optional;

/** A request with its attempts, in the order they were made. */
public record StoredRequest(RequestRecord record, List<StoredAttempt> attempts) {
  public StoredRequest {
    attempts = List.copyOf(attempts);
  }

  /** Exact, over all attempts; empty if one of them has no known price. */
  public Optional<Money> cost() {
    var sum = Money.ZERO;
    for (StoredAttempt attempt : attempts) {
      if (attempt.cost().total().isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(attempt.cost().total().get());
    }
    return Optional.of(sum);
  }
}
