package dev.ockham.serve;

import dev.ockham.provider.Answer;
import dev.ockham.provider.AttemptEnd;

/**
 * Where an answer goes: a client's connection, or a place where it is kept until it is asked for.
 */
interface Reception extends Answer {
  /** A whole answer of our own. */
  void tell(byte[] body);

  /** The answer to the same request, as it was told before. */
  void replay(Idempotency.KeptReply reply);

  /** An error in the client's dialect. */
  void refuse(Refusal refusal);

  /** No provider answered: in the last one's own bytes where it speaks the client's dialect. */
  void fail(AttemptEnd.Failed failed);

  /** What the client was told; 0 where it was gone first. */
  int status();

  /** What an attempt has kept of a reply that the client will not see. */
  void forgetReply();
}
