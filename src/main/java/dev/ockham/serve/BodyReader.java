package dev.ockham.serve;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Reads request bodies on one event loop, within limits: each body's length, all bodies' together,
 * and the time a client may take.
 */
final class BodyReader {
  private static final int FIRST_GUESS = 4096;

  private final long maxBody;
  private final long maxTogether;
  private final Duration patience;
  private final LongSupplier nanos;
  private final Set<Reading> underWay = new HashSet<>();
  private long together;

  BodyReader(long maxBody, long maxTogether, Duration patience, LongSupplier nanos) {
    this.maxBody = maxBody;
    this.maxTogether = Math.max(maxBody, maxTogether);
    this.patience = patience;
    this.nanos = nanos;
  }

  /**
   * To be called in the same turn of the loop as the request came in. Fails with a Refusal; what it
   * gives counts against all bodies' limit until it is released.
   */
  Future<byte[]> read(HttpServerRequest request) {
    long announced = announced(request);
    if (announced > maxBody) {
      discard(request);
      return Future.failedFuture(Refusal.because(Errors.tooLarge(maxBody)));
    }
    var reading = new Reading(request, announced);
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
        var _ = request.connection().close();
      }
    });
  }

  /** The request of a body that was read is over. */
  void release(int length) {
    together -= length;
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
    private byte[] bytes;
    private int length;

    Reading(HttpServerRequest request, long announced) {
      this.request = request;
      // an announced length is no reason to set memory aside before the bytes come
      this.bytes = new byte[announced >= 0 ? (int) Math.min(announced, 1 << 20) : FIRST_GUESS];
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
      if (together + more > maxTogether) {
        refuse(Refusal.retryLater(Errors.busy("other large requests"), "1"));
        return;
      }
      if (length + more > bytes.length) {
        long doubled = Math.max(2L * bytes.length, (long) length + more);
        bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, maxBody));
      }
      piece.getBytes(bytes, length);
      length += more;
      together += more;
    }

    private void complete() {
      if (underWay.remove(this)) {
        body.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
      }
    }

    void refuse(Refusal refusal) {
      if (leave()) {
        bytes = new byte[0];
        discard(request);
        body.fail(refusal);
      }
    }

    private boolean leave() {
      boolean first = underWay.remove(this);
      together -= first ? length : 0;
      return first;
    }
  }
}
