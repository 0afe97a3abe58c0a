package dev.ockham.store;

import dev.ockham.ledger.RequestId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What was asked and what came of it. Every answer comes from the reader threads and includes
 * everything appended before the question. Thin for now.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Requests {
  Requests() {}

  public CompletionStage<Optional<StoredRequest>> byId(String organisation, RequestId id) {
    throw new UnsupportedOperationException(organisation + id);
  }

  /** Newest first. */
  public CompletionStage<RequestPage> page(String organisation, RequestQuery query) {
    throw new UnsupportedOperationException(organisation + query);
  }

  public CompletionStage<Totals> totals(String organisation) {
    throw new UnsupportedOperationException(organisation);
  }
}
