package dev.ockham.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads server-sent events from bytes as they come, however they are cut. Feed a chunk, then call
 * {@link #next} until it is false. Lines end with LF, CR or CRLF; an empty line ends a block.
 */
public final class SseReader extends BufferedFrames {
  /** The most bytes a block may have. */
  public static final int LARGEST = 8 * 1024 * 1024;

  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);

  private final int largest;

  // The block being read is scanned so far for the empty line that ends it.
  private int scanned;
  private int lineStart;
  private boolean afterCr;
  private boolean first = true;

  private int dataLines;

  public SseReader() {
    this(LARGEST);
  }

  SseReader(int largest) {
    this.largest = largest;
  }

  @Override
  void moved(int bytes) {
    scanned -= bytes;
    lineStart -= bytes;
  }

  /** Goes to the next block that has come whole. False where more bytes are needed. */
  @Override
  public boolean next() {
    while (scanned < limit) {
      byte c = buffer[scanned++];
      if (c != '\n' && c != '\r') {
        afterCr = false;
      } else if (c == '\n' && afterCr) {
        afterCr = false;
        lineStart = scanned;
      } else {
        boolean empty = lineStart == scanned - 1;
        afterCr = c == '\r';
        lineStart = scanned;
        if (empty) {
          endBlock();
          return true;
        }
      }
    }
    return false;
  }

  private void endBlock() {
    if (afterCr && scanned < limit && buffer[scanned] == '\n') {
      scanned++;
      lineStart = scanned;
      afterCr = false;
    }
    blockFrom = start;
    blockTo = scanned;
    start = scanned;
    readLines();
  }

  private void readLines() {
    event = "";
    dataLines = 0;
    int at = blockFrom;
    if (first && startsWithMark()) {
      at += 3;
    }
    first = false;
    while (at < blockTo) {
      int end = at;
      while (end < blockTo && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      readLine(at, end);
      at = end + 1;
    }
  }

  private boolean startsWithMark() {
    return blockTo - blockFrom >= 3
        && buffer[blockFrom] == (byte) 0xEF
        && buffer[blockFrom + 1] == (byte) 0xBB
        && buffer[blockFrom + 2] == (byte) 0xBF;
  }

  private void readLine(int from, int to) {
    if (isField(DATA, from, to)) {
      addData(valueFrom(from + DATA.length, to), to);
    } else if (isField(EVENT, from, to)) {
      int valueFrom = valueFrom(from + EVENT.length, to);
      event = new String(buffer, valueFrom, to - valueFrom, StandardCharsets.UTF_8);
    }
  }

  private void addData(int from, int to) {
    if (dataLines++ == 0) {
      data = buffer;
      dataFrom = from;
      dataTo = to;
      return;
    }
    if (dataLines == 2) {
      // once for all lines of the block, or many short ones would be copied over and over
      byte[] joined = new byte[blockTo - blockFrom];
      dataTo -= dataFrom;
      System.arraycopy(data, dataFrom, joined, 0, dataTo);
      data = joined;
      dataFrom = 0;
    }
    data[dataTo++] = '\n';
    System.arraycopy(buffer, from, data, dataTo, to - from);
    dataTo += to - from;
  }

  private boolean isField(byte[] name, int from, int to) {
    int end = from + name.length;
    return end <= to
        && Arrays.equals(buffer, from, end, name, 0, name.length)
        && (end == to || buffer[end] == ':');
  }

  private int valueFrom(int colon, int to) {
    int from = Math.min(colon + 1, to);
    return from < to && buffer[from] == ' ' ? from + 1 : from;
  }

  /** Whether the unfinished block has grown too large to go on. */
  @Override
  public boolean tooLarge() {
    return limit - start > largest;
  }

  private static final byte[] EMPTY_LINES = "\n\n".getBytes(StandardCharsets.US_ASCII);

  /** Some servers leave out the empty line after their last event. */
  @Override
  public byte[] closing() {
    return limit == start ? Bytes.NONE : EMPTY_LINES;
  }

  /** Whether the block has data; one of comments alone has none. */
  @Override
  public boolean hasData() {
    return dataLines > 0;
  }

  boolean dataIs(byte[] text) {
    return Arrays.equals(data, dataFrom, dataTo, text, 0, text.length);
  }
}
