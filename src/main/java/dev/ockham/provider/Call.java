package dev.ockham.provider;

import dev.ockham.catalog.Model;
import dev.ockham.dialect.ReplyStream;
import java.time.Duration;
import java.util.Optional;

/**
 * One call of a provider, ready to be sent.
 *
 * @param body handed over, not shared
 * @param path what follows the endpoint's base address
 * @param streamed whether the reply comes as events
 * @param reply turns the provider's reply into the client's
 * @param inputEstimate tokens of input, for when the provider does not tell
 * @param deadline how long it may take in all
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not shared
public record Call(
    Model model,
    byte[] body,
    String path,
    boolean streamed,
    ReplyStream reply,
    long inputEstimate,
    Duration deadline,
    PassedHeaders headers) {

  /** The client's headers that a provider of the same dialect is told. */
  public record PassedHeaders(Optional<String> anthropicVersion, Optional<String> anthropicBeta) {
    public static final PassedHeaders NONE = new PassedHeaders(Optional.empty(), Optional.empty());
  }
}
