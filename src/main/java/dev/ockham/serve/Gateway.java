package dev.ockham.serve;

import dev.ockham.agent.Conversations;
import dev.ockham.agent.ReasoningMemory;
import dev.ockham.catalog.Secret;
import dev.ockham.dialect.Seals;
import dev.ockham.route.Fleet;
import dev.ockham.store.Store;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Everything a server works with. The store is opened and closed by whoever made it.
 *
 * @param fleet the snapshot in force; read once per request
 * @param credentials by the name of the endpoint they belong to
 * @param nanos monotonic time, for durations
 */
public record Gateway(
    Store store,
    Supplier<Fleet> fleet,
    Map<String, Secret> credentials,
    Conversations conversations,
    ReasoningMemory reasoning,
    InstantSource clock,
    LongSupplier nanos) {
  public Gateway {
    credentials = Map.copyOf(credentials);
  }

  /** Seals what models want back, with a key that only this store's nodes have. */
  Seals seals() {
    return Seals.of(store.derivedKey("reasoning"));
  }
}
