package dev.ockham.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One run: starts everything, warms up, measures in turns, prints, ends everything. */
public final class Bench {
  private static final Duration REST_LIMIT = Duration.ofSeconds(30);
  private static final Duration WARM_UP_SLICE = Duration.ofSeconds(3);
  private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(90);

  private final Plan plan;
  private final Results results = new Results();
  private final AtomicLong numbers = new AtomicLong(1);
  private final List<Target> targets = new ArrayList<>();
  private final Path work;

  private Bench(Plan plan, Path work) {
    this.plan = plan;
    this.work = work;
  }

  /** Arguments: {@code [--quick] [--json] WORK-FOLDER RESULTS-FOLDER}. */
  public static void main(String[] args) throws Exception {
    var given = List.of(args);
    Path work = Path.of(given.get(given.size() - 2));
    Path folder = Files.createDirectories(Path.of(given.getLast()));
    var bench = new Bench(given.contains("--quick") ? Plan.quick() : Plan.full(), work);
    var ending = Thread.ofPlatform().unstarted(bench::stopAll);
    Runtime.getRuntime().addShutdownHook(ending);
    bench.startAll();
    bench.warmUp();
    bench.measure();
    Instant now = Instant.now();
    String json = bench.json(now);
    Files.writeString(folder.resolve(now.toString().replace(':', '-') + ".json"), json);
    System.out.println(given.contains("--json") ? json : bench.table());
    if (bench.results.failures() > 0) {
      System.err.println((long) bench.results.failures() + " requests failed: no figure counts.");
      System.exit(1);
    }
  }

  private void startAll() throws IOException, InterruptedException {
    int upstream = Target.freePort();
    var recipes = new Recipes(work, upstream);
    for (Target.Recipe recipe : List.of(recipes.direct(), recipes.nginx(), recipes.bare())) {
      start(recipe);
    }
    start(new OckhamRecipe(work, upstream).recipe());
  }

  /** Starts a target several times for its time to ready; the last one stays. */
  private void start(Target.Recipe recipe) {
    var ready = new ArrayList<Double>();
    Target target = recipe.start(work);
    ready.add(target.ready().toNanos() / 1e6);
    while (ready.size() < plan.starts()) {
      target.stop();
      target = recipe.start(work);
      ready.add(target.ready().toNanos() / 1e6);
    }
    targets.add(target);
    results.addProcess(target.name(), "ready_ms", ready);
    keepResident(target, "resident_idle_mib");
    say("%s is ready after %.0f ms", target.name(), ready.getLast());
  }

  private void warmUp() throws Exception {
    pace(0);
    for (Target target : targets) {
      long done =
          warmUp(target, Scenario.closed("warm-up", 1024, 32, WARM_UP_SLICE), plan.warmUp());
      warmUp(target, Scenario.stream("warm-up", 0, 32, WARM_UP_SLICE), plan.warmUp() / 10);
      if (target.name().equals(OckhamRecipe.NAME)) {
        warmUp(target, Scenario.translated("warm-up", 0, 32, WARM_UP_SLICE), plan.warmUp() / 10);
      }
      say("%s is warm after %d requests", target.name(), done);
      target.tree().awaitRest(REST_LIMIT);
    }
  }

  private long warmUp(Target target, Scenario scenario, long requests) {
    long done = 0;
    long deadline = System.nanoTime() + WARM_UP_LIMIT.toNanos();
    while (done < requests && System.nanoTime() < deadline) {
      done += Load.run(scenario, target.port(), target.key(), numbers).requests();
    }
    return done;
  }

  private void measure() throws Exception {
    for (int round = 1; round <= plan.rounds(); round++) {
      say("round %d of %d", round, plan.rounds());
      for (Scenario scenario : plan.scenarios()) {
        pace(scenario.paceMillis());
        for (Target target : targets) {
          if (!scenario.isTranslated() || target.name().equals(OckhamRecipe.NAME)) {
            results.add(measure(target, scenario, round));
          }
        }
      }
    }
    targets.forEach(target -> keepResident(target, "resident_after_mib"));
  }

  /** CPU is read after the process has come to rest: work put off is work all the same. */
  private Sample measure(Target target, Scenario scenario, int round) throws InterruptedException {
    long before = target.tree().cpuMicros();
    LoadResult load = Load.run(scenario, target.port(), target.key(), numbers);
    if (!target.tree().awaitRest(REST_LIMIT)) {
      say("%s does not come to rest after %s", target.name(), scenario.name());
    }
    long cpu = target.tree().cpuMicros() - before;
    if (load.failures() > 0) {
      say("%s: %d failures in %s", target.name(), load.failures(), scenario.name());
    }
    return Sample.of(target.name(), scenario, round, load, cpu);
  }

  private void pace(int millis) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + targets.getFirst().port() + "/pace/" + millis);
    try (var client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }

  private void keepResident(Target target, String figure) {
    results.addProcess(target.name(), figure, List.of(target.tree().residentKib() / 1024.0));
  }

  private String table() {
    return Table.of(results, targets.stream().map(Target::name).skip(1).toList());
  }

  private String json(Instant now) {
    var all = new LinkedHashMap<String, Object>();
    all.put("machine", Machine.describe(now));
    all.put("processes", results.processes());
    all.put("samples", results.samples());
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(all);
  }

  private void stopAll() {
    targets.forEach(Target::stop);
  }

  private static void say(String format, Object... arguments) {
    System.err.println(format.formatted(arguments));
  }
}
