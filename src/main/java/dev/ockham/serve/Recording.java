package dev.ockham.serve;

import dev.ockham.serve.Idempotency.KeptReply;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/**
 * What a client is told, written down as it is told it. The call goes on when the client hangs up,
 * because it will ask again. For one event loop.
 */
final class Recording {
  private final Idempotency idempotency;
  private final Idempotency.Key key;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private List<Map.Entry<String, String>> headers = List.of();
  private int status;
  private boolean tooLong;
  private boolean told;
  private boolean well;
  private boolean ended;
  private boolean settled;

  Recording(Idempotency idempotency, Idempotency.Key key) {
    this.idempotency = idempotency;
    this.key = key;
  }

  /**
   * @param room whether there is memory for these bytes
   */
  void add(byte[] bytes, boolean room) {
    if (tooLong || !room || body.size() + bytes.length > Idempotency.LONGEST) {
      tooLong = true;
      body.reset();
    } else {
      body.writeBytes(bytes);
    }
  }

  /** The client was told all of it. */
  void told(int status, MultiMap headers) {
    this.status = status;
    this.headers =
        headers.entries().stream()
            .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
            .toList();
    told = true;
    settle();
  }

  /**
   * The request's path has ended.
   *
   * @param well whether the answer is a whole one
   */
  void ended(boolean well) {
    this.well = well;
    ended = true;
    settle();
  }

  /** The last bytes and the end of the path come in either order. */
  private void settle() {
    if (settled || !ended || (well && !told)) {
      return;
    }
    settled = true;
    if (!well || status / 100 != 2) {
      idempotency.forget(key);
    } else if (tooLong) {
      idempotency.keepKeyOnly(key);
    } else {
      idempotency.keep(key, new KeptReply(status, headers, body.toByteArray()));
    }
  }
}
