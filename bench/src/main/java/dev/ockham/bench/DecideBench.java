package dev.ockham.bench;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.TokenClass;
import dev.ockham.lab.ShippedWeights;
import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.Estimates;
import dev.ockham.learn.Features;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Fleet;
import dev.ockham.route.LearnedScorer;
import dev.ockham.route.Objective;
import dev.ockham.route.Route;
import dev.ockham.route.Router;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
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

/** A whole decision with the shipped weights, and the reading of the text inside it. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class DecideBench {
  @Param({"1024", "2048", "102400"})
  private int bodyBytes = 1024;

  @Param({"4", "10"})
  private int candidates = 4;

  private final Encoder encoder = ShippedWeights.encoder();
  private final AbilityModel abilities = ShippedWeights.prior(encoder);
  private final Router router = new Router();
  private final Caller caller =
      new Caller("default", "bench", "bench", Caller.Role.CLIENT, List.of(), Set.of());
  private ChatRequest request = DialectBench.decoded(DialectBench.chat(bodyBytes, false)).request();
  private Features read = encoder.encode(request.newestAsk());
  private Fleet fleet = fleet();

  @Setup
  public void prepare() {
    request = DialectBench.decoded(DialectBench.chat(bodyBytes, false)).request();
    read = encoder.encode(request.newestAsk());
    fleet = fleet();
  }

  @Benchmark
  public Decision decide() {
    return router.decide(request, caller, Conversation.UNKNOWN, fleet);
  }

  @Benchmark
  public Features encode() {
    return encoder.encode(request.newestAsk());
  }

  @Benchmark
  public Estimates estimate() {
    return abilities.estimate(read);
  }

  private Fleet fleet() {
    var models = new LinkedHashMap<String, Model>();
    for (String name : abilities.models().subList(0, candidates)) {
      models.put(name, model(name));
    }
    List<String> names = List.copyOf(models.keySet());
    var route = new Route(Fleet.AUTO, names, names.getFirst(), List.of(), new Objective(0.02));
    return new Fleet(
        new Catalog("bench", models, Map.of()),
        Map.of(Fleet.AUTO, route),
        Fleet.AUTO,
        new LearnedScorer(encoder, abilities),
        "bench");
  }

  private static Model model(String name) {
    return new Model(
        name,
        new Endpoint("mock", Dialect.OPENAI_CHAT, "http://127.0.0.1:1/v1", Duration.ofMinutes(10)),
        name,
        new Model.Limits(OptionalLong.of(128_000), OptionalLong.of(4_096)),
        Set.of(Capability.values()),
        new Price.Listed("bench", Map.of(TokenClass.INPUT, 150_000L, TokenClass.OUTPUT, 600_000L)),
        OptionalDouble.empty());
  }
}
