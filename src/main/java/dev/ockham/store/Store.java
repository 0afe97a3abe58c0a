package dev.ockham.store;

import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Ids;
import dev.ockham.ledger.Journal;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/** Everything that is kept, in one folder. Thin for now. */
@SuppressWarnings("DoNotCallSuggester")
public final class Store implements AutoCloseable {
  Store() {}

  /** Opens the folder, recovers what a dead process left open, and starts draining. */
  public static StoreOpening open(StoreSettings settings) {
    throw new UnsupportedOperationException(settings.toString());
  }

  public Ids ids() {
    throw new UnsupportedOperationException();
  }

  public Journal journal() {
    throw new UnsupportedOperationException();
  }

  public Accounts accounts() {
    throw new UnsupportedOperationException();
  }

  public Keys keys() {
    throw new UnsupportedOperationException();
  }

  public Budgets budgets() {
    throw new UnsupportedOperationException();
  }

  public Requests requests() {
    throw new UnsupportedOperationException();
  }

  /** Completes when everything appended so far is in the database. */
  public CompletionStage<Void> drained() {
    throw new UnsupportedOperationException();
  }

  /** Writes a snapshot that can be opened as a data folder; everything appended so far is in it. */
  public CompletionStage<Void> backup(Path folder) {
    throw new UnsupportedOperationException(folder.toString());
  }

  /** Drains, syncs and unlocks. Blocks. */
  @Override
  public void close() {}
}
