package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.StopReason;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * A reply in one body. It is handed on when it is complete, so a failure leaves the way open for
 * another model.
 */
final class WholeReply extends TrackedReply {
  static final int LARGEST = 64 * 1024 * 1024;

  private final Wire client;
  private final ReplyReader reader;

  /** Says the answer again; empty where the body passes. */
  private final Optional<ReplyWriter> writer;

  private final Bytes body = new Bytes();
  private final Answer answer = new Answer();

  WholeReply(Wire client, ReplyReader reader, Optional<ReplyWriter> writer) {
    this.client = client;
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  public byte[] accept(byte[] chunk) {
    if (failure.isPresent()) {
      return Bytes.NONE;
    }
    if (body.length() + (long) chunk.length > LARGEST) {
      body.take();
      failure =
          Optional.of(
              Rejected.badReply("The provider sent a body of more than " + LARGEST + " bytes"));
      return Bytes.NONE;
    }
    body.write(chunk);
    return Bytes.NONE;
  }

  @Override
  public byte[] end() {
    byte[] bytes = body.take();
    byte[] reply = isOver() ? Bytes.NONE : read(bytes);
    begun = failure.isEmpty();
    return failure.map(client::error).orElse(reply);
  }

  private byte[] read(byte[] bytes) {
    try {
      reader.whole(bytes, this::gather);
      if (!begun && failure.isEmpty()) {
        throw Rejected.reply("The provider sent a body that holds no answer");
      }
      if (!isOver() && writer.isPresent()) {
        failure = Optional.of(Rejected.cut());
      } else if (!isOver()) {
        gather(new ChatEvent.Finished(StopReason.OTHER, Optional.empty()));
      }
      return writer.isPresent() && failure.isEmpty() ? written(writer.get()) : bytes;
    } catch (Rejected e) {
      ChatError error = e.error();
      failure = Optional.of(error.status() == 502 ? error : unreadable());
    } catch (JacksonException e) {
      failure = Optional.of(unreadable());
    }
    return Bytes.NONE;
  }

  private static ChatError unreadable() {
    return Rejected.badReply("The provider sent a body that is not the JSON of its dialect");
  }

  private void gather(ChatEvent event) {
    ChatEvent told = writer.isPresent() ? judged(event, reader) : event;
    track(told);
    answer.accept(told);
  }

  @Override
  public Set<String> losses() {
    return writer.map(ReplyWriter::losses).orElse(Set.of());
  }

  @Override
  public long events() {
    return 0;
  }

  @Override
  public byte[] heartbeat() {
    return Bytes.NONE;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  /** A whole reply begins with its end: until then an error is the whole answer. */
  @Override
  public byte[] broken(ChatError error) {
    failure = Optional.of(error);
    return client.error(error);
  }

  private byte[] written(ReplyWriter words) {
    var out = new Bytes();
    words.whole(answer, out);
    return out.take();
  }
}
