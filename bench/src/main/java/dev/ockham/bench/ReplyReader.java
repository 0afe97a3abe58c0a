package dev.ockham.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Reads one HTTP/1.1 reply after another from a connection, in whatever pieces it arrives. */
final class ReplyReader {
  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  private final byte[] line = new byte[8192];
  private int lineLength;
  private State state = State.HEAD;
  private boolean statusLine = true;
  private int status;
  private boolean chunked;
  private long left;
  private int events;
  private boolean newline;

  /** Takes what there is; true when a reply is complete (bytes after it stay in the buffer). */
  boolean read(ByteBuffer in) {
    while (in.hasRemaining()) {
      boolean complete =
          switch (state) {
            case HEAD -> takeLine(in) && headLine();
            case BODY -> takeBody(in) && left == 0;
            case CHUNK_SIZE -> takeLine(in) && chunkSize();
            case CHUNK -> takeBody(in) && chunkTaken();
            case CHUNK_END -> takeLine(in) && next(State.CHUNK_SIZE);
            case TRAILER -> takeLine(in) && trailerLine();
          };
      if (complete) {
        return true;
      }
    }
    return false;
  }

  /** Status of the reply that was completed last. */
  int status() {
    return status;
  }

  /** Events seen so far in the current or just completed reply: blank lines in its body. */
  int events() {
    return events;
  }

  /** Forgets the completed reply. */
  void reset() {
    state = State.HEAD;
    statusLine = true;
    status = 0;
    chunked = false;
    left = 0;
    events = 0;
    newline = false;
    lineLength = 0;
  }

  private boolean next(State next) {
    state = next;
    lineLength = 0;
    return false;
  }

  private boolean takeLine(ByteBuffer in) {
    while (in.hasRemaining()) {
      byte b = in.get();
      if (b == '\n') {
        return true;
      }
      if (b != '\r') {
        line[lineLength++] = b;
      }
    }
    return false;
  }

  private boolean headLine() {
    if (statusLine) {
      status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
      statusLine = false;
    } else if (lineLength == 0) {
      next(chunked ? State.CHUNK_SIZE : State.BODY);
      return !chunked && left == 0;
    } else if (line[0] == 'c' || line[0] == 'C' || line[0] == 't' || line[0] == 'T') {
      framing(new String(line, 0, lineLength, ISO_8859_1).toLowerCase(Locale.ROOT));
    }
    lineLength = 0;
    return false;
  }

  private void framing(String header) {
    if (header.startsWith("content-length:")) {
      left = Long.parseLong(header.substring("content-length:".length()).trim());
    } else if (header.startsWith("transfer-encoding:")) {
      chunked = header.endsWith("chunked");
    }
  }

  private boolean chunkSize() {
    left = Long.parseLong(new String(line, 0, lineLength, ISO_8859_1).trim(), 16);
    return next(left == 0 ? State.TRAILER : State.CHUNK);
  }

  private boolean chunkTaken() {
    return left == 0 && next(State.CHUNK_END);
  }

  private boolean trailerLine() {
    boolean last = lineLength == 0;
    lineLength = 0;
    return last;
  }

  private boolean takeBody(ByteBuffer in) {
    int take = (int) Math.min(left, in.remaining());
    for (int i = 0; i < take; i++) {
      boolean isNewline = in.get() == '\n';
      if (isNewline && newline) {
        events++;
      }
      newline = isNewline;
    }
    left -= take;
    return true;
  }
}
