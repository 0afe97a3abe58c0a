package dev.ockham.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Reads the messages of {@code application/vnd.amazon.eventstream} from bytes as they come, however
 * they are cut. Feed a chunk, then call {@link #next} until it is false. A message is its length,
 * the length of its headers, a checksum of both, headers, payload, and a checksum of everything.
 */
final class EventStreamReader extends BufferedFrames {
  static final int PRELUDE = 12;
  static final int CHECKSUM = 4;
  private static final int LARGEST_HEADERS = 128 * 1024;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final byte[] MESSAGE_TYPE = bytes(":message-type");
  private static final byte[] EVENT_TYPE = bytes(":event-type");
  private static final byte[] EXCEPTION_TYPE = bytes(":exception-type");
  private static final byte[] ERROR_CODE = bytes(":error-code");
  private static final byte[] ERROR_MESSAGE = bytes(":error-message");
  private static final byte[] EXCEPTION = bytes("exception");
  private static final byte[] ERROR = bytes("error");
  private static final byte[] NO_FIELDS = bytes("{}");

  private final int largest;
  private final CRC32 crc = new CRC32();

  /** Of the message being read, known once its prelude has come whole; 0 before. */
  private int length;

  EventStreamReader() {
    this(SseReader.LARGEST);
  }

  EventStreamReader(int largest) {
    this.largest = largest;
  }

  /** Goes to the next message that has come whole; {@link Rejected} where the bytes are damaged. */
  @Override
  public boolean next() {
    int come = limit - start;
    if (length == 0 && come >= PRELUDE) {
      length = prelude();
    }
    if (length == 0 || length > largest || come < length) {
      return false;
    }
    int end = start + length - CHECKSUM;
    if (checksum(start, end) != intAt(end)) {
      throw damaged();
    }
    blockFrom = start;
    blockTo = start + length;
    start = blockTo;
    length = 0;
    read(end);
    return true;
  }

  /** Checks the prelude and gives the length of the message. */
  private int prelude() {
    if (checksum(start, start + 8) != intAt(start + 8)) {
      throw damaged();
    }
    int all = intAt(start);
    int headers = intAt(start + 4);
    boolean fits = all >= PRELUDE + CHECKSUM && headers >= 0 && headers <= LARGEST_HEADERS;
    if (!fits || headers > all - PRELUDE - CHECKSUM) {
      throw damaged();
    }
    return all;
  }

  private int checksum(int from, int to) {
    crc.reset();
    crc.update(buffer, from, to - from);
    return (int) crc.getValue();
  }

  private int intAt(int at) {
    return (int) INTS.get(buffer, at);
  }

  private void read(int end) {
    int headersTo = blockFrom + PRELUDE + intAt(blockFrom + 4);
    var said = new Headers(headersTo);
    event = said.name();
    data = buffer;
    dataFrom = headersTo;
    dataTo = end;
    if (said.failed && dataFrom == dataTo) {
      // an error has its text in a header, and must be heard even without one
      data = said.error.isEmpty() ? NO_FIELDS : message(said.error);
      dataFrom = 0;
      dataTo = data.length;
    }
  }

  private static byte[] message(String text) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text("message", text).end();
    }
    return out.take();
  }

  /** What the headers of a message say; they are passed over where they say nothing to us. */
  private final class Headers {
    private final int to;
    private int at = blockFrom + PRELUDE;
    private boolean failed;
    private String event = "";
    private String code = "";
    private String error = "";

    Headers(int to) {
      this.to = to;
      while (at < to) {
        header();
      }
    }

    /** Failures are named as exceptions are, however they are told. */
    String name() {
      if (!failed) {
        return event;
      }
      return code.endsWith("Exception") ? code : code + "Exception";
    }

    private void header() {
      int nameFrom = at + 1;
      int nameTo = skip(1 + (buffer[at] & 0xFF));
      int type = buffer[skip(1) - 1];
      switch (type) {
        case 0, 1 -> {}
        case 2 -> skip(1);
        case 3 -> skip(2);
        case 4 -> skip(4);
        case 5, 8 -> skip(8);
        case 6 -> skip(sized());
        case 7 -> {
          int valueFrom = at + 2;
          text(nameFrom, nameTo, valueFrom, skip(sized()));
        }
        case 9 -> skip(16);
        default -> throw damaged();
      }
    }

    /** The bytes of a value that begins with its length, the two of the length included. */
    private int sized() {
      int from = skip(2) - 2;
      at = from;
      return 2 + (((buffer[from] & 0xFF) << 8) | (buffer[from + 1] & 0xFF));
    }

    /** Goes on by so many bytes, all of which must be there; gives the new place. */
    private int skip(int bytes) {
      if (bytes > to - at) {
        throw damaged();
      }
      at += bytes;
      return at;
    }

    private void text(int nameFrom, int nameTo, int from, int end) {
      if (is(EVENT_TYPE, nameFrom, nameTo)) {
        event = string(from, end);
      } else if (is(MESSAGE_TYPE, nameFrom, nameTo)) {
        failed = is(EXCEPTION, from, end) || is(ERROR, from, end);
      } else if (is(EXCEPTION_TYPE, nameFrom, nameTo) || is(ERROR_CODE, nameFrom, nameTo)) {
        code = string(from, end);
      } else if (is(ERROR_MESSAGE, nameFrom, nameTo)) {
        error = string(from, end);
      }
    }

    private String string(int from, int end) {
      return new String(buffer, from, end - from, StandardCharsets.UTF_8);
    }

    private boolean is(byte[] word, int from, int end) {
      return Arrays.equals(buffer, from, end, word, 0, word.length);
    }
  }

  private static Rejected damaged() {
    return Rejected.reply("The provider sent an event stream with a damaged message");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the message that is coming says that it is too large. */
  @Override
  public boolean tooLarge() {
    return length > largest;
  }

  /** A message says its length, so nothing completes one that was cut. */
  @Override
  public byte[] closing() {
    return Bytes.NONE;
  }

  @Override
  public boolean hasData() {
    return dataFrom < dataTo;
  }
}
