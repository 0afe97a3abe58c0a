package dev.ockham.agent;

import dev.ockham.chat.ChatRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The conversations that were given a model, so that none is switched in the middle: a switch pays
 * for the whole prompt again. Kept in memory only: what is forgotten is decided anew. Bounded in
 * number, each entry in size; any thread may call.
 */
public final class Conversations {
  private final InstantSource clock;
  private final int capacity;
  private final long idleMillis;
  private final SequencedMap<String, Entry> byId = new LinkedHashMap<>();

  private record Entry(Conversation.Pin pin, int turns, long lastSeenMillis) {}

  /**
   * @param capacity at most so many are remembered; the longest unused is forgotten first
   * @param idle one that was not heard of for so long is forgotten
   */
  public Conversations(InstantSource clock, int capacity, Duration idle) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + " (expected: >= 1)");
    }
    this.clock = clock;
    this.capacity = capacity;
    this.idleMillis = idle.toMillis();
  }

  /**
   * The conversation this request belongs to.
   *
   * @param headers the request's header of a name, in lower case
   * @param keyId of the caller: conversations of two keys are never the same
   */
  public Conversation find(
      ChatRequest request, Function<String, Optional<String>> headers, String keyId) {
    String id = ConversationId.of(request, headers, keyId);
    String root = ConversationId.rootOf(headers, keyId).orElse(id);
    long now = clock.millis();
    synchronized (byId) {
      Entry known = byId.get(id);
      if (known == null) {
        return new Conversation(id, root, Optional.empty(), 0);
      }
      if (now - known.lastSeenMillis > idleMillis) {
        byId.remove(id);
        return new Conversation(id, root, Optional.empty(), 0);
      }
      byId.putLast(id, new Entry(known.pin, known.turns + 1, now));
      return new Conversation(id, root, Optional.of(known.pin), known.turns);
    }
  }

  /**
   * The session that a client names in a header.
   *
   * @param headers the request's header of a name, in lower case
   */
  public static Optional<String> session(Function<String, Optional<String>> headers) {
    return Optional.of(ConversationId.session(headers)).filter(name -> !name.isEmpty());
  }

  /** Remembers the model that a route gave to a conversation; a later pin replaces it. */
  public void pin(Conversation conversation, String route, String model) {
    long now = clock.millis();
    synchronized (byId) {
      Entry before = byId.get(conversation.id());
      int turns = before == null ? conversation.turns() + 1 : before.turns;
      byId.putLast(conversation.id(), new Entry(new Conversation.Pin(route, model), turns, now));
      forgetOldest(now);
    }
  }

  /** How many conversations are remembered. */
  public int size() {
    synchronized (byId) {
      return byId.size();
    }
  }

  private void forgetOldest(long now) {
    while (!byId.isEmpty()) {
      Map.Entry<String, Entry> oldest = byId.firstEntry();
      boolean expired = now - oldest.getValue().lastSeenMillis > idleMillis;
      if (!expired && byId.size() <= capacity) {
        return;
      }
      byId.pollFirstEntry();
    }
  }
}
