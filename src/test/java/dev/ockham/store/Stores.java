package dev.ockham.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Price;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.HoldOutcome;
import dev.ockham.ledger.HoldRequest;
import dev.ockham.ledger.JournalSettings;
import dev.ockham.ledger.RequestId;
import dev.ockham.ledger.Samples;
import dev.ockham.policy.Caller;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What tests of the store do over and over. */
final class Stores {
  private Stores() {}

  static StoreSettings settings(Path folder) {
    return StoreSettings.of(folder, InstantSource.system(), new SecureRandom())
        .withJournalSegment(128 * JournalSettings.SMALLEST_SEGMENT);
  }

  static Store open(Path folder) {
    return open(settings(folder));
  }

  static Store open(StoreSettings settings) {
    StoreOpening opening = Store.open(settings);
    assertThat(opening).isInstanceOf(StoreOpening.Opened.class);
    return ((StoreOpening.Opened) opening).store();
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new CompletionException(failed);
    }
  }

  static HoldOutcome ask(Store store, RequestId request, Caller caller, Price price) {
    var quote = Samples.quote(price, 1_000, 400);
    return get(
        store.accounts().hold(new HoldRequest(request, store.ids().nextAttempt(), caller, quote)));
  }

  static Hold hold(Store store, RequestId request) {
    return ((HoldOutcome.Held) ask(store, request, Samples.caller("k1"), Samples.PRICE)).hold();
  }

  /** A request from arrival to record: 900 tokens in, 350 out, $0.00575. */
  static RequestId serve(Store store) {
    RequestId request = store.ids().nextRequest();
    Hold hold = hold(store, request);
    store.accounts().dispatched(hold);
    store.accounts().settle(hold, Usage.of(900, 350), Basis.REPORTED);
    store.journal().append(Samples.record(request, hold.at(), "gpt-mid"));
    return request;
  }
}
