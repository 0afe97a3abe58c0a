package dev.ockham.serve;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Reads request bodies on one event loop, within limits: each body's length, what may be held of
 * all of them, and the time a client may take.
 */
final class BodyReader {
  private static final int FIRST_GUESS = 4096;

  /** More is set aside only for a client that has sent so much. */
  private static final int FIRST_ROOM = 1 << 20;

  /** A body is held as it came, and once more as it goes to a provider. */
  static final int WEIGHT = 2;

  private final long maxBody;
  private final Duration patience;
  private final LongSupplier nanos;
  private final Set<Reading> underWay = new HashSet<>();

  BodyReader(long maxBody, Duration patience, LongSupplier nanos) {
    this.maxBody = maxBody;
    this.patience = patience;
    this.nanos = nanos;
  }

  /**
   * To be called in the same turn of the loop as the request came in. Fails with a Refusal, before
   * anything is read where the client has announced too much; what it gives is held in {@code
   * share}.
   */
  Future<byte[]> read(HttpServerRequest request, ByteBudget.Share share) {
    String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      discard(request);
      return Future.failedFuture(Refusal.because(Errors.packed(HeaderText.clean(coding))));
    }
    long announced = announced(request);
    if (announced > maxBody) {
      discard(request);
      return Future.failedFuture(Refusal.because(Errors.tooLarge(maxBody)));
    }
    if (announced > 0 && !share.take(WEIGHT * announced)) {
      discard(request);
      return Future.failedFuture(crowded());
    }
    var reading = new Reading(request, share, announced);
    underWay.add(reading);
    return reading.body.future();
  }

  /** Reads on without keeping anything, so that the client gets to read its answer. */
  void discard(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    long[] left = {2 * maxBody};
    request.handler(piece -> {
      left[0] -= piece.length();
      if (left[0] < 0) {
        hangUp(request);
      }
    });
  }

  /** A connection by HTTP/2 is not this request's alone. */
  private static void hangUp(HttpServerRequest request) {
    var _ =
        request.version() == HttpVersion.HTTP_2
            ? request.response().reset(0)
            : request.connection().close();
  }

  static Refusal crowded() {
    return Refusal.retryLater(Errors.busy("other large requests"), "1");
  }

  /** Called a few times a second: gives up on clients that take too long. */
  void look() {
    if (underWay.isEmpty()) {
      return;
    }
    long now = nanos.getAsLong();
    for (Reading reading : new ArrayList<>(underWay)) {
      if (now - reading.since > patience.toNanos()) {
        reading.refuse(Refusal.because(Errors.tooSlow(patience)));
      }
    }
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return -1;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException refusedByTheServerBefore) {
      return -1;
    }
  }

  /** One body on its way in. */
  private final class Reading {
    final Promise<byte[]> body = Promise.promise();
    final long since = nanos.getAsLong();
    private final HttpServerRequest request;
    private final ByteBudget.Share share;

    /** -1 where the client did not say. */
    private final long announced;

    private byte[] bytes;
    private int length;

    Reading(HttpServerRequest request, ByteBudget.Share share, long announced) {
      this.request = request;
      this.share = share;
      this.announced = announced;
      this.bytes = new byte[announced >= 0 ? (int) Math.min(announced, FIRST_ROOM) : FIRST_GUESS];
      request.handler(this::piece);
      request.endHandler(end -> complete());
      request.exceptionHandler(gone -> leave());
    }

    private void piece(Buffer piece) {
      int more = piece.length();
      if ((long) length + more > maxBody) {
        refuse(Refusal.because(Errors.tooLarge(maxBody)));
        return;
      }
      if (announced < 0 && !share.take((long) WEIGHT * more)) {
        refuse(crowded());
        return;
      }
      if (length + more > bytes.length) {
        long doubled = Math.max(2L * bytes.length, (long) length + more);
        long room = Math.max(doubled, announced);
        bytes = Arrays.copyOf(bytes, (int) Math.min(room, maxBody));
      }
      piece.getBytes(bytes, length);
      length += more;
    }

    private void complete() {
      if (underWay.remove(this)) {
        body.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
      }
    }

    void refuse(Refusal refusal) {
      if (leave()) {
        discard(request);
        body.fail(refusal);
      }
    }

    private boolean leave() {
      boolean first = underWay.remove(this);
      if (first) {
        bytes = new byte[0];
        share.giveBack();
      }
      return first;
    }
  }
}
