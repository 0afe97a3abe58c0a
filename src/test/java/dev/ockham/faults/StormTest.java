package dev.ockham.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.Eventually;
import dev.ockham.testing.RawClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Everything goes wrong at once, by a seed: every client gets an ending of its dialect, every
 * attempt one settlement, and nothing is left behind.
 */
final class StormTest {
  private static final long SEED = 20261125;
  private static final int CLIENTS = 16;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final long HEAP_GROWTH = 24L << 20;
  private static final int THREADS_GROWTH = 4;

  @TempDir Path folder;

  @Test
  void a_short_storm_leaves_nothing_behind() throws Exception {
    storm(Duration.ofSeconds(2), 100);
  }

  @Test
  @Tag("long")
  void ten_minutes_of_storm_leave_nothing_behind() throws Exception {
    storm(Duration.ofMinutes(10), 10_000);
  }

  private void storm(Duration length, int looked) throws Exception {
    try (var world = new World(folder)) {
      world.script(request -> Weather.of(SEED + request.number()).reply(request));
      blow(world, Duration.ofMillis(500), SEED);
      long heap = heapInUse();
      long threads = gatewaysThreads();

      int asked = blow(world, length, SEED + 1);

      assertThat(asked).isPositive();
      Eventually.equal(0, () -> world.gateway().store().accounts().open(), LONG);
      world.upstream().awaitOpenConnections(0, LONG);
      everyAttemptHasEnded(world, Math.min(asked, looked));
      assertThat(heapInUse() - heap).as("growth of the heap").isLessThan(HEAP_GROWTH);
      assertThat(gatewaysThreads() - threads).as("more threads").isLessThan(THREADS_GROWTH);
    }
  }

  /** Says how many requests were made. */
  private static int blow(World world, Duration length, long seed) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    var asked = new AtomicInteger();
    try (ExecutorService clients =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        var random = new Random(seed * CLIENTS + i);
        Callable<Void> client =
            () -> {
              while (System.nanoTime() < end) {
                ask(world, random);
                asked.incrementAndGet();
              }
              return null;
            };
        all.add(clients.submit(client));
      }
      for (Future<Void> each : all) {
        each.get();
      }
    }
    return asked.get();
  }

  private static void ask(World world, Random random) throws IOException {
    FaultClient client =
        List.of(FaultClient.values()).get(random.nextInt(FaultClient.values().length));
    String model = random.nextBoolean() ? World.GPT : World.CLAUDE;
    boolean stream = random.nextInt(4) > 0;
    if (random.nextInt(4) == 0) {
      try (var socket = new RawClient(world.gateway().port())) {
        world.ask(socket, client.path(model, stream), client.body(model, stream));
        socket.read(random.nextInt(600));
        if (random.nextBoolean()) {
          socket.reset();
        }
      }
      return;
    }
    Heard heard = world.ask(client, model, stream);
    String what = client.wireName() + " at " + model + ": " + heard.raw();
    if (heard.status() == 200 && stream) {
      assertThat(heard.endsInOrder()).as("the last chunk, " + what).isTrue();
      assertThat(client.hearsCleanEnd(heard.body()) ^ client.hearsError(heard.body()))
          .as("either a clean end or an error event, " + what)
          .isTrue();
    } else {
      assertThat(heard.status() == 200 || heard.status() >= 400).as(what).isTrue();
      int length = Integer.parseInt(heard.header("content-length"));
      assertThat(heard.body()).as(what).hasSize(length).startsWith("{").endsWith("}");
    }
  }

  /** Of the newest requests, so many. */
  private static void everyAttemptHasEnded(World world, int count) {
    String next = "";
    for (int seen = 0; seen < count; ) {
      JsonNode page = world.read("/api/v1/requests?limit=200" + next);
      for (JsonNode request : page.path("requests")) {
        JsonNode whole = world.read("/api/v1/requests/" + request.path("id").asString());
        for (JsonNode attempt : whole.path("attempts")) {
          assertThat(attempt.path("state").asString())
              .isIn("settled", "settled_estimated", "released", "voided");
        }
        seen++;
      }
      if (page.path("next").isNull()) {
        return;
      }
      next = "&cursor=" + page.path("next").asString();
    }
  }

  /** The pool's threads are made when they are first needed, up to one a loop. */
  private static long gatewaysThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("vert.x") || name.startsWith("ockham"))
        .count();
  }

  private static long heapInUse() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
