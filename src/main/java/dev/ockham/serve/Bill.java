package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.HoldOutcome;
import dev.ockham.provider.Meter;
import java.util.Optional;

/** Turns what an attempt reports into bookings: its hold ends in one settlement or release. */
final class Bill implements Meter {
  private final Accounts accounts;
  private final Exchange exchange;
  private final Hold hold;

  /** Where a budget holds less than the worst case. */
  private final Optional<StreamCover> cover;

  private boolean dispatched;
  private boolean ended;

  Bill(Accounts accounts, Exchange exchange, Hold hold) {
    this.accounts = accounts;
    this.exchange = exchange;
    this.hold = hold;
    this.cover =
        exchange.room.filter(HoldOutcome.Room::toppedUp).map(_ -> new StreamCover(accounts, hold));
  }

  @Override
  public Optional<ChatError> mustStop(Usage reported, long outputChars) {
    return cover.isPresent() ? cover.get().mustStop(reported, outputChars) : Optional.empty();
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
