package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A Gemini stream as the elements of one JSON array, each the bytes that its event had. An array
 * that was opened is closed, by an error where the answer is cut.
 */
final class JsonArrayStream implements ReplyStream {
  private final ReplyStream events;
  private final GeminiFrames frames = new GeminiFrames();
  private final Bytes out = new Bytes();
  private byte[] last = Bytes.NONE;
  private boolean opened;
  private boolean closed;

  /**
   * @param events the same stream in server-sent events
   */
  JsonArrayStream(ReplyStream events) {
    this.events = events;
  }

  @Override
  public byte[] accept(byte[] chunk) {
    return elements(events.accept(chunk), events.finished() || events.failure().isPresent());
  }

  @Override
  public byte[] end() {
    return elements(events.end(), true);
  }

  @Override
  public byte[] broken(ChatError error) {
    return elements(events.broken(error), true);
  }

  private byte[] elements(byte[] more, boolean over) {
    if (closed) {
      return Bytes.NONE;
    }
    read(more);
    if (over) {
      read(frames.closing());
      out.write(opened ? "]\n" : "[]\n");
      closed = true;
    }
    return out.take();
  }

  private void read(byte[] bytes) {
    frames.feed(bytes);
    while (frames.next()) {
      if (frames.hasData()) {
        byte[] element = Arrays.copyOfRange(frames.data(), frames.dataFrom(), frames.dataTo());
        // our errors are in the stream in both ways that clients look for
        if (!frames.isBare() || !Arrays.equals(element, last)) {
          out.write(opened ? "\n,\n" : "[");
          out.write(element);
          opened = true;
        }
        last = element;
      }
    }
  }

  @Override
  public long events() {
    return events.events();
  }

  @Override
  public byte[] heartbeat() {
    return new byte[] {'\n'};
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public boolean begun() {
    return events.begun();
  }

  @Override
  public boolean finished() {
    return events.finished();
  }

  @Override
  public Usage usage() {
    return events.usage();
  }

  @Override
  public Optional<StopReason> stop() {
    return events.stop();
  }

  @Override
  public Optional<ChatError> failure() {
    return events.failure();
  }

  @Override
  public long outputChars() {
    return events.outputChars();
  }

  @Override
  public Set<String> losses() {
    return events.losses();
  }
}
