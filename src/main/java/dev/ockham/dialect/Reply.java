package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the stream that carries a provider's reply to a client. */
public final class Reply {

  /**
   * What a translated reply says that the provider does not.
   *
   * @param id its name, where the provider gives none
   * @param model the name it gives the model
   * @param at the creation time it gives
   * @param clock tells how long it took since
   */
  public record Telling(
      String id, String model, Instant at, InstantSource clock, Carriage carriage) {
    long latencyMillis() {
      return Math.max(0, Duration.between(at, clock.instant()).toMillis());
    }
  }

  private Reply() {}

  /** A whole reply that passes and of which nothing is read, in a dialect of both sides. */
  public static ReplyStream passing(Wire client) {
    return new WholeReply(client, new OpaqueReplyReader(), Optional.empty());
  }

  /**
   * @param asked tells whether a stream is expected and usage wished for
   */
  public static ReplyStream between(Wire client, Wire upstream, Decoded asked, Telling telling) {
    ReplyStream reply = inEvents(client, upstream, asked, telling);
    return asked.path().array() ? new JsonArrayStream(reply) : reply;
  }

  private static ReplyStream inEvents(Wire client, Wire upstream, Decoded asked, Telling telling) {
    boolean streams = asked.request().stream();
    boolean passes = client.dialect() == upstream.dialect();
    if (passes && streams) {
      boolean openAi = client.dialect() == Dialect.OPENAI_CHAT;
      return new PassingStream(client, upstream, openAi && !asked.request().streamUsage());
    }
    if (passes) {
      return new WholeReply(client, upstream.replyReader(), Optional.empty());
    }
    ReplyWriter words =
        client.replyWriter(
            new ReplyWriter.Head(
                telling.model,
                telling.at.getEpochSecond(),
                asked,
                telling.carriage,
                telling::latencyMillis));
    ReplyWriter writer = new NamingWriter(words, telling.id);
    return streams
        ? new TranslatedStream(client, upstream, writer)
        : new WholeReply(client, upstream.replyReader(), Optional.of(writer));
  }
}
