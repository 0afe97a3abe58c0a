package dev.ockham.agent;

import java.util.Optional;

/**
 * What is known of the conversation a request belongs to, as it was when the request came in.
 *
 * @param id opaque; the same for every request of one conversation
 * @param root opaque; the same for every conversation of one run, such as an agent's with those of
 *     its sub-agents, as far as the client tells; else the conversation's own id
 * @param pin what it was given, once a router has chosen for it
 * @param turns how many requests it had before this one, as far as is remembered
 */
public record Conversation(String id, String root, Optional<Pin> pin, int turns) {
  /** A conversation nobody remembers, such as one that is only asked about. */
  public static final Conversation UNKNOWN = new Conversation("", Optional.empty(), 0);

  /** A conversation that is a run of its own. */
  public Conversation(String id, Optional<Pin> pin, int turns) {
    this(id, id, pin, turns);
  }

  /**
   * The model a route gave to a conversation.
   *
   * @param route what decided; a conversation that turns to another is decided anew
   */
  public record Pin(String route, String model) {}

  /** This conversation with a model pinned to it. */
  public Conversation pinnedTo(String route, String model) {
    return new Conversation(id, root, Optional.of(new Pin(route, model)), turns);
  }
}
