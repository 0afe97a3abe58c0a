package dev.ockham.agent;

import java.util.Optional;

/**
 * What is known of the conversation a request belongs to, as it was when the request came in.
 *
 * @param id opaque; the same for every request of one conversation
 * @param pin what it was given, once a router has chosen for it
 * @param turns how many requests it had before this one, as far as is remembered
 */
public record Conversation(String id, Optional<Pin> pin, int turns) {
  /** A conversation nobody remembers, such as one that is only asked about. */
  public static final Conversation UNKNOWN = new Conversation("", Optional.empty(), 0);

  /**
   * The model a route gave to a conversation.
   *
   * @param route a conversation that turns to another route is decided anew
   */
  public record Pin(String route, String model) {}

  /** This conversation with a model pinned to it. */
  public Conversation pinnedTo(String route, String model) {
    return new Conversation(id, Optional.of(new Pin(route, model)), turns);
  }
}
