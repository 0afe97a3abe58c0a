package dev.ockham.demo;

import dev.ockham.agent.Conversations;
import dev.ockham.agent.ReasoningMemory;
import dev.ockham.catalog.Keyring;
import dev.ockham.policy.Caller;
import dev.ockham.route.Fleet;
import dev.ockham.serve.Gateway;
import dev.ockham.serve.Server;
import dev.ockham.serve.ServerSettings;
import dev.ockham.serve.StartOutcome;
import dev.ockham.store.NewKey;
import dev.ockham.store.Store;
import dev.ockham.store.StoreOpening;
import dev.ockham.store.StoreSettings;
import dev.ockham.store.Totals;
import java.time.Duration;

/**
 * The real gateway on a free port of loopback, with a store of its own, one client key and one
 * admin key. It calls nobody but the fleet.
 */
final class RunningGateway implements AutoCloseable {
  static final String STORE_FOLDER = "data";
  private static final String ORGANISATION = "default";
  private static final int LOOPS = 2;
  private static final int REMEMBERED = 10_000;

  private final Store store;
  private final Server server;
  private final Keys keys;

  /** The texts of the two keys. */
  private record Keys(String client, String admin) {}

  /** What became of starting it. */
  sealed interface Outcome {
    record Running(RunningGateway gateway) implements Outcome {}

    record NotRunning(String problem) implements Outcome {}
  }

  private RunningGateway(Store store, Server server, Keys keys) {
    this.store = store;
    this.server = server;
    this.keys = keys;
  }

  static Outcome start(Fleet fleet, Keyring keyring, DemoSettings settings) {
    StoreOpening opening =
        Store.open(
            StoreSettings.of(
                settings.folder().resolve(STORE_FOLDER), settings.clock(), settings.random()));
    return switch (opening) {
      case StoreOpening.NotOpened problem -> new Outcome.NotRunning(problem.describe());
      case StoreOpening.Opened opened -> serve(opened.store(), fleet, keyring, settings);
    };
  }

  private static Outcome serve(Store store, Fleet fleet, Keyring keyring, DemoSettings settings) {
    var keys = new Keys(key(store, Caller.Role.CLIENT), key(store, Caller.Role.ADMIN));
    var gateway =
        new Gateway(
            store,
            () -> fleet,
            () -> keyring,
            new Conversations(settings.clock(), REMEMBERED, Duration.ofHours(1)),
            new ReasoningMemory(settings.clock(), 1 << 20, Duration.ofHours(1)),
            settings.clock(),
            settings.nanos());
    StartOutcome outcome = Server.start(gateway, ServerSettings.at("127.0.0.1", 0, LOOPS));
    return switch (outcome) {
      case StartOutcome.Started started ->
          new Outcome.Running(new RunningGateway(store, started.server(), keys));
      case StartOutcome.NotStarted problem -> {
        store.close();
        yield new Outcome.NotRunning(problem.describe());
      }
    };
  }

  private static String key(Store store, Caller.Role role) {
    String name = "demo " + role.name().toLowerCase(java.util.Locale.ROOT);
    return store.keys().create(NewKey.of(name, role)).toCompletableFuture().join().text();
  }

  /** Such as {@code http://127.0.0.1:40123}. */
  String address() {
    return server.url();
  }

  String clientKey() {
    return keys.client();
  }

  /** The plain page of requests. The key is in the fragment, which no browser sends or logs. */
  String page() {
    return address() + "/#" + keys.admin();
  }

  /** The ledger's sums, everything answered so far included. */
  Totals totals() {
    return store.requests().totals(ORGANISATION).toCompletableFuture().join();
  }

  @Override
  public void close() {
    server.stop();
    store.close();
  }
}
