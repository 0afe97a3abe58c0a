package dev.ockham.bench;

import dev.ockham.chat.Dialect;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.Reply;
import dev.ockham.dialect.ReplyStream;
import dev.ockham.dialect.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A streamed reply of 64 events, one event at a time, to a client of either dialect. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class StreamBench {
  private final Wire openAi = Wire.of(Dialect.OPENAI_CHAT);
  private final Wire anthropic = Wire.of(Dialect.ANTHROPIC_MESSAGES);
  private final DecodeOutcome.Decoded streamed =
      DialectBench.decoded(DialectBench.chat(1024, true));
  private final Reply.Telling telling =
      new Reply.Telling(
          "named",
          "mock-1",
          Instant.EPOCH,
          InstantSource.fixed(Instant.EPOCH),
          DialectBench.CARRIAGE);
  private final byte[][] events = MockUpstream.chatEventBytes();

  @Benchmark
  public long passStream() {
    return stream(openAi);
  }

  @Benchmark
  public long translateStream() {
    return stream(anthropic);
  }

  private long stream(Wire client) {
    ReplyStream reply = Reply.between(client, openAi, streamed, telling);
    long length = 0;
    for (byte[] event : events) {
      length += reply.accept(event).length;
    }
    return length + reply.end().length;
  }
}
