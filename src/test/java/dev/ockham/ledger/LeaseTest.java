package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Calls whose maker is gone, and other ways to end twice. */
final class LeaseTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final Ids ids = new Ids(() -> Samples.NOON, new Random(1), 1);
  private final Journal journal = journal();
  private final Accounts accounts =
      Accounts.recover(journal, () -> Samples.NOON, new RowsInMemory().checkpoint(), List.of());

  @Test
  void a_call_that_is_not_ended_within_its_lease_is_ended_and_who_comes_late_is_told() {
    Hold sent = hold();
    accounts.dispatched(sent);
    Hold unsent = hold();

    assertThat(accounts.sweep(Duration.ofSeconds(30))).as("not yet").isZero();
    assertThat(accounts.sweep(Duration.ofSeconds(1))).isEqualTo(2);

    assertThat(accounts.open()).isZero();
    Settlement late = accounts.settle(sent, Usage.of(1, 1), Basis.REPORTED);
    assertThat(late.basis()).isEqualTo(Basis.RECOVERED);
    assertThat(late.usage()).isEqualTo(sent.quote().expected());
    Position end = journal.end();
    accounts.release(unsent, "late");
    assertThat(journal.end()).as("nothing is booked again").isEqualTo(end);
  }

  @Test
  void leases_count_from_when_they_were_given() {
    accounts.sweep(Duration.ofHours(5));
    hold();

    assertThat(accounts.sweep(Duration.ofSeconds(29))).isZero();
    assertThat(accounts.sweep(Duration.ofSeconds(2))).isEqualTo(1);
  }

  private Hold hold() {
    var caller = Samples.caller("k1");
    var request =
        new HoldRequest(
            ids.nextRequest(),
            ids.nextAttempt(),
            caller,
            caller.scopes(),
            Samples.quote(Samples.PRICE, 1_000, 400),
            false,
            false,
            LEASE);
    return ((HoldOutcome.Held) accounts.hold(request).toCompletableFuture().join()).hold();
  }

  private static Journal journal() {
    var opening = Journal.open(new MemoryDisk(), 1 << 20, Position.START);
    assertThat(opening).isInstanceOf(JournalOpening.Opened.class);
    Journal journal = ((JournalOpening.Opened) opening).journal();
    journal.tend();
    return journal;
  }
}
