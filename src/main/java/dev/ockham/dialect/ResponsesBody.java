package dev.ockham.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * A client's body in OpenAI's Responses dialect, as far as turns are concerned that are kept: which
 * one it goes on from, whether it is to be kept itself, and what it adds.
 */
public final class ResponsesBody {
  private static final byte[] NULL = bytes("null");
  private static final byte[] FALSE = bytes("false");
  private static final String ENCRYPTED = "\"reasoning.encrypted_content\"";

  /** A top-level field's place. */
  private record Span(int nameStart, int from, int to) {}

  private final byte[] body;
  private Optional<String> previous = Optional.empty();
  private boolean kept = true;
  private Optional<Span> previousAt = Optional.empty();
  private Optional<Span> storeAt = Optional.empty();
  private Optional<Span> inputAt = Optional.empty();
  private Optional<Span> includeAt = Optional.empty();
  private int first = -1;

  private ResponsesBody(byte[] body) {
    this.body = body;
  }

  /** Empty where the body cannot be read, which its decoding will explain. */
  public static Optional<ResponsesBody> read(byte[] body) {
    var read = new ResponsesBody(body);
    try (JsonReader in = JsonReader.ofClient(body)) {
      read.fields(in);
      return read.first < 0 ? Optional.empty() : Optional.of(read);
    } catch (Rejected | JacksonException notReadable) {
      return Optional.empty();
    }
  }

  private void fields(JsonReader in) {
    in.beginObject();
    while (in.nextName()) {
      int nameStart = in.offset();
      first = first < 0 ? nameStart : first;
      String name = in.name();
      in.value();
      int from = in.offset();
      switch (name) {
        case "previous_response_id" ->
            previous = in.isText() ? Optional.of(in.text("an id")) : previous;
        case "store" -> kept = !in.isFalse();
        default -> {}
      }
      in.skip();
      var span = Optional.of(new Span(nameStart, from, in.endOffset()));
      switch (name) {
        case "previous_response_id" -> previousAt = span;
        case "store" -> storeAt = span;
        case "input" -> inputAt = span;
        case "include" -> includeAt = span;
        default -> {}
      }
    }
    in.end();
  }

  /** The id of the turn it goes on from. */
  public Optional<String> previous() {
    return previous;
  }

  /** Whether it is to be kept; the dialect says yes where the client says nothing. */
  public boolean kept() {
    return kept;
  }

  /** The items it adds, as they are written, with commas between. */
  public byte[] items() {
    if (inputAt.isEmpty() || starts(inputAt.get(), 'n')) {
      return Bytes.NONE;
    }
    Span input = inputAt.get();
    if (starts(input, '[')) {
      return inside(body, input.from(), input.to());
    }
    var message = new ByteArrayOutputStream();
    message.writeBytes(bytes("{\"type\":\"message\",\"role\":\"user\",\"content\":"));
    message.write(body, input.from(), input.to() - input.from());
    message.write('}');
    return message.toByteArray();
  }

  /**
   * The body with the items of the turns before it in front of its own, which nobody else is asked
   * to keep or to know of.
   */
  public byte[] after(List<byte[]> items) {
    var splices = new Splices();
    previousAt.ifPresent(at -> splices.replace(at.from(), at.to(), NULL));
    if (storeAt.isPresent()) {
      splices.replace(storeAt.get().from(), storeAt.get().to(), FALSE);
    } else {
      splices.insert(first, bytes("\"store\":false,"));
    }
    if (!items.isEmpty()) {
      byte[] whole = array(items, items());
      if (inputAt.isPresent()) {
        splices.replace(inputAt.get().from(), inputAt.get().to(), whole);
      } else {
        splices.insert(
            first, bytes("\"input\":" + new String(whole, StandardCharsets.UTF_8) + ","));
      }
    }
    return splices.applyTo(body);
  }

  /** The body with reasoning asked for in a form that can be sent back to its maker. */
  public byte[] withEncryptedReasoning() {
    var splices = new Splices();
    if (includeAt.isEmpty()) {
      splices.insert(first, bytes("\"include\":[" + ENCRYPTED + "],"));
    } else {
      Span at = includeAt.get();
      String written = new String(body, at.from(), at.to() - at.from(), StandardCharsets.UTF_8);
      boolean empty = !starts(at, '[') || inside(body, at.from(), at.to()).length == 0;
      if (empty) {
        splices.replace(at.from(), at.to(), bytes("[" + ENCRYPTED + "]"));
      } else if (!written.contains(ENCRYPTED)) {
        splices.insert(at.from() + 1, bytes(ENCRYPTED + ","));
      }
    }
    return splices.applyTo(body);
  }

  /**
   * The items of an answer that a later turn repeats: all of them but reasoning that only its
   * provider's memory could make sense of.
   *
   * @param response as a client was told it
   */
  public static byte[] outputOf(byte[] response) {
    var items = new ByteArrayOutputStream();
    try (JsonReader in = JsonReader.of(response)) {
      in.beginObject();
      while (in.nextField()) {
        if (in.name().equals("output") && in.isArray()) {
          output(in, response, items);
        } else {
          in.skip();
        }
      }
    } catch (Rejected | JacksonException notReadable) {
      return Bytes.NONE;
    }
    return items.toByteArray();
  }

  private static void output(JsonReader in, byte[] response, ByteArrayOutputStream items) {
    while (in.nextElement()) {
      int start = in.offset();
      if (!in.isObject()) {
        in.skip();
        continue;
      }
      boolean reasoning = false;
      boolean encrypted = false;
      while (in.nextField()) {
        switch (in.name()) {
          case "type" -> reasoning = in.textOrEmpty().equals("reasoning");
          case "encrypted_content" -> encrypted = in.isText() && !in.textOrEmpty().isEmpty();
          default -> {}
        }
        in.skip();
      }
      if (!reasoning || encrypted) {
        if (items.size() > 0) {
          items.write(',');
        }
        items.write(response, start, in.endOffset() - start);
      }
    }
  }

  /** A JSON array of runs of items. */
  public static byte[] array(List<byte[]> runs, byte[] last) {
    var array = new ByteArrayOutputStream();
    array.write('[');
    for (byte[] run : runs) {
      add(array, run);
    }
    add(array, last);
    array.write(']');
    return array.toByteArray();
  }

  private static void add(ByteArrayOutputStream array, byte[] run) {
    if (run.length > 0) {
      if (array.size() > 1) {
        array.write(',');
      }
      array.writeBytes(run);
    }
  }

  private boolean starts(Span span, char c) {
    return body[span.from()] == c;
  }

  /** What is between the brackets of an array, without white space around it. */
  private static byte[] inside(byte[] bytes, int from, int to) {
    String text = new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8);
    return bytes(text.strip());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
