package dev.ockham.store;

import dev.ockham.chat.Usage;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.RequestId;
import dev.ockham.ledger.Samples;
import dev.ockham.ledger.Settlement;
import java.nio.file.Path;

/**
 * What {@link KillTest} kills: calls on several threads, each step printed once it is done, for as
 * long as the process lives.
 */
final class KilledProcess {
  private static final int THREADS = 3;

  private KilledProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    Store store = Stores.open(Path.of(arguments[0]));
    for (int i = 0; i < THREADS; i++) {
      Thread.ofPlatform().start(() -> serveForever(store));
    }
    Thread.currentThread().join();
  }

  private static void serveForever(Store store) {
    for (long i = 0; ; i++) {
      RequestId request = store.ids().nextRequest();
      Hold hold = Stores.hold(store, request);
      tell("held", hold);
      store.accounts().dispatched(hold);
      tell("dispatched", hold);
      if (i % 50 == 49) {
        continue;
      }
      Usage usage = Usage.of(i % 1_000, i % 400);
      Settlement settlement = store.accounts().settle(hold, usage, Basis.REPORTED);
      tell("settled " + settlement.total().orElseThrow().picos(), hold);
      store.journal().append(Samples.record(request, hold.at(), "gpt-mid"));
      tell("recorded", hold);
    }
  }

  private static void tell(String what, Hold hold) {
    System.out.println(hold.request() + " " + hold.attempt() + " " + what);
  }
}
