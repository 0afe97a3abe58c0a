package dev.ockham.serve;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.chat.Usage;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.KeepingReply;
import dev.ockham.dialect.PathSays;
import dev.ockham.dialect.ReplyStream;
import dev.ockham.dialect.Wire;
import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.HoldOutcome;
import dev.ockham.ledger.Remaining;
import dev.ockham.ledger.RequestId;
import dev.ockham.ledger.Settlement;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import dev.ockham.route.Explanation;
import dev.ockham.route.Fleet;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One request on its path, and what is known of it so far: the steps note here what the answer's
 * headers and the record will tell. Only the request's event loop touches it.
 */
final class Exchange {
  /** Empty for what nobody waits for on a connection. */
  final Optional<HttpServerRequest> http;

  final Wire wire;

  /** What the address says besides the endpoint. */
  final PathSays path;

  final RequestId id;
  final Instant at;
  final long startNanos;
  final Fleet fleet;

  /** Whether an operator lets requests past the router and the budgets. */
  final boolean bypassed;

  final Reception answer;

  Optional<Caller> caller = Optional.empty();
  Optional<Decoded> decoded = Optional.empty();
  Conversation conversation = Conversation.UNKNOWN;
  Optional<Explanation> why = Optional.empty();

  /** The model that serves, or was tried last. */
  Optional<Model> model = Optional.empty();

  /** How much the budgets leave beside what is held for it. */
  Optional<HoldOutcome.Room> room = Optional.empty();

  final List<Settlement> settlements = new ArrayList<>(1);
  List<String> losses = List.of();
  List<String> edits = List.of();

  /** What is to be kept of a turn for its client, and the reply that it is told by. */
  Optional<ResponsesOperation.Keeping> keeping = Optional.empty();

  Optional<KeepingReply> kept = Optional.empty();

  /** The reply of the last attempt. */
  Optional<ReplyStream> reply = Optional.empty();

  /** What becomes of what its attempts used: at once into the books, or for an item later. */
  final Booking booking;

  private final Accounts accounts;

  /** Where the answer is written down, for the same request sent again. */
  Optional<Recording> recording = Optional.empty();

  /** What it holds of the memory for bodies and replies, until its answer is sent. */
  final ByteBudget.Share held;

  long decidedNanos;
  long firstByteNanos;

  /** Models that were tried and gave no answer. */
  int failures;

  Exchange(Arrival arrival, Wire wire, Loop loop) {
    this.held = loop.memory().share();
    this.http = Optional.of(arrival.http);
    this.wire = wire;
    this.path = wire.path(arrival.path, Objects.requireNonNullElse(arrival.http.query(), ""));
    this.id = arrival.id;
    this.at = arrival.at;
    this.startNanos = arrival.nanos;
    this.decidedNanos = arrival.nanos;
    this.fleet = loop.routes().fleet();
    this.bypassed = loop.routes().isBypassed(at);
    this.booking = this::settle;
    this.accounts = loop.gateway().store().accounts();
    this.answer = new ClientAnswer(this, arrival.http);
  }

  /** An item of a batch, whose answer is kept. */
  Exchange(Errand errand, Wire wire, Loop loop) {
    this.held = loop.memory().share();
    this.http = Optional.empty();
    this.wire = wire;
    this.path = PathSays.NOTHING;
    this.id = errand.id;
    this.at = errand.at;
    this.startNanos = loop.now();
    this.decidedNanos = startNanos;
    this.fleet = loop.routes().fleet();
    this.bypassed = loop.routes().isBypassed(at);
    this.booking = errand.booking;
    this.accounts = loop.gateway().store().accounts();
    this.answer = new KeptAnswer(wire, held);
  }

  /**
   * A request that nobody waits for on a connection.
   *
   * @param booking what becomes of what it used
   */
  record Errand(RequestId id, Instant at, Booking booking) {}

  /** Books what an attempt used. */
  interface Booking {
    void used(Hold hold, Usage usage, Basis basis);
  }

  private void settle(Hold hold, Usage usage, Basis basis) {
    settlements.add(accounts.settle(hold, usage, basis));
  }

  /** Which endpoint of ours was asked, for what may be asked of one only. */
  String endpoint() {
    return http.map(HttpServerRequest::path).orElse("");
  }

  /** A header of the client's request. */
  Optional<String> header(CharSequence name) {
    return http.map(request -> request.getHeader(name));
  }

  /**
   * A request as it came in.
   *
   * @param path without the query
   * @param caller where the table of routes has asked for it
   */
  record Arrival(
      HttpServerRequest http,
      String path,
      RequestId id,
      Instant at,
      long nanos,
      Optional<Caller> caller) {
    Arrival by(Caller known) {
      return new Arrival(http, path, id, at, nanos, Optional.of(known));
    }
  }

  /** What the provider was not told, and what the client was not, as far as is known now. */
  List<String> allLosses() {
    Set<String> ofReply = reply.map(ReplyStream::losses).orElse(Set.of());
    List<Scope> over = room.map(HoldOutcome.Room::over).orElse(List.of());
    if (ofReply.isEmpty() && over.isEmpty()) {
      return losses;
    }
    var all = new ArrayList<>(losses);
    all.addAll(new TreeSet<>(ofReply));
    over.forEach(scope -> all.add("the budget of " + scope + " is used up"));
    return all;
  }

  /** What its budgets leave, by the last that is known. */
  Optional<Remaining> remaining() {
    return settlements.isEmpty()
        ? room.flatMap(HoldOutcome.Room::tightest)
        : settlements.getLast().remaining();
  }

  /** What all attempts cost together; empty while nothing is settled or a price is unknown. */
  Optional<Money> cost() {
    if (settlements.isEmpty()) {
      return Optional.empty();
    }
    var sum = Money.ZERO;
    for (Settlement settlement : settlements) {
      Optional<Money> total = settlement.total();
      if (total.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(total.get());
    }
    return Optional.of(sum);
  }
}
