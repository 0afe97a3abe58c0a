package dev.ockham.dialect;

/**
 * Keeps what has come of a block until the rest of it comes. A chunk that follows a whole block is
 * read where it is; only the beginning of a block that is cut is copied.
 */
abstract sealed class BufferedFrames implements FrameReader permits SseReader, EventStreamReader {
  private static final int FIRST_ROOM = 1024;

  byte[] buffer = Bytes.NONE;
  int limit;

  /** The block being read starts here. */
  int start;

  // The block last returned.
  int blockFrom;
  int blockTo;
  String event = "";
  byte[] data = Bytes.NONE;
  int dataFrom;
  int dataTo;

  private byte[] own = Bytes.NONE;
  private boolean borrowed;

  /** Takes a chunk. Its bytes must not change until {@link #next} has returned false. */
  @Override
  public final void feed(byte[] chunk) {
    int pending = limit - start;
    if (pending == 0) {
      moved(start);
      buffer = chunk;
      borrowed = true;
      limit = chunk.length;
      start = 0;
      return;
    }
    if (borrowed || limit + chunk.length > own.length) {
      moveToOwn(pending, chunk.length);
    }
    System.arraycopy(chunk, 0, own, limit, chunk.length);
    limit += chunk.length;
  }

  private void moveToOwn(int pending, int more) {
    int needed = Math.addExact(pending, more);
    byte[] room =
        needed <= own.length
            ? own
            : new byte[Math.max(FIRST_ROOM, Math.max(needed, own.length * 2))];
    System.arraycopy(buffer, start, room, 0, pending);
    own = room;
    buffer = room;
    borrowed = false;
    moved(start);
    limit = pending;
    start = 0;
  }

  /** What stands in {@link #buffer} stands so many bytes further to its beginning from now on. */
  void moved(int bytes) {}

  /** The block's event name, empty where it has none. */
  @Override
  public final String event() {
    return event;
  }

  /** Holds the block's data from {@link #dataFrom} to {@link #dataTo}, until the next feed. */
  @Override
  public final byte[] data() {
    return data;
  }

  @Override
  public final int dataFrom() {
    return dataFrom;
  }

  @Override
  public final int dataTo() {
    return dataTo;
  }

  /** Where the block is in {@link #buffer}, and where it ends. */
  @Override
  public final int blockFrom() {
    return blockFrom;
  }

  @Override
  public final int blockTo() {
    return blockTo;
  }

  /** Whether the buffer is the last chunk itself, not a copy. */
  @Override
  public final boolean readsChunk() {
    return borrowed;
  }

  @Override
  public final byte[] buffer() {
    return buffer;
  }
}
