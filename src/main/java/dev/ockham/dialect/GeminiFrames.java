package dev.ockham.dialect;

/**
 * Cuts a Gemini stream into events: server-sent events, and the JSON of an error, which comes
 * without a field name before it.
 */
final class GeminiFrames implements FrameReader {
  private final SseReader sse = new SseReader();
  private int bareFrom = -1;

  @Override
  public void feed(byte[] chunk) {
    sse.feed(chunk);
  }

  @Override
  public boolean next() {
    boolean found = sse.next();
    bareFrom = found && !sse.hasData() ? bareJson() : -1;
    return found;
  }

  /** Where the block's JSON begins, or -1. */
  private int bareJson() {
    for (int at = sse.blockFrom(); at < sse.blockTo(); at++) {
      byte c = sse.buffer()[at];
      if (c == '{' || c == '[') {
        return at;
      }
      if (c > ' ') {
        return -1;
      }
    }
    return -1;
  }

  /** Whether the block is JSON without a field name. */
  boolean isBare() {
    return bareFrom >= 0;
  }

  @Override
  public boolean tooLarge() {
    return sse.tooLarge();
  }

  @Override
  public byte[] closing() {
    return sse.closing();
  }

  @Override
  public boolean hasData() {
    return isBare() || sse.hasData();
  }

  @Override
  public String event() {
    return sse.event();
  }

  @Override
  public byte[] data() {
    return isBare() ? sse.buffer() : sse.data();
  }

  @Override
  public int dataFrom() {
    return isBare() ? bareFrom : sse.dataFrom();
  }

  @Override
  public int dataTo() {
    return isBare() ? trimmed(sse.blockTo()) : sse.dataTo();
  }

  private int trimmed(int to) {
    int end = to;
    while (sse.buffer()[end - 1] <= ' ') {
      end--;
    }
    return end;
  }

  @Override
  public int blockFrom() {
    return sse.blockFrom();
  }

  @Override
  public int blockTo() {
    return sse.blockTo();
  }

  @Override
  public boolean readsChunk() {
    return sse.readsChunk();
  }

  @Override
  public byte[] buffer() {
    return sse.buffer();
  }
}
