package dev.ockham.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Answers to requests that carry an {@code Idempotency-Key}, so that the same request sent again,
 * or many times at once, is one call and one charge. Only good answers are kept, in memory, bounded
 * in time, number and bytes; a request whose call failed may be tried again with its key. Any event
 * loop may call.
 */
final class Idempotency {
  /** A client may send the same again for so long. */
  static final Duration KEPT = Duration.ofHours(24);

  /** A longer answer is not kept; its key is, so that nobody pays for it twice. */
  static final int LONGEST = 4 << 20;

  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_KEYS = 100_000;

  /** What a key weighs without its answer. */
  private static final int WEIGHT = 500;

  private final LongSupplier nanos;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();
  private long bytes;

  Idempotency(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Whose key it is, and of what request: keys of two callers, or sent to two addresses, are never
   * the same.
   */
  record Key(String keyId, String path, String value) {}

  /** What is to be done with a request that carries a key. */
  sealed interface Claim {
    /** It is the first: it is served, and what is told is recorded. */
    record Serve(Recording recording) implements Claim {}

    /** It was answered before. */
    record Replay(KeptReply reply) implements Claim {}

    /** The first is still being served; what is to be done is known when it has ended. */
    record Wait(CompletionStage<Boolean> ended) implements Claim {}

    /** Another request was sent with this key. */
    record Differs() implements Claim {}

    /** It was answered before, at a length that is not kept. */
    record NotKept() implements Claim {}
  }

  /** A good answer. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never changed
  record KeptReply(int status, List<Map.Entry<String, String>> headers, byte[] body) {}

  private static final class Entry {
    private final String fingerprint;
    private final long since;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private Optional<KeptReply> reply = Optional.empty();
    private boolean tooLong;

    Entry(String fingerprint, long since) {
      this.fingerprint = fingerprint;
      this.since = since;
    }

    long weight() {
      return WEIGHT + reply.map(kept -> (long) kept.body.length).orElse(0L);
    }
  }

  /**
   * @param fingerprint of the request's body
   */
  Claim claim(Key key, String fingerprint) {
    synchronized (entries) {
      forgetOld();
      Entry known = entries.get(key);
      if (known == null) {
        var entry = new Entry(fingerprint, nanos.getAsLong());
        entries.put(key, entry);
        bytes += entry.weight();
        return new Claim.Serve(new Recording(this, key));
      }
      if (!known.fingerprint.equals(fingerprint)) {
        return new Claim.Differs();
      }
      if (known.reply.isPresent()) {
        return new Claim.Replay(known.reply.get());
      }
      return known.tooLong ? new Claim.NotKept() : new Claim.Wait(known.ended);
    }
  }

  /** The first request was answered well. */
  void keep(Key key, KeptReply reply) {
    settle(key, entry -> entry.reply = Optional.of(reply));
  }

  /** The first request was answered well, at a length that is not kept. */
  void keepKeyOnly(Key key) {
    settle(key, entry -> entry.tooLong = true);
  }

  /** The first request was not answered well: the next one with its key is served. */
  void forget(Key key) {
    CompletableFuture<Boolean> ended;
    synchronized (entries) {
      Entry entry = entries.remove(key);
      if (entry == null) {
        return;
      }
      bytes -= entry.weight();
      ended = entry.ended;
    }
    ended.complete(false);
  }

  private interface Change {
    void to(Entry entry);
  }

  private void settle(Key key, Change change) {
    CompletableFuture<Boolean> ended;
    synchronized (entries) {
      Entry entry = entries.get(key);
      if (entry == null) {
        return;
      }
      bytes -= entry.weight();
      change.to(entry);
      bytes += entry.weight();
      ended = entry.ended;
      forgetOld();
    }
    ended.complete(true);
  }

  /**
   * The oldest go first; one that is being served is not forgotten, or it would be served twice.
   */
  private void forgetOld() {
    long before = nanos.getAsLong() - KEPT.toNanos();
    List<Key> going = new ArrayList<>();
    long left = bytes;
    int count = entries.size();
    for (Map.Entry<Key, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      boolean old = entry.since - before < 0;
      if (!old && left <= MOST_BYTES && count <= MOST_KEYS) {
        break;
      }
      if (entry.ended.isDone()) {
        going.add(each.getKey());
        left -= entry.weight();
        count--;
      }
    }
    going.forEach(entries::remove);
    bytes = left;
  }
}
