package dev.ockham.cli;

import dev.ockham.catalog.Money;
import dev.ockham.config.Assembly;
import dev.ockham.config.Environment;
import dev.ockham.ledger.Correction;
import dev.ockham.store.Corrections;
import dev.ockham.store.Store;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prices what a model was used for again, and posts the difference. */
@Command(
    name = "reprice",
    description = {
      "Prices past calls of a model at today's configuration and catalog, while the gateway is",
      "stopped. Shows the difference to what was booked; posts it only if asked to.",
      "Example: ./ockham reprice gpt-5.4 --from 2026-11-01 --until 2026-11-25 --config ockham.yaml"
    })
final class RepriceCommand implements Callable<Integer> {
  private final Environment environment;
  private final Terminal terminal;
  private final Ambient ambient;

  @Option(names = "--config", required = true, description = "Has the model and its price.")
  private Path file = Path.of("");

  @Parameters(paramLabel = "MODEL", description = "The model, as clients name it.")
  private String model = "";

  @Option(names = "--from", required = true, description = "The first day, in UTC.")
  private LocalDate from = LocalDate.EPOCH;

  @Option(names = "--until", required = true, description = "The day after the last.")
  private LocalDate until = LocalDate.EPOCH;

  @Option(names = "--post", description = "Post the differences as corrections.")
  private boolean post;

  RepriceCommand(Environment environment, Terminal terminal, Ambient ambient) {
    this.environment = environment;
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public Integer call() {
    Optional<Settings> settings =
        Settings.load(Optional.of(file), environment, terminal, ambient.clock());
    if (settings.isEmpty()) {
      return OckhamCommand.FAILED;
    }
    if (!settings.get().config().models().containsKey(model)) {
      terminal
          .err()
          .println(
              "ockham: model "
                  + model
                  + " (expected: one of "
                  + settings.get().config().models().keySet()
                  + ", as "
                  + file
                  + " has them)");
      return OckhamCommand.FAILED;
    }
    return OpenStore.at(
        settings.get().config().data().folder(),
        terminal,
        ambient,
        store -> reprice(settings.get(), store));
  }

  private int reprice(Settings settings, Store store) {
    List<Corrections.Booked> booked =
        store.corrections().booked(from, until).toCompletableFuture().join();
    List<Corrections.Repriced> repriced =
        store
            .corrections()
            .repriced(
                from,
                until,
                model,
                day -> Assembly.priceOf(settings.config(), settings.facts(), model, day))
            .toCompletableFuture()
            .join();
    var corrections = new ArrayList<Correction>();
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("day", "provider", "calls", "booked", "at the price", "difference"));
    for (Corrections.Repriced day : repriced) {
      Money before = booked(booked, day);
      String version =
          Assembly.priceOf(settings.config(), settings.facts(), model, day.day()).versionName();
      rows.add(
          List.of(
              day.day().toString(),
              day.provider(),
              String.valueOf(day.calls()),
              before.toString(),
              day.cost().map(Money::toString).orElse("unknown"),
              day.cost().map(cost -> cost.minus(before).toString()).orElse("unknown")));
      day.cost()
          .map(cost -> cost.minus(before))
          .filter(difference -> difference.picos() != 0)
          .ifPresent(difference -> corrections.add(correction(day, difference, version)));
    }
    Columns.align(rows).forEach(terminal.out()::println);
    if (post) {
      int posted = store.corrections().post(corrections).toCompletableFuture().join();
      terminal.out().println(posted + " corrections posted");
    }
    return OckhamCommand.OK;
  }

  private Money booked(List<Corrections.Booked> booked, Corrections.Repriced day) {
    return booked.stream()
        .filter(row ->
            row.model().equals(model)
                && row.organisation().equals(day.organisation())
                && row.day().equals(day.day())
                && row.provider().equals(day.provider()))
        .map(Corrections.Booked::cost)
        .reduce(Money.ZERO, Money::plus);
  }

  private Correction correction(Corrections.Repriced day, Money difference, String version) {
    return new Correction(
        day.organisation(),
        day.provider(),
        model,
        day.day(),
        difference,
        "priced again at " + version,
        "price " + version + " at " + ambient.clock().instant(),
        ambient.clock().instant());
  }
}
