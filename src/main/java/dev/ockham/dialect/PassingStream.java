package dev.ockham.dialect;

/** A stream in the client's own dialect: the bytes pass, and the events in them are read. */
final class PassingStream extends StreamedReply {
  private final boolean hideUsage;

  /** The run of blocks in the reader's buffer that passes and has not been written. */
  private int runFrom;

  private int runTo;

  /**
   * @param hideUsage whether usage was asked for on our own account
   */
  PassingStream(Wire client, ReplyReader reader, boolean hideUsage) {
    super(client, reader);
    this.hideUsage = hideUsage;
  }

  @Override
  void block() {
    if (sse.hasData()) {
      reader.event(sse.data(), sse.dataFrom(), sse.dataTo(), this::track);
      if (hideUsage && reader.wasOnlyUsage()) {
        writeRun();
        return;
      }
    }
    if (runFrom == runTo) {
      runFrom = sse.blockFrom();
    }
    runTo = sse.blockTo();
  }

  @Override
  byte[] taken(byte[] chunk) {
    boolean whole = sse.readsChunk() && runFrom == 0 && runTo == chunk.length;
    if (whole && out.length() == 0) {
      runTo = 0;
      return chunk;
    }
    writeRun();
    return out.take();
  }

  private void writeRun() {
    if (runTo > runFrom) {
      out.write(sse.buffer(), runFrom, runTo - runFrom);
    }
    runFrom = 0;
    runTo = 0;
  }
}
