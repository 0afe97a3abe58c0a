package dev.ockham.serve;

import dev.ockham.policy.Caller;
import dev.ockham.serve.Idempotency.Claim;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sees to it that a request with an {@code Idempotency-Key} is served once. For one event loop. */
final class Once {
  private static final int LONGEST_KEY = 255;

  /** The first is bounded by its own deadline; this is beyond every one of them. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(30);

  private final Loop loop;

  Once(Loop loop) {
    this.loop = loop;
  }

  /** The answer was told from what is kept: nothing is left to do, and nothing to book. */
  static final class Replayed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Replayed() {
      super("replayed", null, false, false);
    }
  }

  /** Goes on with a request that is to be served; one that was is answered here. */
  Future<byte[]> first(Exchange exchange, Caller caller, byte[] body) {
    Optional<String> value = exchange.header(Headers.IDEMPOTENCY_KEY);
    if (value.isEmpty() || value.get().isBlank()) {
      return Future.succeededFuture(body);
    }
    if (value.get().length() > LONGEST_KEY) {
      return Future.failedFuture(Refusal.because(Errors.keyTooLong()));
    }
    var key = new Idempotency.Key(caller.keyId(), exchange.endpoint(), value.get());
    return loop.heavy(body.length, () -> fingerprint(body))
        .compose(fingerprint -> claim(exchange, key, fingerprint))
        .map(body);
  }

  private Future<Void> claim(Exchange exchange, Idempotency.Key key, String fingerprint) {
    return switch (loop.idempotency().claim(key, fingerprint)) {
      case Claim.Serve(Recording recording) -> {
        exchange.recording = Optional.of(recording);
        yield Future.succeededFuture();
      }
      case Claim.Replay(var reply) -> {
        exchange.answer.replay(reply);
        yield Future.failedFuture(new Replayed());
      }
      case Claim.Wait(var ended) ->
          loop.await(ended)
              .timeout(LONGEST_CALL.toMinutes(), TimeUnit.MINUTES)
              .compose(any -> claim(exchange, key, fingerprint));
      case Claim.Differs() -> Future.failedFuture(Refusal.because(Errors.otherRequest()));
      case Claim.NotKept() -> Future.failedFuture(Refusal.because(Errors.answerNotKept()));
    };
  }

  private static String fingerprint(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException everyRuntimeHasIt) {
      throw new IllegalStateException(everyRuntimeHasIt);
    }
  }
}
