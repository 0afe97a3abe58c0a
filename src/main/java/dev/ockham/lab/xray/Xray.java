package dev.ockham.lab.xray;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.lab.xray.XrayReport.Line;
import dev.ockham.lab.xray.XrayReport.Unpriced;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Reads logs and adds them up. Opens files only. */
public final class Xray {
  /** For people: what can be read. */
  public static final String KNOWN =
      "LiteLLM spend logs, OpenAI and Anthropic usage and cost exports, Claude Code and Codex"
          + " transcripts; JSON, JSON lines or CSV, plain or .gz";

  static final String COSTS_OF_OPENAI = "OpenAI cost export";
  static final String COSTS_OF_ANTHROPIC = "Anthropic cost report";

  /** What costs a file of the second kind states is in the first kind's file by tokens. */
  private static final Map<String, String> USAGE_BESIDE =
      Map.of(
          COSTS_OF_OPENAI, "OpenAI usage export",
          COSTS_OF_ANTHROPIC, "Anthropic usage export");

  /** Calls without a run that are further apart belong to different work. */
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private static final int PROGRESS = 100_000;

  private static final Comparator<Line> DEAREST_FIRST =
      Comparator.comparing(Line::dollars).reversed().thenComparing(Line::name);

  private final PriceBook prices;
  private final LongConsumer progress;
  private final Set<String> seen = new HashSet<>();
  private final List<LogFile.Found> files = new ArrayList<>();
  private final Map<String, Tally> sources = new TreeMap<>();
  private final Map<String, Tally> models = new HashMap<>();
  private final Map<String, Tally> people = new HashMap<>();
  private final Map<String, Tally> workloads = new HashMap<>();
  private final Map<String, Tally> days = new TreeMap<>();
  private final Map<String, Run> runs = new HashMap<>();
  private final Map<String, Trail> pools = new HashMap<>();
  private final List<LogRow> costs = new ArrayList<>();
  private final SmallerModels smaller;
  private final Tally total = new Tally();
  private BigDecimal stated = BigDecimal.ZERO;
  private Instant from = Instant.MAX;
  private Instant to = Instant.MIN;
  private long rows;

  /**
   * @param progress told how many rows were read, now and then
   */
  public Xray(CatalogFile catalog, LongConsumer progress) {
    this.prices = new PriceBook(catalog);
    this.smaller = new SmallerModels(prices);
    this.progress = progress;
  }

  /**
   * Adds a file.
   *
   * @throws IOException if it cannot be read
   */
  public void add(Path file) throws IOException {
    files.add(new LogFile(file, seen).read(this::add));
  }

  private void add(LogRow row) {
    if (++rows % PROGRESS == 0) {
      progress.accept(rows);
    }
    if (USAGE_BESIDE.containsKey(row.source())) {
      costs.add(row);
      return;
    }
    Optional<BigDecimal> cost =
        row.stated().or(() -> prices.cost(row.model(), row.at(), row.usage()));
    count(row, cost);
    smaller.add(row, cost);
    if (row.calls() == 1) {
      var call = Trail.Call.of(row, cost);
      if (row.run().isPresent()) {
        runs.computeIfAbsent(row.run().get(), run -> new Run(row)).trail.add(call);
      } else {
        pool(row.who(), row.model(), row.workload()).add(call);
      }
    }
  }

  /** Calls that no run holds together, by what they have in common. */
  private Trail pool(String who, String model, String workload) {
    return pools.computeIfAbsent(
        who + " · " + model + " · " + workload, name -> new Trail(name, who, false));
  }

  /** A run and what its first call has in common with others. */
  private record Run(Trail trail, String model, String workload) {
    Run(LogRow first) {
      this(new Trail(first.run().orElse(""), first.who(), true), first.model(), first.workload());
    }
  }

  private void count(LogRow row, Optional<BigDecimal> cost) {
    total.add(row, cost);
    stated = stated.add(row.stated().orElse(BigDecimal.ZERO));
    from = row.at().isBefore(from) ? row.at() : from;
    to = row.at().isAfter(to) ? row.at() : to;
    LocalDate day = LocalDate.ofInstant(row.at(), ZoneOffset.UTC);
    tally(sources, row.source()).add(row, cost);
    tally(models, row.model()).add(row, cost);
    tally(people, row.who()).add(row, cost);
    tally(workloads, row.workload()).add(row, cost);
    tally(days, day.toString()).add(row, cost);
  }

  private static Tally tally(Map<String, Tally> by, String name) {
    return by.computeIfAbsent(name, _ -> new Tally());
  }

  /** What it comes to; to be asked for once, when every file was added. */
  public XrayReport report() {
    // A provider's stated costs count where nothing else says what was used there.
    for (LogRow row : costs) {
      if (!sources.containsKey(USAGE_BESIDE.get(row.source()))) {
        count(row, row.stated());
      }
    }
    List<Trail> trails = trails();
    return new XrayReport(
        files,
        span(from, Instant.MAX),
        span(to, Instant.MIN),
        Line.of("total", total),
        stated,
        new XrayReport.Breakdown(
            lines(sources),
            lines(models),
            lines(people),
            lines(workloads),
            runs.values().stream().map(run -> line(run.trail)).sorted(DEAREST_FIRST).toList(),
            inOrder(days)),
        trails.stream()
            .flatMap(trail -> Loops.in(trail).stream())
            .sorted(Comparator.comparing(Loops.Loop::dollars).reversed())
            .toList(),
        trails.stream()
            .flatMap(trail -> CacheWaste.of(trail, prices).stream())
            .sorted(Comparator.comparing(CacheWaste.Waste::dollars).reversed())
            .toList(),
        smaller.savings(),
        unpriced());
  }

  private static Optional<Instant> span(Instant at, Instant none) {
    return at.equals(none) ? Optional.empty() : Optional.of(at);
  }

  /**
   * Runs, and what was done in one go by calls that name no run. Some gateways name a run for every
   * call: one call alone is no run.
   */
  private List<Trail> trails() {
    var trails = new ArrayList<Trail>();
    for (Run run : runs.values()) {
      if (run.trail.size() > 1) {
        trails.add(run.trail);
      } else {
        run.trail.inOrder().forEach(pool(run.trail.who(), run.model, run.workload)::add);
      }
    }
    for (Trail pool : pools.values()) {
      trails.addAll(pool.atPauses(PAUSE));
    }
    return trails;
  }

  private static Line line(Trail run) {
    long input = 0;
    long output = 0;
    long unpriced = 0;
    for (Trail.Call call : run.inOrder()) {
      input += call.input();
      output += call.output();
      unpriced += call.cost().isEmpty() ? 1 : 0;
    }
    return new Line(run.run(), run.size(), input, output, unpriced, run.dollars());
  }

  private static List<Line> lines(Map<String, Tally> by) {
    return inOrder(by).stream().sorted(DEAREST_FIRST).toList();
  }

  private static List<Line> inOrder(Map<String, Tally> by) {
    return by.entrySet().stream().map(entry -> Line.of(entry.getKey(), entry.getValue())).toList();
  }

  private List<Unpriced> unpriced() {
    return inOrder(models).stream()
        .filter(line -> line.unpriced() > 0)
        .map(line ->
            new Unpriced(line.name(), line.unpriced(), line.inputTokens(), line.outputTokens()))
        .sorted(Comparator.comparingLong(Unpriced::calls).reversed().thenComparing(Unpriced::model))
        .toList();
  }
}
