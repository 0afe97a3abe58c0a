package dev.ockham.dialect;

/**
 * Cuts a provider's stream into events, however its bytes come. Feed a chunk, then call {@link
 * #next} until it is false. A block is an event with everything that frames it.
 */
interface FrameReader {
  /** Takes a chunk. Its bytes must not change until {@link #next} has returned false. */
  void feed(byte[] chunk);

  /** Goes to the next block that has come whole. False where more bytes are needed. */
  boolean next();

  /** Whether the unfinished block has grown too large to go on. */
  boolean tooLarge();

  /** What completes a last block whose end was left out; maybe nothing. */
  byte[] closing();

  /** Whether the block has data. */
  boolean hasData();

  /** The event's name, empty where it has none. */
  String event();

  /** Holds the block's data from {@link #dataFrom} to {@link #dataTo}, until the next feed. */
  byte[] data();

  int dataFrom();

  int dataTo();

  /** Where the block is in {@link #buffer}, and where it ends. */
  int blockFrom();

  int blockTo();

  /** Whether the buffer is the last chunk itself, not a copy. */
  boolean readsChunk();

  byte[] buffer();
}
