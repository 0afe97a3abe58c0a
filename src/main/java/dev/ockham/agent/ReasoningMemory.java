package dev.ockham.agent;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What makers of tool calls want back with them, for clients that have nowhere to keep it. Kept in
 * memory only: what is forgotten is reasoned anew. Bounded in characters; any thread may call.
 */
public final class ReasoningMemory {
  private final InstantSource clock;
  private final long capacity;
  private final long idleMillis;
  private final SequencedMap<Key, Entry> byCall = new LinkedHashMap<>();
  private long held;

  private record Key(String owner, String callId) {}

  private record Entry(String sealed, long lastSeenMillis) {}

  /**
   * @param capacity at most so many characters are remembered; the longest unused go first
   * @param idle what was not asked for so long is forgotten
   */
  public ReasoningMemory(InstantSource clock, long capacity, Duration idle) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + " (expected: >= 1)");
    }
    this.clock = clock;
    this.capacity = capacity;
    this.idleMillis = idle.toMillis();
  }

  /**
   * Remembers what belongs to a call; a later word replaces it.
   *
   * @param owner the id of the caller's key: nobody else is ever given it back
   */
  public void remember(String owner, String callId, String sealed) {
    long now = clock.millis();
    var key = new Key(owner, callId);
    synchronized (byCall) {
      forget(key);
      byCall.putLast(key, new Entry(sealed, now));
      held += size(key, sealed);
      forgetOldest(now);
    }
  }

  /** What belongs to a call; empty where nothing does, or it was forgotten. */
  public Optional<String> recall(String owner, String callId) {
    long now = clock.millis();
    var key = new Key(owner, callId);
    synchronized (byCall) {
      forgetOldest(now);
      Entry known = byCall.get(key);
      if (known == null) {
        return Optional.empty();
      }
      byCall.putLast(key, new Entry(known.sealed, now));
      return Optional.of(known.sealed);
    }
  }

  private void forgetOldest(long now) {
    while (!byCall.isEmpty()) {
      Map.Entry<Key, Entry> oldest = byCall.firstEntry();
      boolean expired = now - oldest.getValue().lastSeenMillis > idleMillis;
      if (!expired && held <= capacity) {
        return;
      }
      forget(oldest.getKey());
    }
  }

  private void forget(Key key) {
    Entry gone = byCall.remove(key);
    if (gone != null) {
      held -= size(key, gone.sealed);
    }
  }

  private static long size(Key key, String sealed) {
    return (long) key.owner.length() + key.callId.length() + sealed.length();
  }
}
