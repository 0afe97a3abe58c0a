package dev.ockham.cli;

import dev.ockham.agent.Conversations;
import dev.ockham.agent.ReasoningMemory;
import dev.ockham.config.Config;
import dev.ockham.config.Environment;
import dev.ockham.config.KeyringWatch;
import dev.ockham.learn.Loaded;
import dev.ockham.policy.Caller;
import dev.ockham.route.Fleet;
import dev.ockham.route.Scorer;
import dev.ockham.serve.BatchSettings;
import dev.ockham.serve.Gateway;
import dev.ockham.serve.Server;
import dev.ockham.serve.ServerSettings;
import dev.ockham.serve.StartOutcome;
import dev.ockham.store.NewKey;
import dev.ockham.store.Store;
import dev.ockham.store.StoreOpening;
import dev.ockham.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the gateway until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Runs the gateway until it is told to stop.",
      "Without --config, providers come from OPENAI_API_KEY, ANTHROPIC_API_KEY and the like.",
      "Example: ./ockham serve --config ockham.yaml"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int REMEMBERED_CONVERSATIONS = 100_000;
  private static final long REMEMBERED_REASONING = 32L << 20;

  /** How often files with credentials are looked at. */
  private static final Duration KEYS_PERIOD = Duration.ofSeconds(2);

  private static final Duration CONVERSATION_IDLE = Duration.ofHours(24);

  private final Environment environment;
  private final Terminal terminal;
  private final Ambient ambient;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration to use.")
  private @Nullable Path file;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "What models can do, learned with ockham train, instead of the shipped.")
  private Optional<Path> weights = Optional.empty();

  ServeCommand(Environment environment, Terminal terminal, Ambient ambient) {
    this.environment = environment;
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public Integer call() {
    return switch (Settings.scorer(weights.map(environment.folder()::resolve))) {
      case Loaded.Unusable<Scorer>(String problem) -> failed(problem);
      case Loaded.Ready<Scorer>(Scorer scorer) -> call(scorer);
    };
  }

  private int call(Scorer scorer) {
    Optional<Settings> settings =
        Settings.load(Optional.ofNullable(file), environment, terminal, ambient.clock());
    if (settings.isEmpty()) {
      return OckhamCommand.FAILED;
    }
    settings.get().warnings().forEach(text -> terminal.err().println("warning: " + text));
    Config config = settings.get().config();
    var opening =
        Store.open(
            StoreSettings.of(config.data().folder(), ambient.clock(), ambient.random())
                .withFeaturesKept(
                    config.privacy().keepFeatures()
                        ? Optional.of(config.privacy().featuresTtl())
                        : Optional.empty()));
    return switch (opening) {
      case StoreOpening.NotOpened problem -> failed(problem.describe());
      case StoreOpening.Opened opened -> {
        try (var ending = new Ending();
            KeyringWatch keyring = keyring(settings.get());
            Store store = opened.store()) {
          var fleet = new AtomicReference<>(settings.get().fleet(scorer));
          yield serve(new Running(settings.get(), fleet), keyring, store, ending);
        }
      }
    };
  }

  private static KeyringWatch keyring(Settings settings) {
    return KeyringWatch.start(settings.keys(), settings.config().keyring(), KEYS_PERIOD);
  }

  private Settings.Reading read() {
    return Settings.read(Optional.ofNullable(file), environment, terminal, ambient.clock());
  }

  /** What it was started with, and the fleet as it is now. */
  private record Running(Settings settings, AtomicReference<Fleet> fleet) {}

  private int serve(Running running, KeyringWatch keyring, Store store, Ending ending) {
    Settings settings = running.settings();
    var fleet = running.fleet();
    var reload = new ConfigReload(settings, this::read, keyring, fleet);
    Config config = settings.config();
    var gateway =
        new Gateway(
                store,
                fleet::get,
                keyring,
                new Conversations(ambient.clock(), REMEMBERED_CONVERSATIONS, CONVERSATION_IDLE),
                new ReasoningMemory(ambient.clock(), REMEMBERED_REASONING, CONVERSATION_IDLE),
                ambient.clock(),
                ambient.nanos())
            .withReload(reload);
    Config.Server wanted = config.server();
    var listening =
        ServerSettings.at(wanted.host(), wanted.port(), Runtime.getRuntime().availableProcessors())
            .withMaxBody(wanted.maxBodyBytes())
            .withResponsesKept(config.privacy().keepResponses())
            .withBatches(batches(config))
            .withDeadlines(wanted.deadlines().request(), wanted.deadlines().drain());
    OptionalLong budget = wanted.bodyBudgetBytes();
    var bounded = budget.isPresent() ? listening.withBodyBudget(budget.getAsLong()) : listening;
    return switch (Server.start(gateway, bounded)) {
      case StartOutcome.NotStarted problem -> failed(problem.describe());
      case StartOutcome.Started started -> {
        try (var _ = CatalogWatch.start(reload, store, ambient.clock())) {
          greet(config, store, started.server());
          ending.await();
        }
        terminal.err().println("stopping: requests under way may end");
        started.server().stop();
        yield OckhamCommand.OK;
      }
    };
  }

  private static Optional<BatchSettings> batches(Config config) {
    var offering = new HashSet<String>();
    config
        .providers()
        .forEach((name, provider) -> {
          if (provider.batches()) {
            offering.add(name);
          }
        });
    return config.privacy().keepBatches().map(kept -> BatchSettings.keeping(kept, offering));
  }

  private void greet(Config config, Store store, Server server) {
    var out = terminal.out();
    out.println(
        "Ockham serves at " + server.url() + "   (requests and why: " + server.url() + "/)");
    out.println(
        "  providers  "
            + String.join(", ", config.providers().keySet())
            + "   models "
            + config.models().size()
            + "   routes "
            + String.join(", ", config.routes().keySet()));
    out.println("  data       " + config.data().folder());
    if (store.keys().list().isEmpty()) {
      String client = key(store, "first client", Caller.Role.CLIENT);
      String admin = key(store, "first admin", Caller.Role.ADMIN);
      out.println();
      out.println("These keys are shown this once; keep them:");
      out.println("  client  " + client);
      out.println("  admin   " + admin);
      out.println();
      out.println("Next, in another terminal:");
      out.println("  export OCKHAM_KEY=" + client);
      out.println("  ./ockham connect curl");
    } else {
      out.println(
          "Next: ./ockham connect --help   (a new key, while stopped: ./ockham key create NAME)");
    }
    out.flush();
  }

  private static String key(Store store, String name, Caller.Role role) {
    return store.keys().create(NewKey.of(name, role)).toCompletableFuture().join().text();
  }

  private int failed(String problem) {
    terminal.err().println("ockham: " + problem);
    return OckhamCommand.FAILED;
  }
}
