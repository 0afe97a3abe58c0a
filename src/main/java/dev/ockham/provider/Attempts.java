package dev.ockham.provider;

import dev.ockham.catalog.Keyring;
import dev.ockham.chat.ChatError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Calls providers, for one event loop. */
public final class Attempts {
  final Upstreams upstreams;
  final Deadlines deadlines = new Deadlines();
  final Patience patience;
  final LongSupplier nanos;
  private final Vertx vertx;
  private final long timer;

  /**
   * Made on the event loop that will use it.
   *
   * @param keyring what is in force; read once per call
   * @param nanos monotonic time
   */
  public Attempts(
      Vertx vertx,
      Supplier<Keyring> keyring,
      Patience patience,
      InstantSource clock,
      LongSupplier nanos) {
    this.vertx = vertx;
    this.upstreams = new Upstreams(vertx, keyring, patience, clock);
    this.patience = patience;
    this.nanos = nanos;
    this.timer =
        vertx.setPeriodic(Deadlines.PERIOD_MILLIS, id -> deadlines.look(nanos.getAsLong()));
  }

  /** Makes one call and streams its reply to the client. The future never fails. */
  public Future<AttemptEnd> run(Call call, Meter meter, Answer answer) {
    return new Attempt(this, call, meter, answer).start();
  }

  /** How many calls are under way. */
  public int underWay() {
    return deadlines.size();
  }

  /** Ends every call under way with an error, in order: its client is told, and it is settled. */
  public void breakOff(ChatError why) {
    deadlines.breakOff(why);
  }

  /** Hangs up on every provider. */
  public void close() {
    vertx.cancelTimer(timer);
    upstreams.close();
  }
}
