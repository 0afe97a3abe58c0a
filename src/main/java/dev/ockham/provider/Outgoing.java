package dev.ockham.provider;

import dev.ockham.catalog.Endpoint;
import dev.ockham.provider.Call.PassedHeaders;
import io.vertx.core.http.HttpMethod;

/**
 * A request as a provider is to get it, before its address and credential are put on.
 *
 * @param model what the provider calls it, for addresses that name it
 * @param path what follows the endpoint's base address, query included
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not shared
record Outgoing(
    Endpoint endpoint,
    HttpMethod method,
    String model,
    String path,
    byte[] body,
    PassedHeaders headers) {

  static Outgoing of(Call call) {
    return new Outgoing(
        call.model().endpoint(),
        HttpMethod.POST,
        call.model().upstreamName(),
        call.path(),
        call.body(),
        call.headers());
  }
}
