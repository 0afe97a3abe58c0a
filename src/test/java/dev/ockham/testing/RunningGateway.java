package dev.ockham.testing;

import dev.ockham.agent.Conversations;
import dev.ockham.agent.ReasoningMemory;
import dev.ockham.catalog.Access;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Credential.Placement;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.TokenClass;
import dev.ockham.policy.Caller;
import dev.ockham.provider.Patience;
import dev.ockham.provider.Retries;
import dev.ockham.route.Fleet;
import dev.ockham.route.Objective;
import dev.ockham.route.Route;
import dev.ockham.route.Scorer;
import dev.ockham.serve.Gateway;
import dev.ockham.serve.Server;
import dev.ockham.serve.ServerSettings;
import dev.ockham.serve.StartOutcome;
import dev.ockham.store.IssuedKey;
import dev.ockham.store.NewKey;
import dev.ockham.store.Store;
import dev.ockham.store.StoreOpening;
import dev.ockham.store.StoreSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A real gateway in this process: a store in a folder, a server on a free port of loopback, and a
 * fleet that calls scripted upstreams.
 */
public final class RunningGateway implements AutoCloseable {
  /** Dollars per million tokens: 1 in, 2 out. */
  public static final Price PRICE =
      new Price.Listed(
          "test-1", Map.of(TokenClass.INPUT, 1_000_000L, TokenClass.OUTPUT, 2_000_000L));

  /** What the fleet's endpoints want, by their names. */
  private static final Keyring KEYS = keys();

  private final Store store;
  private final Server server;
  private final String clientKey;
  private final String adminKey;

  private RunningGateway(Store store, Server server, String clientKey, String adminKey) {
    this.store = store;
    this.server = server;
    this.clientKey = clientKey;
    this.adminKey = adminKey;
  }

  /** Starts with the usual settings; the first model is the one that {@code auto} falls back to. */
  public static RunningGateway start(Path folder, Model... models) {
    return start(folder, settings -> settings, models);
  }

  public static RunningGateway start(
      Path folder, UnaryOperator<ServerSettings> change, Model... models) {
    Store store = open(StoreSettings.of(folder, Clock.systemUTC(), new SecureRandom()));
    return start(store, change, models);
  }

  public static RunningGateway start(
      Store store, UnaryOperator<ServerSettings> change, Model... models) {
    return start(gateway(store, fleet(models)), change);
  }

  /** Starts a gateway of one's own making, with keys in its store. */
  public static RunningGateway start(Gateway gateway, UnaryOperator<ServerSettings> change) {
    Store store = gateway.store();
    String client = key(store, "client", Caller.Role.CLIENT);
    String admin = key(store, "admin", Caller.Role.ADMIN);
    // so that a test counts the calls it causes; those of retries turn them on
    var usual = ServerSettings.at("127.0.0.1", 0, 2).withRetries(Retries.NONE);
    var settings = change.apply(usual);
    Server server = server(Server.start(gateway, settings));
    return new RunningGateway(store, server, client, admin);
  }

  private static Access key(Placement placement, String secret) {
    return Access.with(new Credential.Key(placement, new Secret(secret)));
  }

  public static Gateway gateway(Store store, Fleet fleet) {
    return gateway(store, fleet, () -> KEYS);
  }

  public static Gateway gateway(Store store, Fleet fleet, Supplier<Keyring> keyring) {
    return gateway(store, () -> fleet, keyring);
  }

  public static Gateway gateway(Store store, Supplier<Fleet> fleet, Supplier<Keyring> keyring) {
    return new Gateway(
        store,
        fleet,
        keyring,
        new Conversations(Clock.systemUTC(), 1000, Duration.ofHours(1)),
        new ReasoningMemory(Clock.systemUTC(), 1 << 20, Duration.ofHours(1)),
        Clock.systemUTC(),
        System::nanoTime);
  }

  /** By the names of the endpoints here, and of those that are named as their dialects. */
  private static Keyring keys() {
    var access = new LinkedHashMap<String, Access>();
    for (Dialect dialect : Dialect.values()) {
      String name = dialect.wireName();
      access.put(name, key(Placement.usual(dialect), "secret-of-" + name));
    }
    access.put("openai", key(Placement.BEARER, "sk-openai-secret"));
    access.put("anthropic", key(Placement.X_API_KEY, "sk-ant-secret"));
    return new Keyring(access, Optional.empty());
  }

  /** Models in order, with a route {@code auto} over all of them. */
  public static Fleet fleet(Model... models) {
    var byId = new LinkedHashMap<String, Model>();
    for (Model model : models) {
      byId.put(model.id(), model);
    }
    List<String> ids = List.copyOf(byId.keySet());
    var route = new Route("auto", ids, ids.getFirst(), List.of(), new Objective(0.01));
    var catalog = new Catalog("catalog-1", byId, Map.of("nickname", ids.getFirst()));
    return new Fleet(catalog, Map.of("auto", route), "auto", Scorer.none(), "routes-1");
  }

  /** A model that a scripted upstream serves in OpenAI's dialect. */
  public static Model openAiModel(String id, ScriptedUpstream upstream) {
    return model(id, new Endpoint("openai", Dialect.OPENAI_CHAT, upstream.url() + "/v1", CALL));
  }

  /** A model that a scripted upstream serves in Anthropic's dialect. */
  public static Model anthropicModel(String id, ScriptedUpstream upstream) {
    return model(id, new Endpoint("anthropic", Dialect.ANTHROPIC_MESSAGES, upstream.url(), CALL));
  }

  private static final Duration CALL = Duration.ofSeconds(30);

  public static Model model(String id, Endpoint endpoint) {
    return new Model(
        id,
        endpoint,
        "upstream-" + id,
        new Model.Limits(OptionalLong.of(100_000), OptionalLong.of(4096)),
        EnumSet.complementOf(EnumSet.of(Capability.EMBEDDINGS)),
        PRICE,
        OptionalDouble.empty());
  }

  /** Patience for tests in which a provider does nothing. */
  public static Patience impatient() {
    Duration short_ = Duration.ofMillis(300);
    return new Patience(short_, short_, short_, Duration.ofSeconds(15));
  }

  public String url() {
    return server.url();
  }

  public int port() {
    return server.port();
  }

  public Store store() {
    return store;
  }

  public Server server() {
    return server;
  }

  /** The text of a key that may call models. */
  public String clientKey() {
    return clientKey;
  }

  /** The text of a key that may also read everything. */
  public String adminKey() {
    return adminKey;
  }

  @Override
  public void close() {
    server.stop();
    store.close();
  }

  public static Store open(StoreSettings settings) {
    return switch (Store.open(settings)) {
      case StoreOpening.Opened(Store store) -> store;
      case StoreOpening.NotOpened not -> throw new AssertionError(not.describe());
    };
  }

  public static Server server(StartOutcome outcome) {
    return switch (outcome) {
      case StartOutcome.Started(Server server) -> server;
      case StartOutcome.NotStarted not -> throw new AssertionError(not.describe());
    };
  }

  public static String key(Store store, String name, Caller.Role role) {
    IssuedKey issued = get(store.keys().create(NewKey.of(name, role)));
    return issued.text();
  }

  /** What a stage completes with, within ten seconds. */
  public static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
