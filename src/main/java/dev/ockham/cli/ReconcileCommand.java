package dev.ockham.cli;

import dev.ockham.catalog.Money;
import dev.ockham.config.Config;
import dev.ockham.config.Environment;
import dev.ockham.lab.xray.ProviderReport;
import dev.ockham.ledger.Correction;
import dev.ockham.report.Reconciliation;
import dev.ockham.store.Corrections;
import dev.ockham.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares the ledger with what providers report, and posts what is missing. */
@Command(
    name = "reconcile",
    description = {
      "Compares the ledger with providers' usage and cost reports, by day and model.",
      "Reads OpenAI's and Anthropic's reports as their administration APIs and exports give them.",
      "The exit code is 1 where anything drifts by more than half a percent.",
      "Example: ./ockham reconcile costs-2026-11-24.json"
    })
final class ReconcileCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileCommand.class);
  private static final int DOLLAR_DIGITS = 12;
  private static final int PERCENT_TO_PPM = 4;

  private final Environment environment;
  private final Terminal terminal;
  private final Ambient ambient;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private OpenStore store = new OpenStore();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Reports, as JSON or CSV.")
  private List<Path> files = List.of();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "The provider's name in your configuration, where it is not openai, anthropic.")
  private @Nullable String provider;

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      defaultValue = "0.5",
      description = "Drift above this is an alarm (default ${DEFAULT-VALUE}).")
  private BigDecimal tolerance = BigDecimal.ZERO;

  @Option(
      names = "--post",
      description = "Post the difference of alarmed costs as corrections; nothing is changed.")
  private boolean post;

  ReconcileCommand(Environment environment, Terminal terminal, Ambient ambient) {
    this.environment = environment;
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public Integer call() {
    var reported = new ArrayList<Reconciliation.Day>();
    for (Path file : files) {
      switch (ProviderReport.read(file)) {
        case ProviderReport.Reading.NotAReport(String why) -> {
          terminal
              .err()
              .println(
                  "ockham: "
                      + file
                      + " "
                      + why
                      + " (expected: a usage or cost"
                      + " report of OpenAI or Anthropic)");
          return OckhamCommand.FAILED;
        }
        case ProviderReport.Reading.Read(List<ProviderReport.Line> lines) ->
            lines.forEach(line -> reported.add(day(line)));
      }
    }
    if (reported.isEmpty()) {
      terminal.out().println("the reports are empty: nothing to compare");
      return OckhamCommand.OK;
    }
    return store.with(environment, terminal, ambient, opened -> compare(opened, reported));
  }

  private Reconciliation.Day day(ProviderReport.Line line) {
    return new Reconciliation.Day(
        provider == null ? line.provider() : provider,
        line.day(),
        line.model(),
        line.usage(),
        line.dollars().map(ReconcileCommand::money));
  }

  private static Money money(BigDecimal dollars) {
    return new Money(
        dollars.movePointRight(DOLLAR_DIGITS).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
  }

  private int compare(Store opened, List<Reconciliation.Day> reported) {
    LocalDate first = reported.getFirst().day();
    LocalDate last = first;
    for (Reconciliation.Day each : reported) {
      first = each.day().isBefore(first) ? each.day() : first;
      last = each.day().isAfter(last) ? each.day() : last;
    }
    List<Corrections.Booked> rows =
        opened.corrections().booked(first, last.plusDays(1)).toCompletableFuture().join();
    Map<String, String> upstream =
        store
            .config(environment, terminal, ambient)
            .map(ReconcileCommand::upstreamNames)
            .orElse(Map.of());
    List<Reconciliation.Day> booked = new ArrayList<>();
    for (Corrections.Booked row : rows) {
      booked.add(
          new Reconciliation.Day(
              row.provider(),
              row.day(),
              upstream.getOrDefault(row.model(), row.model()),
              row.usage(),
              Optional.of(row.cost())));
    }
    List<Reconciliation.Line> lines =
        Reconciliation.of(booked, reported, tolerance.movePointRight(PERCENT_TO_PPM).longValue());
    show(lines);
    List<Reconciliation.Line> alarms = lines.stream().filter(Reconciliation.Line::alarm).toList();
    if (post) {
      post(opened, alarms, rows, upstream);
    }
    alarms.forEach(line ->
        LOG.warn(
            "drift: {} {} {} {} booked {} reported {} ({} ppm)",
            line.provider(),
            line.day(),
            line.model(),
            line.what(),
            line.booked(),
            line.reported(),
            line.driftPpm()));
    return alarms.isEmpty() ? OckhamCommand.OK : OckhamCommand.FAILED;
  }

  private static Map<String, String> upstreamNames(Config config) {
    var names = new HashMap<String, String>();
    config.models().forEach((id, entry) -> names.put(id, entry.upstreamName()));
    return names;
  }

  private void show(List<Reconciliation.Line> lines) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("day", "provider", "model", "what", "booked", "reported", "drift", ""));
    for (Reconciliation.Line line : lines) {
      boolean cost = line.what().equals("cost");
      rows.add(
          List.of(
              line.day().toString(),
              line.provider(),
              line.model(),
              line.what(),
              cost ? new Money(line.booked()).toString() : String.valueOf(line.booked()),
              cost ? new Money(line.reported()).toString() : String.valueOf(line.reported()),
              BigDecimal.valueOf(line.driftPpm(), PERCENT_TO_PPM).toPlainString() + " %",
              line.alarm() ? "ALARM" : ""));
    }
    Columns.align(rows).forEach(terminal.out()::println);
  }

  /** Only what names one of our models can be corrected: the rest is shown. */
  private void post(
      Store opened,
      List<Reconciliation.Line> alarms,
      List<Corrections.Booked> rows,
      Map<String, String> upstream) {
    String source = "report sha256:" + digest();
    var corrections = new ArrayList<Correction>();
    for (Reconciliation.Line line : alarms) {
      rows.stream()
          .filter(row ->
              line.what().equals("cost")
                  && row.provider().equals(line.provider())
                  && row.day().equals(line.day())
                  && upstream.getOrDefault(row.model(), row.model()).equals(line.model()))
          .findFirst()
          .ifPresent(row ->
              corrections.add(
                  new Correction(
                      row.organisation(),
                      row.provider(),
                      row.model(),
                      row.day(),
                      new Money(line.difference()),
                      "the provider reports " + new Money(line.reported()),
                      source,
                      ambient.clock().instant())));
    }
    int posted = opened.corrections().post(corrections).toCompletableFuture().join();
    terminal.out().println(posted + " corrections posted");
  }

  private String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        sha256.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "a report cannot be read again", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
