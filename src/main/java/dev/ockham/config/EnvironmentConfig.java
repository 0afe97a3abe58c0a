package dev.ockham.config;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.route.Adoption;
import dev.ockham.route.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Settings without a file: a provider for each environment variable that holds a key, with every
 * model the catalog knows of it, and a route {@code auto} over a few of different size.
 */
public final class EnvironmentConfig {

  /**
   * A provider that an environment variable turns on.
   *
   * @param variables the first that is set counts
   * @param starters a few of its models, dearest first, that {@code auto} chooses among
   */
  private record Known(String provider, List<String> variables, List<String> starters) {
    Known(String provider, String variable, String... starters) {
      this(provider, List.of(variable), List.of(starters));
    }
  }

  private static final List<Known> KNOWN =
      List.of(
          new Known("openai", "OPENAI_API_KEY", "gpt-5.4", "gpt-4.1-mini", "gpt-4.1-nano"),
          new Known("anthropic", "ANTHROPIC_API_KEY", "claude-opus-4-8", "claude-haiku-4-5"),
          new Known(
              "google",
              List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"),
              List.of("gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite")),
          new Known("mistral", "MISTRAL_API_KEY", "mistral-large-2512", "mistral-small-2603"),
          new Known("deepseek", "DEEPSEEK_API_KEY", "deepseek-v4-pro", "deepseek-v4-flash"),
          new Known("groq", "GROQ_API_KEY", "qwen/qwen3-32b", "openai/gpt-oss-120b"),
          new Known("openrouter", "OPENROUTER_API_KEY"));

  private static final String OLLAMA = "OLLAMA_HOST";

  private EnvironmentConfig() {}

  /** The variables that are looked at. */
  public static List<String> variables() {
    var names = new ArrayList<String>();
    KNOWN.forEach(known -> names.addAll(known.variables));
    names.add(BedrockEnvironment.KEY);
    names.add(OLLAMA);
    return names;
  }

  /** Where a local Ollama was said to be; its models are its own to list. */
  public static Optional<String> ollama(Environment environment) {
    return environment
        .variable(OLLAMA)
        .map(host -> host.contains("://") ? host : "http://" + host)
        .map(url -> url.replace("://0.0.0.0", "://127.0.0.1").replaceFirst("/+$", ""))
        .map(url -> Kind.url(url).map(uri -> uri.getPort()).orElse(-1) < 0 ? url + ":11434" : url);
  }

  /**
   * Makes the settings.
   *
   * @param local names of the models a local Ollama has
   */
  public static ConfigOutcome read(
      CatalogFile shipped, Environment environment, List<String> local) {
    var found = new Found();
    for (Known known : KNOWN) {
      Optional<String> key =
          known.variables.stream().flatMap(name -> environment.variable(name).stream()).findFirst();
      CatalogFile.Provider facts = shipped.providers().get(known.provider);
      if (key.isPresent() && facts != null) {
        found.add(known.provider, facts.dialect(), facts.baseUrl(), key.get());
        facts.models().keySet().forEach(name -> found.offer(known.provider, name));
        found.start(known.starters);
      }
    }
    List<String> warnings = BedrockEnvironment.add(shipped, environment, found);
    ollama(environment).ifPresent(url -> addLocal(found, url, local));
    return found.models.isEmpty()
        ? nothingSet()
        : new ConfigOutcome.Read(config(environment, found, shipped), warnings, Optional.empty());
  }

  private static void addLocal(Found found, String url, List<String> local) {
    if (!local.isEmpty()) {
      found.providers.put(
          "ollama", new Config.Provider(Dialect.OPENAI_CHAT, url + "/v1", "ollama"));
      for (String name : local) {
        found.models.putIfAbsent(name, entry("ollama", name, Optional.of(new Price.Free())));
      }
      found.start(local);
    }
  }

  private static ConfigOutcome nothingSet() {
    String expected =
        "--config FILE, or one of the environment variables " + String.join(", ", variables());
    return new ConfigOutcome.Invalid(List.of(new ConfigProblem(0, "", "no provider", expected)));
  }

  private static Config.ModelEntry entry(String provider, String name, Optional<Price> price) {
    return new Config.ModelEntry(
        provider,
        name,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.<Set<Capability>>empty(),
        price,
        List.of(),
        OptionalDouble.empty(),
        Config.Serving.ALONE);
  }

  /** What the environment turned on. */
  static final class Found {
    private final SequencedMap<String, Config.Provider> providers = new LinkedHashMap<>();
    private final SequencedMap<String, Config.ModelEntry> models = new LinkedHashMap<>();
    private final List<String> starters = new ArrayList<>();
    private final Map<String, Access> access = new LinkedHashMap<>();

    void add(String provider, Dialect dialect, String baseUrl, String key) {
      providers.put(provider, new Config.Provider(dialect, baseUrl, provider));
      var placement = Credential.Placement.usual(dialect);
      var secret = new Secret(key.strip());
      access.put(provider, Access.with(new Credential.Key(placement, secret)));
    }

    void offer(String provider, String model) {
      models.putIfAbsent(model, entry(provider, model, Optional.empty()));
    }

    void start(List<String> names) {
      names.stream().filter(models::containsKey).forEach(starters::add);
    }
  }

  private static Config config(Environment environment, Found found, CatalogFile shipped) {
    List<String> candidates =
        found.starters.isEmpty()
            ? found.models.keySet().stream().limit(3).toList()
            : found.starters;
    Route auto =
        ConfigBuild.overAll(Strongest.first(candidates, found.providers, found.models, shipped));
    return new Config(
        Optional.empty(),
        ConfigBuild.DEFAULT_SERVER,
        new Config.Data(ConfigBuild.defaultFolder(environment)),
        found.providers,
        found.models,
        Map.of(),
        new LinkedHashMap<>(Map.of(Config.AUTO, auto)),
        Adoption.NONE,
        Config.CatalogSource.SHIPPED,
        ConfigBuild.DEFAULT_PRIVACY,
        new Keyring(found.access, Optional.empty()));
  }
}
