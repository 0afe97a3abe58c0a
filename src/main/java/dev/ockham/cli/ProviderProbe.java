package dev.ockham.cli;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Endpoint;
import dev.ockham.config.Config;
import dev.ockham.provider.Probe;
import dev.ockham.provider.Probe.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Tries one provider, and says in a row of a table what came of it. */
final class ProviderProbe {
  private final Probe probe;
  private final Config config;

  ProviderProbe(Probe probe, Config config) {
    this.probe = probe;
    this.config = config;
  }

  /** What is told of a provider. */
  record Told(boolean good, List<String> row) {}

  CompletableFuture<Told> of(String name, Config.Provider provider) {
    Duration deadline = config.server().deadlines().call();
    var endpoint = new Endpoint(name, provider.dialect(), provider.baseUrl(), deadline);
    return probe.ask(endpoint, model(name).orElse("")).thenApply(found -> told(endpoint, found));
  }

  private Optional<String> model(String provider) {
    return config.models().values().stream()
        .filter(model -> model.provider().equals(provider))
        .map(Config.ModelEntry::upstreamName)
        .findFirst();
  }

  private Told told(Endpoint endpoint, Finding found) {
    String name = endpoint.name();
    Access access = config.keyring().to(name);
    boolean keyed = !(access.credential() instanceof Credential.None);
    return switch (found) {
      case Finding.Taken(Duration latency) ->
          there(true, name, keyed ? "taken" : "none, none wanted", latency, "");
      case Finding.Refused(Duration latency) ->
          there(false, name, keyed ? "refused" : "absent", latency, mend(name, access));
      case Finding.Untried(Duration latency) ->
          there(true, name, "not tried", latency, "it lists no models; that need not matter");
      case Finding.Odd(Duration latency, int status) ->
          there(false, name, "unknown", latency, "it answered " + status + "; see base-url");
      case Finding.Silent(String why) ->
          new Told(
              false,
              List.of(
                  name,
                  "no",
                  "",
                  "",
                  why + ", at " + endpoint.baseUrl() + "; is it up and right?"));
    };
  }

  private static String mend(String name, Access access) {
    String settings = "providers." + name;
    return switch (access.credential()) {
      case Credential.None _ -> "give a valid key as " + settings + ".api-key or in its variable";
      case Credential.Key _ ->
          "give a valid key as " + settings + ".api-key or in its variable; see key-header";
      case Credential.AwsKeys _ -> "see the keys and the region under " + settings + ".aws";
      case Credential.GoogleAccount _ ->
          "see " + settings + ".google-account, and its rights in the project";
    };
  }

  private static Told there(
      boolean good, String name, String credential, Duration latency, String todo) {
    return new Told(good, List.of(name, "yes", credential, latency.toMillis() + " ms", todo));
  }
}
