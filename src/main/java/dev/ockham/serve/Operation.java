package dev.ockham.serve;

import dev.ockham.agent.Conversation;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.PathSays;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;

/**
 * What clients can have done at an address: the steps of {@link ChatEndpoint}'s path in which one
 * such thing differs from another.
 */
interface Operation {
  /** The dialect of its clients. */
  Wire wire();

  /** Reads a body; may be called on any thread. */
  DecodeOutcome decode(PathSays path, byte[] body);

  Conversation conversation(Exchange exchange, Caller caller, Decoded decoded);

  Decision decide(Exchange exchange, Asked asked);

  /** The call of the exchange's model. Notes the edits and losses. */
  Calls.Preparation prepare(Exchange exchange, Plan plan);
}
