package dev.ockham.dialect;

import dev.ockham.chat.ChatError;

/** A stream in the client's own dialect: the bytes pass, and the events in them are read. */
final class PassingStream extends StreamedReply {
  private final boolean hideUsage;

  /** The run of blocks in the reader's buffer that passes and has not been written. */
  private int runFrom;

  private int runTo;

  /** Events so far. */
  private int passed;

  /**
   * @param hideUsage whether usage was asked for on our own account
   */
  PassingStream(Wire client, Wire upstream, boolean hideUsage) {
    super(client, upstream);
    this.hideUsage = hideUsage;
  }

  @Override
  void block() {
    if (frames.hasData()) {
      reader.event(frames.event(), frames.data(), frames.dataFrom(), frames.dataTo(), this::track);
      if (hideUsage && reader.wasOnlyUsage()) {
        writeRun();
        return;
      }
      passed++;
    }
    if (runFrom == runTo) {
      runFrom = frames.blockFrom();
    }
    runTo = frames.blockTo();
  }

  @Override
  void closed() {
    reader.ended(this::track);
  }

  @Override
  byte[] errorEvent(ChatError error) {
    return client.errorEvent(error, passed);
  }

  @Override
  byte[] taken(byte[] chunk) {
    boolean whole = frames.readsChunk() && runFrom == 0 && runTo == chunk.length;
    if (whole && out.length() == 0) {
      runTo = 0;
      return chunk;
    }
    writeRun();
    return out.take();
  }

  private void writeRun() {
    if (runTo > runFrom) {
      out.write(frames.buffer(), runFrom, runTo - runFrom);
    }
    runFrom = 0;
    runTo = 0;
  }
}
