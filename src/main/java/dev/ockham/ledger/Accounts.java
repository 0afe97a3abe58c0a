package dev.ockham.ledger;

import dev.ockham.chat.Usage;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The accounts that every call is held against and settled into. Thread-safe: one short lock, under
 * which nothing happens but arithmetic and the journal's copy into memory.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Accounts {

  Accounts() {}

  /** Sets the worst case aside in every budget of the caller, or in none. */
  public CompletionStage<HoldOutcome> hold(HoldRequest request) {
    throw new UnsupportedOperationException(request.toString());
  }

  /** To be called before any byte goes to the provider. */
  public void dispatched(Hold hold) {
    throw new UnsupportedOperationException(hold.toString());
  }

  /**
   * Books what an attempt used and gives the rest of its hold back. Where the usage is absent the
   * expected one is booked, as an estimate.
   *
   * @throws IllegalStateException if the attempt is settled or released already
   */
  public Settlement settle(Hold hold, Usage usage, Basis basis) {
    throw new UnsupportedOperationException(hold.toString() + usage + basis);
  }

  /**
   * Gives a hold back whole: of an attempt that was never dispatched, or that the provider refused
   * without cost.
   *
   * @throws IllegalStateException if the attempt is settled or released already
   */
  public void release(Hold hold, String reason) {
    throw new UnsupportedOperationException(hold.toString() + reason);
  }

  /** Whether the journal has room for another call; for readiness. */
  public boolean admits() {
    throw new UnsupportedOperationException();
  }

  /** How every budget stands now. */
  public List<BudgetStanding> standings() {
    throw new UnsupportedOperationException();
  }

  /** Calls held and not yet settled. */
  public int open() {
    throw new UnsupportedOperationException();
  }
}
