package dev.ockham.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.conformance.Scenario.Case;
import dev.ockham.serve.Gateway;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every client dialect before every provider dialect, through the real gateway, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConformanceTest {
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final Path PAGE = Path.of("docs", "conformance.md");

  @TempDir static Path folder;

  private final Map<Dialect, ModelServer> servers = new EnumMap<>(Dialect.class);
  private RunningGateway gateway;
  private final Results results = new Results();
  private int cells;

  /** Time that passed between calls. */
  private final AtomicLong passed = new AtomicLong();

  @BeforeAll
  void start() {
    var models = new ArrayList<Model>();
    Speakers.UPSTREAMS.forEach((dialect, speaker) -> {
      var server = new ModelServer(speaker);
      servers.put(dialect, server);
      models.add(
          RunningGateway.model(
              Cell.modelOf(speaker),
              new Endpoint(dialect.wireName(), dialect, server.baseUrl(), Duration.ofSeconds(10))));
    });
    Store store =
        RunningGateway.open(StoreSettings.of(folder, Clock.systemUTC(), new SecureRandom()));
    Gateway usual =
        RunningGateway.gateway(store, RunningGateway.fleet(models.toArray(Model[]::new)));
    gateway =
        RunningGateway.start(
            new Gateway(
                usual.store(),
                usual.fleet(),
                usual.keyring(),
                usual.conversations(),
                usual.reasoning(),
                usual.clock(),
                () -> System.nanoTime() + passed.get()),
            settings -> settings);
  }

  @AfterAll
  void stop() {
    gateway.close();
    servers.values().forEach(ModelServer::close);
  }

  @TestFactory
  @Order(1)
  Stream<DynamicNode> every_client_reaches_every_provider() {
    return pairs((client, server, tests) -> {
      for (Scenario scenario : Scenario.ALL) {
        for (Case one : scenario.cases()) {
          tests.add(test(client, server, scenario.title(), one));
        }
      }
    });
  }

  @TestFactory
  @Order(2)
  Stream<DynamicNode> every_count_is_booked_and_told() {
    return pairs((client, server, tests) -> {
      for (UsageCases.Kind kind : UsageCases.Kind.ALL) {
        for (Case one : UsageCases.of(kind)) {
          tests.add(test(client, server, kind.title(), one));
        }
      }
    });
  }

  private interface Pair {
    void tests(ClientSpeaker client, ModelServer server, List<DynamicNode> tests);
  }

  private Stream<DynamicNode> pairs(Pair pair) {
    var containers = new ArrayList<DynamicNode>();
    for (ClientSpeaker client : Speakers.CLIENTS.values()) {
      for (ModelServer server : servers.values()) {
        if (!Speakers.isAsked(client.dialect()) || !Speakers.isAsked(server.speaker().dialect())) {
          continue;
        }
        var tests = new ArrayList<DynamicNode>();
        pair.tests(client, server, tests);
        String name =
            "a client of "
                + client.dialect().wireName()
                + " at a provider of "
                + server.speaker().dialect().wireName();
        containers.add(DynamicContainer.dynamicContainer(name, tests));
      }
    }
    return containers.stream();
  }

  private void pause() {
    passed.addAndGet(PAUSE.toNanos());
  }

  private DynamicTest test(ClientSpeaker client, ModelServer server, String column, Case one) {
    var key =
        new Results.Key(client.dialect().wireName(), server.speaker().dialect().wireName(), column);
    return DynamicTest.dynamicTest(
        column + ": " + one.name(),
        () -> {
          var cell = new Cell(gateway, client, server, "m" + ++cells, this::pause);
          results.tried(key);
          one.run().accept(cell);
          results.passed(key, cell.notes());
        });
  }

  @Test
  @Order(3)
  void the_page_in_docs_shows_this_run_and_no_cell_is_missing() throws IOException {
    assumeTrue(Speakers.areAllAsked(), "all dialects are asked for");
    var columns = new ArrayList<>(ConformancePage.scenarios());
    columns.addAll(ConformancePage.usages());
    assertThat(results.missing(ConformancePage.dialects(), columns))
        .as("cells that every dialect owes")
        .isEmpty();
    String page = ConformancePage.of(results, LocalDate.now(ZoneOffset.UTC));
    if (System.getenv("CONFORMANCE_WRITE") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(ConformancePage.undated(Files.readString(PAGE)))
        .as("make it anew: CONFORMANCE_WRITE=yes ./mvnw test -Dtest=ConformanceTest")
        .isEqualTo(ConformancePage.undated(page));
  }
}
