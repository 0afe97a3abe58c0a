package dev.ockham.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.chat.Dialect;
import dev.ockham.dialect.CallMemory;
import dev.ockham.dialect.Carriage;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.RequestBody;
import dev.ockham.dialect.Seals;
import dev.ockham.dialect.Target;
import dev.ockham.dialect.Wire;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a request and preparing it for a provider of the same dialect and of the other. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class DialectBench {
  @Param({"1024", "102400"})
  private int bodyBytes = 1024;

  private final Wire openAi = Wire.of(Dialect.OPENAI_CHAT);
  private final Wire anthropic = Wire.of(Dialect.ANTHROPIC_MESSAGES);
  private final Target target = Target.at("mock", "http://127.0.0.1", "mock-1", OptionalLong.of(4096));
  static final Carriage CARRIAGE =
      new Carriage(Seals.of(new byte[32]).of("bench", "mock", "mock-1"), CallMemory.NONE);

  private byte[] body = {};
  private Decoded whole = decoded(chat(1024, false));

  @Setup
  public void prepare() {
    body = chat(bodyBytes, false);
    whole = decoded(body);
  }

  @Benchmark
  public DecodeOutcome decode() {
    return openAi.decode(body);
  }

  @Benchmark
  public RequestBody.Outcome pass() {
    return RequestBody.prepare(whole, openAi, target, List.of(), CARRIAGE);
  }

  @Benchmark
  public RequestBody.Outcome translate() {
    return RequestBody.prepare(whole, anthropic, target, List.of(), CARRIAGE);
  }

  static Decoded decoded(byte[] chat) {
    return switch (Wire.of(Dialect.OPENAI_CHAT).decode(chat)) {
      case Decoded decoded -> decoded;
      case DecodeOutcome.Malformed(var error) -> throw new IllegalStateException(error.toString());
    };
  }

  static byte[] chat(int bodyBytes, boolean stream) {
    return RequestTemplate.chatBody(bodyBytes, stream).getBytes(UTF_8);
  }
}
