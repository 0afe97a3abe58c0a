package dev.ockham.provider;

/**
 * Where an attempt's answer goes: the client's side, as an attempt sees it. Either one {@link
 * #whole}, or {@link #begin}, any number of {@link #write}s and one {@link #end}. Only ever called
 * on the event loop of its request.
 */
public interface Answer {
  /** A streamed answer begins; from here on nobody else can answer. */
  void begin(ReplyHead head);

  /** The next bytes of a stream, maybe none. */
  void write(byte[] bytes);

  /** The last bytes of a stream, maybe none. */
  void end(byte[] last);

  /** A whole answer at once. */
  void whole(ReplyHead head, byte[] body);

  /** Whether memory for so many bytes of a reply, kept until the answer is sent, can be had. */
  boolean mayKeep(int bytes);

  /** Whether the client reads more slowly than the provider writes. */
  boolean full();

  /** Calls back once when the client has caught up. */
  void onDrain(Runnable resume);

  /** Hangs up on a client that does not read. */
  void cut();

  /** Whether the client has left. */
  boolean gone();

  /** Calls back once if the client leaves before the end. */
  void onGone(Runnable cancel);
}
