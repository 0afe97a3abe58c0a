package dev.ockham.bench;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.config.RouteDocument;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Fleet;
import dev.ockham.route.Route;
import dev.ockham.route.Router;
import dev.ockham.route.Scorer;
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

/** A decision without weights, with rules of comparisons and with such that CEL itself evaluates. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class RulesBench {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @Param({"none", "compared", "evaluated"})
  private String rules = "none";

  private final Router router = new Router();
  private final Caller caller =
      new Caller(
          "default",
          "bench",
          "bench",
          Caller.Role.CLIENT,
          List.of(dev.ockham.policy.Scope.parse("team:law")),
          Set.of());
  private ChatRequest request = DialectBench.decoded(DialectBench.chat(1024, false)).request();
  private Fleet fleet = fleet("none");

  @Setup
  public void prepare() {
    request = DialectBench.decoded(DialectBench.chat(1024, false)).request();
    fleet = fleet(rules);
  }

  @Benchmark
  public Decision hundredRules() {
    return router.decide(request, caller, Conversation.UNKNOWN, fleet);
  }

  private static Fleet fleet(String kind) {
    var text = new StringBuilder("candidates: [a, b, c, d]\n");
    for (int i = 0; i < 100 && !kind.equals("none"); i++) {
      text.append(i == 0 ? "rules:\n" : "");
      text.append("  - name: r").append(i).append("\n    when: \"");
      text.append(
          kind.equals("compared")
              ? "request.input_tokens > %d && (caller.team in ['claims','t%d'] || request.has_images)"
                  .formatted(i, i)
              : "caller.scopes.exists(s, s == 'team:%d') || request.input_tokens + %d > 100000"
                  .formatted(i, i));
      text.append("\"\n    exclude: b\n");
    }
    var models = new LinkedHashMap<String, Model>();
    for (String name : NAMES) {
      models.put(name, model(name));
    }
    if (!(RouteDocument.read(Fleet.AUTO, text.toString(), NAMES)
        instanceof RouteDocument.Outcome.Read(Route route))) {
      throw new IllegalStateException(text.toString());
    }
    return new Fleet(
        new Catalog("bench", models, Map.of()),
        Map.of(Fleet.AUTO, route),
        Fleet.AUTO,
        Scorer.none(),
        "bench");
  }

  private static Model model(String name) {
    return new Model(
        name,
        new Endpoint("mock", Dialect.OPENAI_CHAT, "http://127.0.0.1:1/v1", Duration.ofMinutes(10)),
        name,
        new Model.Limits(OptionalLong.of(128_000), OptionalLong.of(4_096)),
        Set.of(Capability.values()),
        new Price.Free(),
        OptionalDouble.empty());
  }
}
