package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.dialect.Wire;
import dev.ockham.provider.AttemptEnd;
import dev.ockham.provider.ReplyHead;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** The answer to one request that nobody waits for on a connection: whole, or an error. */
final class KeptAnswer implements Reception {
  /** A whole reply is held as it came, and once more as it is kept. */
  private static final int WEIGHT = 2;

  private final Wire wire;
  private final ByteBudget.Share held;
  private final Promise<Told> told = Promise.promise();
  private int status = 200;
  private long kept;

  /**
   * @param held its part of the memory for replies
   */
  KeptAnswer(Wire wire, ByteBudget.Share held) {
    this.wire = wire;
    this.held = held;
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
    held.giveBack();
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

  @Override
  public boolean mayKeep(int bytes) {
    boolean may = held.take((long) WEIGHT * bytes);
    kept += may ? (long) WEIGHT * bytes : 0;
    return may;
  }

  @Override
  public void forgetReply() {
    held.give(kept);
    kept = 0;
  }

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
