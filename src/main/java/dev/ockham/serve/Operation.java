package dev.ockham.serve;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.PathSays;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import io.vertx.core.Future;

/**
 * What clients can have done at an address: the steps of {@link ChatEndpoint}'s path in which one
 * such thing differs from another.
 */
interface Operation {
  /** The dialect of its clients. */
  Wire wire();

  /** Adds to a body what the client left for us to remember. Fails with a Refusal. */
  default Future<byte[]> complete(Exchange exchange, Caller caller, byte[] body) {
    return Future.succeededFuture(body);
  }

  /** Reads a body; may be called on any thread. */
  DecodeOutcome decode(PathSays path, byte[] body);

  Conversation conversation(Exchange exchange, Caller caller, Decoded decoded);

  Decision decide(Exchange exchange, Asked asked);

  /** Whether a model's deployment can do it at all. */
  default boolean mayServe(Model model) {
    return true;
  }

  /** The call of the exchange's model. Notes the edits and losses. Waits where a body is long. */
  Future<Calls.Preparation> prepare(Exchange exchange, Plan plan);

  /** The answer is complete; its client has not been told so yet. */
  default void served(Exchange exchange) {}
}
