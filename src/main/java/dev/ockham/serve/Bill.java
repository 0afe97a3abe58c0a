package dev.ockham.serve;

import dev.ockham.chat.Usage;
import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Hold;
import dev.ockham.provider.Meter;

/** Turns what an attempt reports into bookings: its hold ends in one settlement or release. */
final class Bill implements Meter {
  private final Accounts accounts;
  private final Exchange exchange;
  private final Hold hold;
  private boolean dispatched;
  private boolean ended;

  Bill(Accounts accounts, Exchange exchange, Hold hold) {
    this.accounts = accounts;
    this.exchange = exchange;
    this.hold = hold;
  }

  @Override
  public void dispatched() {
    accounts.dispatched(hold);
    dispatched = true;
  }

  @Override
  public void reported(Usage usage) {
    settle(usage, Basis.REPORTED);
  }

  @Override
  public void estimated(Usage usage) {
    settle(usage, Basis.ESTIMATED);
  }

  @Override
  public void released(String why) {
    accounts.release(hold, why);
    ended = true;
  }

  /** Ends the hold of an attempt that a bug kept from doing so. */
  void close() {
    if (!ended && dispatched) {
      estimated(Usage.ABSENT);
    } else if (!ended) {
      released("the gateway failed before the call");
    }
  }

  private void settle(Usage usage, Basis basis) {
    exchange.booking.used(hold, usage, basis);
    ended = true;
  }
}
