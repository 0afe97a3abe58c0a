package dev.ockham.config;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
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
   * @param starters a few of its models, dearest first, that {@code auto} chooses among
   */
  private record Known(String provider, String variable, List<String> starters) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("openai", "OPENAI_API_KEY", List.of("gpt-5.4", "gpt-4.1-mini", "gpt-4.1-nano")),
          new Known(
              "anthropic", "ANTHROPIC_API_KEY", List.of("claude-opus-4-8", "claude-haiku-4-5")),
          new Known(
              "mistral", "MISTRAL_API_KEY", List.of("mistral-large-2512", "mistral-small-2603")),
          new Known(
              "deepseek", "DEEPSEEK_API_KEY", List.of("deepseek-v4-pro", "deepseek-v4-flash")),
          new Known("groq", "GROQ_API_KEY", List.of("qwen/qwen3-32b", "openai/gpt-oss-120b")),
          new Known("openrouter", "OPENROUTER_API_KEY", List.of()));

  private static final String OLLAMA = "OLLAMA_HOST";

  private EnvironmentConfig() {}

  /** The variables that are looked at. */
  public static List<String> variables() {
    var names = new ArrayList<String>();
    KNOWN.forEach(known -> names.add(known.variable));
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
    var providers = new LinkedHashMap<String, Config.Provider>();
    var models = new LinkedHashMap<String, Config.ModelEntry>();
    var starters = new ArrayList<String>();
    for (Known known : KNOWN) {
      Optional<String> key = environment.variable(known.variable);
      CatalogFile.Provider facts = shipped.providers().get(known.provider);
      if (key.isPresent() && facts != null) {
        var secret = new Secret(key.get().strip());
        providers.put(
            known.provider,
            new Config.Provider(
                facts.dialect(), facts.baseUrl(), Optional.of(secret), known.provider));
        for (String name : facts.models().keySet()) {
          models.putIfAbsent(name, entry(known.provider, name, Optional.empty()));
        }
        known.starters.stream().filter(models::containsKey).forEach(starters::add);
      }
    }
    Optional<String> ollama = ollama(environment);
    if (ollama.isPresent() && !local.isEmpty()) {
      var url = ollama.get() + "/v1";
      providers.put(
          "ollama", new Config.Provider(Dialect.OPENAI_CHAT, url, Optional.empty(), "ollama"));
      for (String name : local) {
        models.putIfAbsent(name, entry("ollama", name, Optional.of(new Price.Free())));
        starters.add(name);
      }
    }
    return models.isEmpty()
        ? nothingSet()
        : new ConfigOutcome.Read(config(environment, providers, models, starters), List.of());
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
        OptionalDouble.empty());
  }

  private static Config config(
      Environment environment,
      SequencedMap<String, Config.Provider> providers,
      SequencedMap<String, Config.ModelEntry> models,
      List<String> starters) {
    List<String> candidates =
        starters.isEmpty() ? models.keySet().stream().limit(3).toList() : starters;
    Route auto = ConfigBuild.overAll(candidates);
    return new Config(
        Optional.empty(),
        ConfigBuild.DEFAULT_SERVER,
        new Config.Data(ConfigBuild.defaultFolder(environment)),
        providers,
        models,
        Map.of(),
        new LinkedHashMap<>(Map.of(Config.AUTO, auto)),
        ConfigBuild.DEFAULT_PRIVACY);
  }
}
