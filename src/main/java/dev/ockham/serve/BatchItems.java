package dev.ockham.serve;

import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Usage;
import dev.ockham.dialect.BatchResult;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.PathSays;
import dev.ockham.dialect.ReplyStream;
import dev.ockham.dialect.Wire;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.PackedRequest;
import dev.ockham.policy.Caller;
import dev.ockham.provider.AttemptEnd;
import dev.ockham.store.BatchItem;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * The items of batches on the path of every request, on one event loop: each has its own decision,
 * and is served alone or as part of a batch at a provider.
 */
final class BatchItems {
  private static final byte[] NO_BODY = {};

  private final Loop loop;
  private final Operation operation;
  private final ChatEndpoint endpoint;
  private final Calls calls;
  private final Recorder recorder;

  BatchItems(Loop loop, Operation operation, ChatEndpoint endpoint, Calls calls) {
    this.loop = loop;
    this.operation = operation;
    this.endpoint = endpoint;
    this.calls = calls;
    this.recorder = new Recorder(loop);
  }

  /** An item that was decided on. */
  record Decided(BatchItem.Waiting item, Exchange exchange, Plan plan, Debt debt) {}

  /** What came of a decision: a plan, or the answer already. */
  sealed interface Decision {
    record Planned(Decided decided) implements Decision {}

    record Over(BatchItem.Answered answer) implements Decision {}

    /** It is too much just now. */
    record Later(BatchItem.Key key) implements Decision {}
  }

  /** What an item's last attempt used, which is booked when its answer is safe. */
  final class Debt implements Exchange.Booking {
    private Optional<Hold> hold = Optional.empty();
    private Usage usage = Usage.ABSENT;
    private Basis basis = Basis.ESTIMATED;

    @Override
    public void used(Hold held, Usage counted, Basis by) {
      settle();
      hold = Optional.of(held);
      usage = counted;
      basis = by;
    }

    /** Books it now: nothing will be told that it is for. */
    private void settle() {
      hold.ifPresent(held -> loop.gateway().store().accounts().settle(held, usage, basis));
      hold = Optional.empty();
    }
  }

  /** Steps 2 to 4. Does not fail. */
  Future<Decision> decide(Caller caller, BatchItem.Waiting item) {
    var debt = new Debt();
    var gateway = loop.gateway();
    var errand =
        new Exchange.Errand(gateway.store().ids().nextRequest(), gateway.clock().instant(), debt);
    var exchange = new Exchange(errand, operation.wire(), loop);
    exchange.caller = Optional.of(caller);
    return endpoint
        .decided(exchange, caller, item.body())
        .<Decision>map(plan -> new Decision.Planned(new Decided(item, exchange, plan, debt)))
        .recover(no ->
            isPassing(no)
                ? Future.succeededFuture(new Decision.Later(item.key()))
                : refused(item, exchange, Future.failedFuture(no)).map(Decision.Over::new));
  }

  /** Whether what stands against it may be over soon. */
  private static boolean isPassing(Throwable no) {
    return no instanceof Refusal refusal && refusal.retryAfter().isPresent();
  }

  private Future<BatchItem.Answered> refused(
      BatchItem.Waiting item, Exchange exchange, AsyncResult<AttemptEnd> ended) {
    endpoint.record(exchange, ended);
    return kept(exchange)
        .told()
        .map(told ->
            new BatchItem.Answered(
                item.key(),
                Optional.empty(),
                told.status(),
                told.body(),
                Usage.ABSENT,
                Basis.ESTIMATED,
                Optional.empty()));
  }

  /** Steps 5 and 6, alone: the model is called now. Does not fail. */
  Future<Decision> serve(Decided decided) {
    Exchange exchange = decided.exchange;
    return endpoint
        .answered(exchange, decided.plan)
        .transform(ended -> {
          if (ended.succeeded() && ended.result() instanceof AttemptEnd.Completed) {
            return kept(exchange).told().map(told -> new Decision.Over(answered(decided, told)));
          }
          decided.debt.settle();
          return ended.failed() && isPassing(ended.cause())
              ? Future.succeededFuture(new Decision.Later(decided.item.key()))
              : refused(decided.item, exchange, ended).map(Decision.Over::new);
        });
  }

  private BatchItem.Answered answered(Decided decided, KeptAnswer.Told told) {
    return new BatchItem.Answered(
        decided.item.key(),
        decided.debt.hold.map(Hold::attempt),
        told.status(),
        told.body(),
        decided.debt.usage,
        decided.debt.basis,
        Optional.of(PackedRequest.pack(recorder.served(decided.exchange))));
  }

  /**
   * Step 5, and the words of step 6, for a model that answers as part of a batch. Gives the item as
   * it is to be sent, its answer where it cannot be, or itself where that may be otherwise soon.
   */
  Future<BatchItem> prepare(Decided decided) {
    return endpoint
        .batched(decided.exchange, decided.plan)
        .<BatchItem>map(batched ->
            new BatchItem.Sent(
                decided.item.key(),
                decided.exchange.id,
                batched.hold().attempt(),
                PackedRequest.pack(recorder.served(decided.exchange)),
                decided.item.body(),
                batched.call().body()))
        .recover(no ->
            isPassing(no)
                ? Future.succeededFuture(decided.item)
                : refused(decided.item, decided.exchange, Future.failedFuture(no))
                    .map(answer -> answer));
  }

  /** What a provider made of an item, as its client is told it. Any thread may ask. */
  BatchItem.Answered read(Model model, BatchItem.Sent item, Optional<BatchResult> found) {
    Wire wire = operation.wire();
    BatchResult result = found.orElse(new BatchResult("", 0, NO_BODY));
    DecodeOutcome outcome = operation.decode(PathSays.NOTHING, item.body());
    if (result.status() == 200 && outcome instanceof Decoded decoded) {
      ReplyStream reply = calls.reply(item.record().unpack(), model, wire, decoded);
      var _ = reply.accept(result.body());
      byte[] told = reply.end();
      return reply.failure().isEmpty()
          ? told(item, 200, told, WorstCase.batched(reply.usage()))
          : told(item, 502, told, WorstCase.batched(reply.usage()));
    }
    if (result.status() == 0) {
      return told(item, 0, NO_BODY, Usage.ABSENT);
    }
    Dialect dialect = model.endpoint().dialect();
    ChatError error = Wire.of(dialect).readError(result.status(), result.body());
    boolean own = dialect == wire.dialect() && result.body().length > 0;
    return told(item, error.status(), own ? result.body() : wire.error(error), Usage.ABSENT);
  }

  private static BatchItem.Answered told(
      BatchItem.Sent item, int status, byte[] body, Usage usage) {
    return new BatchItem.Answered(
        item.key(),
        Optional.of(item.attempt()),
        status,
        body,
        usage,
        Basis.REPORTED,
        Optional.of(item.record()));
  }

  private static KeptAnswer kept(Exchange exchange) {
    return (KeptAnswer) exchange.answer;
  }
}
