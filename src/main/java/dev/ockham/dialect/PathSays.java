package dev.ockham.dialect;

/**
 * What the address of a request says, in dialects that name the model there and not in the body.
 *
 * @param model decoded; empty where the body names it
 * @param stream whether events are wanted; where the body says so itself, false
 * @param array whether the events are wanted as the elements of one JSON array
 */
public record PathSays(String model, boolean stream, boolean array) {
  public static final PathSays NOTHING = new PathSays("", false, false);
}
