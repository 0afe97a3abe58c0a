package dev.ockham.store;

import java.time.Instant;

/**
 * A batch of ours at a provider.
 *
 * @param id ours, known before the provider hears of it
 * @param endpoint the path that its items would have been posted to
 * @param provider the endpoint's name
 * @param model the catalog's id; all items of a job are for one model
 * @param upstream the provider's name for it; empty until we know that it has one
 */
public record ProviderJob(
    String id,
    String batch,
    String endpoint,
    String provider,
    String model,
    String upstream,
    Instant created) {
  public boolean isSent() {
    return !upstream.isEmpty();
  }

  public ProviderJob sentAs(String name) {
    return new ProviderJob(id, batch, endpoint, provider, model, name, created);
  }
}
