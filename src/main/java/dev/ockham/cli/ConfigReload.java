package dev.ockham.cli;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Model;
import dev.ockham.config.ConfigProblem;
import dev.ockham.config.FixedSettings;
import dev.ockham.config.KeyringWatch;
import dev.ockham.route.Fleet;
import dev.ockham.serve.Reload;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Puts a changed configuration in force while the gateway runs, whole or not at all. */
final class ConfigReload implements Reload {
  private final Settings first;
  private Settings current;
  private final Supplier<Settings.Reading> read;
  private final KeyringWatch keyring;
  private final AtomicReference<Fleet> inForce;

  /**
   * @param first what the process started with, part of which is fixed for its life
   * @param read reads the settings again
   */
  ConfigReload(
      Settings first,
      Supplier<Settings.Reading> read,
      KeyringWatch keyring,
      AtomicReference<Fleet> inForce) {
    this.first = first;
    this.current = first;
    this.read = read;
    this.keyring = keyring;
    this.inForce = inForce;
  }

  @Override
  public synchronized Outcome reload() {
    return switch (read.get()) {
      case Settings.Reading.Wrong(var source, var problems) -> new Refused(source, problems);
      case Settings.Reading.Right(var source, var settings) -> {
        List<ConfigProblem> fixed = FixedSettings.changed(first.config(), settings.config());
        yield fixed.isEmpty() ? take(settings) : new Refused(source, fixed);
      }
    };
  }

  private Taken take(Settings settings) {
    Fleet last = inForce.get();
    Fleet next = settings.fleetLike(last);
    Keyring keys = settings.config().keyring();
    keyring.replace(settings.keys(), keys.withFormer(former(last, next, keyring.get())));
    inForce.set(next);
    current = settings;
    return new Taken(next.version(), next.catalog().version(), settings.warnings());
  }

  /** The settings in force. */
  synchronized Settings current() {
    return current;
  }

  /** The models in force, in their order. */
  List<Model> models() {
    return List.copyOf(inForce.get().catalog().all());
  }

  /** Puts other facts of models in force, with the prices of a day, at once and whole. */
  synchronized void takeCatalog(CatalogFile facts, LocalDate day) {
    Settings next = current.with(facts, day);
    inForce.set(next.fleetLike(inForce.get()));
    current = next;
  }

  /** What requests under way may call, and the next fleet does not have so. */
  private static Map<Endpoint, Access> former(Fleet last, Fleet next, Keyring keys) {
    Set<Endpoint> gone = endpoints(last);
    gone.removeAll(endpoints(next));
    var former = new HashMap<Endpoint, Access>();
    gone.forEach(endpoint -> former.put(endpoint, keys.to(endpoint)));
    return former;
  }

  private static Set<Endpoint> endpoints(Fleet fleet) {
    return fleet.catalog().all().stream()
        .map(Model::endpoint)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
