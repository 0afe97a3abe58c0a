package dev.ockham.provider;

import dev.ockham.catalog.Model;
import dev.ockham.dialect.ReplyStream;
import dev.ockham.dialect.Wire;
import java.util.Optional;

/**
 * One call of a provider, ready to be sent.
 *
 * @param body handed over, not shared
 * @param streamed whether the reply comes as events
 * @param client the dialect the client speaks
 * @param reply turns the provider's reply into the client's
 * @param inputEstimate tokens of input, for when the provider does not tell
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not shared
public record Call(
    Model model,
    byte[] body,
    boolean streamed,
    Wire client,
    ReplyStream reply,
    long inputEstimate,
    PassedHeaders headers) {

  /** The client's headers that a provider of the same dialect is told. */
  public record PassedHeaders(Optional<String> anthropicVersion, Optional<String> anthropicBeta) {
    public static final PassedHeaders NONE = new PassedHeaders(Optional.empty(), Optional.empty());
  }
}
