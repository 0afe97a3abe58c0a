package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.Dialect;
import dev.ockham.ledger.Remaining;
import dev.ockham.provider.AttemptEnd;
import dev.ockham.provider.Bytes;
import dev.ockham.provider.ReplyHead;
import dev.ockham.route.Explanation;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to one request, with Ockham's headers on it. */
final class ClientAnswer implements Reception {
  /** What may wait for a slow client before its provider is asked to wait too. */
  private static final int MAX_QUEUED = 32 * 1024;

  /** A whole reply is held as it came, and once more as it goes to the client. */
  private static final int REPLY_WEIGHT = 2;

  /** So much of a reply needs no room, so that long bodies do not keep short replies out. */
  private static final int NOT_COUNTED = 256 * 1024;

  private final Exchange exchange;
  private final HttpServerResponse response;
  private @Nullable Runnable onGone;
  private boolean gone;

  /** The client has left and the answer is written down for when it asks again. */
  private boolean unheard;

  private Runnable onDrain = () -> {};
  private long kept;

  /** What is held for the reply, apart from the request's body. */
  private long heldForReply;

  ClientAnswer(Exchange exchange, HttpServerRequest http) {
    this.exchange = exchange;
    this.response = http.response();
    response.setWriteQueueMaxSize(MAX_QUEUED);
    response.exceptionHandler(broken -> left());
    response.closeHandler(closed -> left());
  }

  @Override
  public void begin(ReplyHead head) {
    if (gone) {
      return;
    }
    MultiMap headers = response.headers();
    headers.set(HttpHeaders.CONTENT_TYPE, head.contentType());
    headers.set(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE);
    addOckhamHeaders(headers, head);
    response.setChunked(true);
  }

  @Override
  public void write(byte[] bytes) {
    if (gone || bytes.length == 0) {
      return;
    }
    exchange.recording.ifPresent(
        recording -> recording.add(bytes, exchange.held.take(bytes.length)));
    if (!unheard) {
      var _ = response.write(Bytes.wrap(bytes));
    }
  }

  @Override
  public void end(byte[] last) {
    finish(last);
  }

  @Override
  public void whole(ReplyHead head, byte[] body) {
    if (gone) {
      return;
    }
    MultiMap headers = response.headers();
    headers.set(HttpHeaders.CONTENT_TYPE, Headers.JSON);
    addOckhamHeaders(headers, head);
    exchange.cost().ifPresent(cost -> headers.set(Headers.COST, cost.toDecimalString()));
    finish(body);
  }

  @Override
  public void tell(byte[] body) {
    whole(ReplyHead.NONE, body);
  }

  @Override
  public void refuse(Refusal refusal) {
    if (gone || response.headWritten()) {
      abort();
      return;
    }
    MultiMap headers = errorHead(refusal.error(), ReplyHead.NONE);
    exchange.wire.errorHeaders(refusal.error()).forEach(headers::set);
    refusal.retryAfter().ifPresent(after -> headers.set(HttpHeaders.RETRY_AFTER, after));
    if (refusal.budget().filter(why -> !BudgetDetails.isRetryable(why)).isPresent()) {
      headers.set(Headers.SHOULD_RETRY, Headers.FALSE);
    }
    byte[] body = exchange.wire.error(refusal.error());
    finishError(refusal.budget().map(why -> BudgetDetails.addedTo(body, why)).orElse(body));
  }

  @Override
  public void fail(AttemptEnd.Failed failed) {
    if (gone || response.headWritten()) {
      abort();
      return;
    }
    ChatError error = failed.failure().error();
    MultiMap headers = errorHead(error, failed.head());
    if (failed.own().length > 0 && isOfClientsDialect()) {
      finishError(failed.own());
    } else {
      exchange.wire.errorHeaders(error).forEach(headers::set);
      finishError(exchange.wire.error(error));
    }
  }

  @Override
  public void replay(Idempotency.KeptReply reply) {
    if (gone) {
      return;
    }
    response.setStatusCode(reply.status());
    for (Map.Entry<String, String> header : reply.headers()) {
      if (!header.getKey().equalsIgnoreCase(HttpHeaders.TRANSFER_ENCODING.toString())) {
        response.headers().set(header.getKey(), header.getValue());
      }
    }
    response.headers().set(Headers.REPLAYED, Headers.TRUE);
    finish(reply.body());
  }

  private void finishError(byte[] body) {
    finish(exchange.wire.errorAsAsked(exchange.path, body));
  }

  private MultiMap errorHead(ChatError error, ReplyHead head) {
    response.setStatusCode(error.status());
    MultiMap headers = response.headers();
    headers.set(HttpHeaders.CONTENT_TYPE, Headers.JSON);
    addOckhamHeaders(headers, head);
    if (exchange.failures > 1) {
      headers.set(Headers.SHOULD_RETRY, Headers.FALSE);
    }
    return headers;
  }

  /** Whether the model that was tried last speaks the client's dialect. */
  private boolean isOfClientsDialect() {
    Dialect client = exchange.wire.dialect();
    return exchange.model.filter(model -> model.endpoint().dialect() == client).isPresent();
  }

  @Override
  public void cut() {
    abort();
  }

  /** A stream that cannot go on in order is broken off, so that its client does not wait. */
  private void abort() {
    if (!gone && !response.ended()) {
      var _ = response.reset();
      exchange.held.giveBack();
    }
  }

  @Override
  public int status() {
    return gone && !response.headWritten() ? 0 : response.getStatusCode();
  }

  @Override
  public boolean mayKeep(int bytes) {
    kept += bytes;
    long counted = REPLY_WEIGHT * Math.min(bytes, kept - NOT_COUNTED);
    if (counted <= 0) {
      return true;
    }
    boolean held = exchange.held.take(counted);
    heldForReply += held ? counted : 0;
    return held;
  }

  @Override
  public void forgetReply() {
    exchange.held.give(heldForReply);
    heldForReply = 0;
    kept = 0;
  }

  @Override
  public boolean full() {
    return !gone && !unheard && response.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable resume) {
    onDrain = resume;
    response.drainHandler(drained -> resume.run());
  }

  @Override
  public boolean gone() {
    return gone;
  }

  @Override
  public void onGone(Runnable cancel) {
    onGone = cancel;
  }

  private void left() {
    if (gone || unheard || response.ended()) {
      return;
    }
    if (exchange.recording.isPresent()) {
      unheard = true;
      onDrain.run();
      return;
    }
    gone = true;
    exchange.held.giveBack();
    Runnable cancel = onGone;
    if (cancel != null) {
      cancel.run();
    }
  }

  private void finish(byte[] last) {
    if (gone || response.ended()) {
      return;
    }
    if (exchange.recording.isPresent()) {
      Recording recording = exchange.recording.get();
      recording.add(last, exchange.held.take(last.length));
      recording.told(response.getStatusCode(), response.headers());
    }
    if (unheard) {
      exchange.held.giveBack();
      return;
    }
    Future<Void> sent = last.length == 0 ? response.end() : response.end(Bytes.wrap(last));
    sent.onComplete(ended -> exchange.held.giveBack());
  }

  /** What was asked for and how it was decided, so that a replaced model is no secret. */
  private static void disclose(MultiMap headers, Explanation why) {
    headers.set(Headers.ROUTE, why.route());
    headers.set(Headers.REQUESTED, HeaderText.clean(why.requested()));
    headers.set(Headers.MODE, why.mode().wireName());
  }

  private void addOckhamHeaders(MultiMap headers, ReplyHead head) {
    headers.set(Headers.REQUEST_ID, exchange.id.toString());
    exchange.model.ifPresent(model -> headers.set(Headers.MODEL, model.id()));
    exchange.why.filter(why -> !why.route().isEmpty()).ifPresent(why -> disclose(headers, why));
    List<String> losses = exchange.allLosses();
    if (!losses.isEmpty()) {
      headers.set(Headers.WARNINGS, HeaderText.join(losses));
    }
    exchange.remaining().ifPresent(left -> addBudget(headers, left));
    head.advice().forEach(headers::set);
    if (!head.limits().isEmpty() && isOfClientsDialect()) {
      head.limits().forEach(headers::set);
    }
    head.providerRequestId().ifPresent(id -> headers.set(exchange.wire.requestIdHeader(), id));
  }

  private static void addBudget(MultiMap headers, Remaining left) {
    headers.set(Headers.BUDGET_LEFT, left.amount().toDecimalString());
    headers.set(Headers.BUDGET_SCOPE, HeaderText.clean(left.scope().toString()));
    left.resetsAt().ifPresent(at -> headers.set(Headers.BUDGET_RESETS, at.toString()));
  }
}
