package dev.ockham.serve;

import dev.ockham.agent.Conversations;
import dev.ockham.agent.ReasoningMemory;
import dev.ockham.catalog.Keyring;
import dev.ockham.dialect.Seals;
import dev.ockham.route.Fleet;
import dev.ockham.store.Store;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Everything a server works with. The store is opened and closed by whoever made it.
 *
 * @param fleet the snapshot in force; read once per request
 * @param keyring the credentials in force; read once per call
 * @param nanos monotonic time, for durations
 * @param reload makes another fleet and keyring of changed settings
 */
public record Gateway(
    Store store,
    Supplier<Fleet> fleet,
    Supplier<Keyring> keyring,
    Conversations conversations,
    ReasoningMemory reasoning,
    InstantSource clock,
    LongSupplier nanos,
    Reload reload) {
  /** With settings that cannot change. */
  public Gateway(
      Store store,
      Supplier<Fleet> fleet,
      Supplier<Keyring> keyring,
      Conversations conversations,
      ReasoningMemory reasoning,
      InstantSource clock,
      LongSupplier nanos) {
    this(store, fleet, keyring, conversations, reasoning, clock, nanos, Reload.NONE);
  }

  /** The same, whose settings can be read again. */
  public Gateway withReload(Reload other) {
    return new Gateway(store, fleet, keyring, conversations, reasoning, clock, nanos, other);
  }

  /** Seals what models want back, with a key that only this store's nodes have. */
  Seals seals() {
    return Seals.of(store.derivedKey("reasoning"));
  }
}
