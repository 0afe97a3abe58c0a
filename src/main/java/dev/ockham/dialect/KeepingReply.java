package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** A reply to a client of OpenAI's Responses that remembers the whole response it told. */
public final class KeepingReply implements ReplyStream {

  /**
   * @param json as the client was told it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  public record Response(String id, byte[] json) {}

  private final ReplyStream reply;
  private final boolean streams;
  private final SseReader told = new SseReader();
  private Optional<Response> response = Optional.empty();

  public KeepingReply(ReplyStream reply, boolean streams) {
    this.reply = reply;
    this.streams = streams;
  }

  /** What the client was told, once it is complete or was cut by a limit. */
  public Optional<Response> response() {
    return response;
  }

  @Override
  public byte[] accept(byte[] chunk) {
    return seen(reply.accept(chunk));
  }

  @Override
  public byte[] end() {
    byte[] last = reply.end();
    if (streams) {
      return seen(last);
    }
    if (reply.failure().isEmpty()) {
      response = response(last, 0, last.length);
    }
    return last;
  }

  private byte[] seen(byte[] out) {
    if (streams && out.length > 0) {
      told.feed(out);
      while (told.next()) {
        String event = told.event();
        if (event.equals("response.completed") || event.equals("response.incomplete")) {
          byte[] data = told.data();
          response = ofEvent(Arrays.copyOfRange(data, told.dataFrom(), told.dataTo()));
        }
      }
    }
    return out;
  }

  private static Optional<Response> ofEvent(byte[] data) {
    try (JsonReader in = JsonReader.of(data)) {
      in.beginObject();
      while (in.nextField()) {
        int from = in.offset();
        boolean found = in.name().equals("response") && in.isObject();
        in.skip();
        if (found) {
          return response(data, from, in.endOffset());
        }
      }
    } catch (Rejected | JacksonException notReadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<Response> response(byte[] bytes, int from, int to) {
    byte[] json = Arrays.copyOfRange(bytes, from, to);
    try (JsonReader in = JsonReader.of(json)) {
      in.beginObject();
      while (in.nextField()) {
        if (in.name().equals("id") && in.isText()) {
          return Optional.of(new Response(in.text("an id"), json));
        }
        in.skip();
      }
    } catch (Rejected | JacksonException notReadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  @Override
  public byte[] broken(ChatError error) {
    return reply.broken(error);
  }

  @Override
  public long events() {
    return reply.events();
  }

  @Override
  public byte[] heartbeat() {
    return reply.heartbeat();
  }

  @Override
  public String contentType() {
    return reply.contentType();
  }

  @Override
  public boolean begun() {
    return reply.begun();
  }

  @Override
  public boolean finished() {
    return reply.finished();
  }

  @Override
  public Usage usage() {
    return reply.usage();
  }

  @Override
  public Optional<StopReason> stop() {
    return reply.stop();
  }

  @Override
  public Optional<ChatError> failure() {
    return reply.failure();
  }

  @Override
  public long outputChars() {
    return reply.outputChars();
  }

  @Override
  public Set<String> losses() {
    return reply.losses();
  }
}
