package dev.ockham.serve;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.OpenAttempt;
import dev.ockham.ledger.RequestRecord;
import dev.ockham.ledger.RequestRecord.Answer;
import dev.ockham.ledger.RequestRecord.Status;
import dev.ockham.ledger.RequestRecord.Timings;
import dev.ockham.ledger.Settlement;
import dev.ockham.route.Fleet;
import dev.ockham.store.BatchItem;
import dev.ockham.store.BatchItem.End;
import dev.ockham.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Closes the books of items whose answers are safe: each is settled or given back once, whenever it
 * is tried, because an attempt that has ended is not open any more. For threads that may block.
 */
final class BatchBooks {
  private final Store store;
  private final Accounts accounts;
  private final Supplier<Fleet> fleet;
  private final InstantSource clock;

  BatchBooks(Gateway gateway) {
    this.store = gateway.store();
    this.accounts = store.accounts();
    this.fleet = gateway.fleet();
    this.clock = gateway.clock();
  }

  /**
   * Settles and records.
   *
   * @param again whether a process before may have done some of it
   * @param undone what becomes of those that the provider did not come to
   */
  Map<BatchItem.Key, End> close(List<BatchItem.Answered> items, boolean again, End undone) {
    var ends = new LinkedHashMap<BatchItem.Key, End>();
    for (BatchItem.Answered item : items) {
      Optional<Settlement> settlement = book(item);
      item.record()
          .map(packed -> finished(packed.unpack(), item, settlement))
          .filter(record -> !again || isNew(record))
          .ifPresent(record -> store.journal().append(record));
      End end = item.status() == 200 ? End.SUCCEEDED : End.ERRORED;
      ends.put(item.key(), item.status() == 0 ? undone : end);
    }
    return ends;
  }

  private Optional<Settlement> book(BatchItem.Answered item) {
    Optional<Hold> open = item.attempt().flatMap(accounts::open).map(OpenAttempt::hold);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    if (item.status() == 200 || !item.usage().isAbsent()) {
      return Optional.of(accounts.settle(open.get(), item.usage(), item.basis()));
    }
    accounts.release(open.get(), "the provider answered " + item.status());
    return Optional.empty();
  }

  private boolean isNew(RequestRecord record) {
    return store
        .requests()
        .byId(record.asker().organisation(), record.id())
        .toCompletableFuture()
        .join()
        .isEmpty();
  }

  private RequestRecord finished(
      RequestRecord draft, BatchItem.Answered item, Optional<Settlement> settlement) {
    boolean served = item.status() == 200;
    Answer before = draft.answer();
    Duration took = Duration.between(draft.at(), clock.instant());
    Duration done = took.isNegative() ? Duration.ZERO : took;
    var answer =
        new Answer(
            served ? Status.SERVED : Status.FAILED,
            item.status(),
            served ? Optional.empty() : Optional.of("batch_item_failed"),
            served ? before.servedBy() : Optional.empty(),
            settlement.flatMap(booked -> alternative(draft, booked)),
            before.losses(),
            before.edits(),
            new Timings(before.timings().decided(), Optional.empty(), done));
    return new RequestRecord(
        draft.id(), draft.at(), draft.asker(), draft.asked(), draft.why(), answer);
  }

  private Optional<Money> alternative(RequestRecord draft, Settlement booked) {
    return draft
        .why()
        .alternative()
        .flatMap(fleet.get().catalog()::find)
        .flatMap(model -> model.price().of(booked.usage()).total());
  }
}
