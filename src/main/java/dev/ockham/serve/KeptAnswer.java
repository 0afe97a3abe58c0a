package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.dialect.Wire;
import dev.ockham.provider.AttemptEnd;
import dev.ockham.provider.ReplyHead;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** The answer to one request that nobody waits for on a connection: whole, or an error. */
final class KeptAnswer implements Reception {
  private final Wire wire;
  private final Promise<Told> told = Promise.promise();
  private int status = 200;

  KeptAnswer(Wire wire) {
    this.wire = wire;
  }

  /** What a client would have been told. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  record Told(int status, byte[] body) {}

  /** Completes with the answer. */
  Future<Told> told() {
    return told.future();
  }

  @Override
  public void tell(byte[] body) {
    told.tryComplete(new Told(status, body));
  }

  @Override
  public void replay(Idempotency.KeptReply reply) {
    status = reply.status();
    tell(reply.body());
  }

  @Override
  public void whole(ReplyHead head, byte[] body) {
    tell(body);
  }

  @Override
  public void refuse(Refusal refusal) {
    fail(refusal.error());
  }

  @Override
  public void fail(AttemptEnd.Failed failed) {
    fail(failed.failure().error());
  }

  private void fail(ChatError error) {
    status = error.status();
    tell(wire.error(error));
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void begin(ReplyHead head) {
    throw new IllegalStateException("an answer that is kept does not come as a stream");
  }

  @Override
  public void write(byte[] bytes) {}

  @Override
  public void end(byte[] last) {}

  /** Bounded by the length of a reply and by how many items are under way. */
  @Override
  public boolean mayKeep(int bytes) {
    return true;
  }

  @Override
  public void forgetReply() {}

  @Override
  public boolean full() {
    return false;
  }

  @Override
  public void onDrain(Runnable resume) {}

  @Override
  public boolean gone() {
    return false;
  }

  @Override
  public void onGone(Runnable cancel) {}

  /** Nobody reads it as it comes, so nobody is hung up on. */
  @Override
  public void cut() {}
}
