package dev.ockham.provider;

import dev.ockham.catalog.Endpoint;
import dev.ockham.chat.ChatError;
import dev.ockham.dialect.ReplyStream;
import dev.ockham.dialect.Wire;
import dev.ockham.provider.ProviderFailure.Faulty;
import dev.ockham.provider.ProviderFailure.HungUp;
import dev.ockham.provider.ProviderFailure.Misspoke;
import dev.ockham.provider.ProviderFailure.TooSlow;
import dev.ockham.provider.ProviderFailure.Unreachable;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of a provider, from connecting to its last byte. All of it happens on one event loop, so
 * it needs no lock; whatever comes first of answer, break, deadline and a client that leaves ends
 * it, and what comes later finds it ended.
 */
final class Attempt {
  /** Longer replies are not a model's. */
  private static final int MAX_WHOLE_REPLY = 64 * 1024 * 1024;

  private static final int MAX_ERROR_BODY = 64 * 1024;

  /** A provider that has finished gets this long to end its reply, so the connection can stay. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Attempts loop;
  private final Call call;
  private final ReplyStream reply;
  private final Meter meter;
  private final Answer answer;
  private final Promise<AttemptEnd> end = Promise.promise();
  private Phase phase = Phase.CONNECTING;
  private final Waits waits;
  private boolean begun;
  private long received;
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse response;
  private @Nullable Buffer errorBody;

  Attempt(Attempts loop, Call call, Meter meter, Answer answer) {
    this.loop = loop;
    this.call = call;
    this.reply = call.reply();
    this.meter = meter;
    this.answer = answer;
    this.waits = new Waits(loop.patience, call, loop.nanos.getAsLong());
  }

  Future<AttemptEnd> start() {
    if (answer.gone()) {
      phase = Phase.OVER;
      meter.released("client left before the call");
      return Future.succeededFuture(new AttemptEnd.ClientLeft());
    }
    loop.deadlines.add(this);
    answer.onGone(() -> guarded(this::clientLeft));
    loop.upstreams.open(Outgoing.of(call)).onComplete(result -> guarded(() -> connected(result)));
    return end.future();
  }

  /** A step that fails ends the attempt; whoever waits for its end books what it used. */
  void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException bug) {
      over();
      Upstreams.hangUp(request);
      end.tryFail(bug);
    }
  }

  private void connected(AsyncResult<HttpClientRequest> result) {
    if (phase != Phase.CONNECTING) {
      if (result.succeeded()) {
        Upstreams.hangUp(result.result());
      }
      return;
    }
    if (result.failed()) {
      String why = ProviderFailure.whyNotConnected(result.cause());
      failUnused(
          new Unreachable(ProviderFailure.unreachable(endpoint().name(), why)), "no connection");
      return;
    }
    HttpClientRequest opened = result.result();
    request = opened;
    meter.dispatched();
    enter(Phase.WAITING);
    opened.send(Bytes.wrap(call.body())).onComplete(head -> guarded(() -> answered(head)));
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (phase != Phase.WAITING) {
      return;
    }
    if (result.failed()) {
      fail(
          new HungUp(
              ProviderFailure.unreachable(endpoint().name(), "it hung up without an answer")));
      return;
    }
    HttpClientResponse head = result.result();
    response = head;
    enter(Phase.REPLYING);
    head.exceptionHandler(broken -> guarded(() -> ended(false)));
    head.endHandler(nothing -> guarded(() -> ended(true)));
    Optional<String> wrong =
        ReplyHead.misspoken(head, call.streamed() ? wire().streamType() : "json");
    if (wrong.isPresent()) {
      misspoke(wrong.get());
    } else if (head.statusCode() == 200) {
      head.handler(bytes -> guarded(() -> piece(bytes)));
    } else {
      receiveError(head);
    }
  }

  private void receiveError(HttpClientResponse head) {
    Buffer body = Buffer.buffer();
    errorBody = body;
    head.handler(piece -> {
      if (phase != Phase.REPLYING) {
        return;
      }
      if (body.length() + piece.length() <= MAX_ERROR_BODY) {
        body.appendBuffer(piece);
      } else {
        refused(body.getBytes(), false);
        Upstreams.hangUp(request);
      }
    });
  }

  private void piece(Buffer bytes) {
    if (phase != Phase.REPLYING) {
      return;
    }
    received += bytes.length();
    if (!call.streamed() && received > MAX_WHOLE_REPLY) {
      misspoke("more than " + MAX_WHOLE_REPLY + " bytes");
      return;
    }
    if (!call.streamed() && !answer.mayKeep(bytes.length())) {
      fail(new ProviderFailure.NoRoom(ProviderFailure.noRoom()));
      return;
    }
    long before = reply.events();
    byte[] out = reply.accept(bytes.getBytes());
    if (!call.streamed() || reply.events() > before) {
      waits.progressed(loop.nanos.getAsLong());
    }
    if (call.streamed() && (reply.finished() || reply.failure().isPresent())) {
      finish(out);
    } else if (out.length > 0) {
      forward(out);
      meter.mustStop(reply.usage(), reply.outputChars()).ifPresent(this::cut);
    }
  }

  /** What the client has stays; it is told why there is no more. */
  private void cut(ChatError why) {
    settle();
    leave(new AttemptEnd.BrokenOff(why));
    answer.end(reply.broken(why));
  }

  private void forward(byte[] out) {
    begin();
    answer.write(out);
    waits.told(loop.nanos.getAsLong());
    HttpClientResponse head = response;
    if (head != null && answer.full()) {
      head.pause();
      answer.onDrain(() -> {
        waits.progressed(loop.nanos.getAsLong());
        head.resume();
      });
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      answer.begin(ReplyHead.of(response, wire(), reply.contentType()));
    }
  }

  /** The reply is complete: it is paid for before the client sees its end. */
  private void finish(byte[] last) {
    Optional<ChatError> failure = reply.failure();
    if (failure.isPresent() && !begun) {
      fail(new Faulty(failure.get()));
      return;
    }
    begin();
    settle();
    enter(Phase.LINGERING);
    // whoever waits for this end goes on at once, before the client is told the rest
    end.complete(
        failure
            .<AttemptEnd>map(AttemptEnd.BrokenOff::new)
            .orElseGet(() -> AttemptEnd.whole(answer)));
    answer.end(last);
    if (failure.isPresent()) {
      over();
      Upstreams.hangUp(request);
    }
  }

  /** The provider's reply is over, in order or not. */
  private void ended(boolean whole) {
    if (phase == Phase.LINGERING) {
      over();
    } else if (phase == Phase.REPLYING) {
      Buffer error = errorBody;
      if (error != null) {
        refused(error.getBytes(), whole);
      } else {
        lastOfReply(reply.end());
      }
    }
  }

  private void lastOfReply(byte[] last) {
    if (call.streamed()) {
      // not finished, or it would have ended before: what is left says that it was cut
      finish(last);
      over();
      return;
    }
    Optional<ChatError> failure = reply.failure();
    if (failure.isPresent()) {
      fail(new Faulty(failure.get()));
      return;
    }
    settle();
    over();
    end.complete(AttemptEnd.whole(answer));
    answer.whole(ReplyHead.of(response, wire(), reply.contentType()), last);
  }

  private void refused(byte[] body, boolean whole) {
    int status = response == null ? 502 : response.statusCode();
    ChatError said = wire().readError(status, name -> ReplyHead.text(response, name), body);
    ReplyHead told = ReplyHead.refusing(response, wire(), body);
    ProviderFailure failure = ProviderFailure.ofReply(endpoint().name(), said);
    // what we say in its place may be said because its own words are not for clients
    boolean own = whole && failure.error().equals(said) && ReplyHead.isJson(response);
    meter.released("provider answered " + status);
    over();
    end.complete(new AttemptEnd.Failed(failure, told, own ? body : new byte[0]));
  }

  private void misspoke(String what) {
    fail(new Misspoke(ProviderFailure.misspoke(endpoint().name(), what)));
  }

  private void clientLeft() {
    switch (phase) {
      case CONNECTING -> {
        meter.released("client left before the call");
        leave(new AttemptEnd.ClientLeft());
      }
      case WAITING, REPLYING -> hungUpOn();
      case LINGERING, OVER -> {}
    }
  }

  private void hungUpOn() {
    HttpClientResponse head = response;
    switch (endpoint().hangUp()) {
      case CANCEL -> settle();
      case FREE -> meter.released("client left, and its provider bills no such answer");
      case DRAIN -> {
        // read on for its usage, within the deadlines
        if (head != null) {
          head.resume();
        }
        return;
      }
    }
    leave(new AttemptEnd.ClientLeft());
  }

  /** Called a few times a second. */
  void look(long now) {
    switch (phase) {
      case CONNECTING -> {
        if (waits.tooLongFor(loop.patience.connect(), now)) {
          failUnused(tooSlow(loop.patience.connect() + " for a connection"), "no connection");
        }
      }
      case WAITING, REPLYING -> lookAtReply(now);
      case LINGERING -> {
        if (waits.tooLongFor(LINGER, now)) {
          Upstreams.hangUp(request);
          over();
        }
      }
      case OVER -> {}
    }
  }

  private void lookAtReply(long now) {
    boolean replying = phase == Phase.REPLYING;
    switch (waits.look(now, replying, reply.events() > 0, begun && answer.full())) {
      case Waits.Due.Late(var waitedFor) -> breakOff(tooSlow(waitedFor));
      case Waits.Due.ClientStalled _ -> clientStalled();
      case Waits.Due.Heartbeat _ -> heartbeat(now);
      case Waits.Due.Nothing _ -> {}
    }
  }

  private void heartbeat(long now) {
    if (begun) {
      waits.told(now);
      answer.write(reply.heartbeat());
    }
  }

  /** A client that takes nothing any more is hung up on; what came for it is paid for. */
  private void clientStalled() {
    settle();
    leave(new AttemptEnd.ClientLeft());
    answer.cut();
  }

  /** The gateway stops: whoever has part of an answer is told that no more will come. */
  void breakOff(ChatError why) {
    switch (phase) {
      case CONNECTING -> failUnused(new ProviderFailure.Stopping(why), "the gateway stops");
      case WAITING, REPLYING -> breakOff(new ProviderFailure.Stopping(why));
      case LINGERING, OVER -> {}
    }
  }

  /** Too late for another model if the client has part of an answer. */
  private void breakOff(ProviderFailure failure) {
    if (begun) {
      cut(failure.error());
    } else {
      fail(failure);
    }
  }

  private TooSlow tooSlow(String waitedFor) {
    return new TooSlow(ProviderFailure.tooSlow(endpoint().name(), waitedFor));
  }

  /** The provider may have worked on it, so it is charged as estimated. */
  private void fail(ProviderFailure failure) {
    settle();
    leave(AttemptEnd.Failed.of(failure));
  }

  private void failUnused(ProviderFailure failure, String why) {
    meter.released(why);
    leave(AttemptEnd.Failed.of(failure));
  }

  private void settle() {
    Estimate.settle(meter, reply, call.inputEstimate());
  }

  private void leave(AttemptEnd how) {
    over();
    Upstreams.hangUp(request);
    end.complete(how);
  }

  private void over() {
    phase = Phase.OVER;
    loop.deadlines.remove(this);
  }

  private void enter(Phase next) {
    phase = next;
    waits.entered(next, loop.nanos.getAsLong());
  }

  private Wire wire() {
    return Wire.of(endpoint().dialect());
  }

  private Endpoint endpoint() {
    return call.model().endpoint();
  }
}
