package dev.ockham.demo;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.ockham.demo.Figures.Gain;
import dev.ockham.demo.Figures.Part;
import dev.ockham.demo.Figures.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures as lines for a terminal of 80 columns or more, without colour. */
final class Screen {
  private static final int COLUMNS = 92;
  private static final double PICOS_PER_DOLLAR = 1e12;

  private Screen() {}

  static List<String> lines(Figures figures) {
    var lines = new ArrayList<String>();
    strategies(lines, figures);
    gains(lines, figures);
    models(lines, figures);
    domains(lines, figures);
    books(lines, figures);
    return lines;
  }

  private static void strategies(List<String> lines, Figures figures) {
    lines.add(format(ROOT, "%-34s %9s %14s %16s", "", "right", "cost", "per 1,000"));
    var baselines = figures.baselines();
    lines.add(row("Ockham", "", figures.router(), figures));
    lines.add(row("always the best single", "", baselines.bestSingle(), figures));
    lines.add(row("always the cheapest", "", baselines.cheapest(), figures));
    lines.add(row("random mix at Ockham's cost", "", baselines.randomMix(), figures));
    lines.add(row("domain table", "told the domain", baselines.domainTable(), figures));
    lines.add(row("oracle", "knows the answers", baselines.oracle(), figures));
    lines.add("");
    lines.add("best single: " + baselines.bestSingle().label() + ", on the training part");
    lines.add("cheapest:    " + baselines.cheapest().label());
    lines.add("random mix:  " + baselines.randomMix().label());
  }

  private static String row(String name, String note, Row row, Figures figures) {
    double dollars = row.picos() / PICOS_PER_DOLLAR;
    String label = note.isEmpty() ? name : name + " (" + note + ")";
    return format(
        ROOT,
        "%-34s %7.1f %% %14s %16s",
        label,
        row.accuracy(),
        "$" + number(dollars),
        "$" + number(1_000 * dollars / figures.shares().questions()));
  }

  private static void gains(List<String> lines, Figures figures) {
    lines.add("");
    lines.add(
        "Against always asking the best single model, with 95 % intervals (paired bootstrap)");
    lines.add(gain("saved", figures.saved(), "%"));
    lines.add(gain("accuracy", figures.accuracyGain(), "points"));
  }

  private static String gain(String name, Gain gain, String unit) {
    return format(
        ROOT,
        "  %-10s %+6.1f %-7s (%+.1f to %+.1f)",
        name,
        gain.value(),
        unit,
        gain.interval().low(),
        gain.interval().high());
  }

  private static void models(List<String> lines, Figures figures) {
    lines.add("");
    lines.add(format(ROOT, "%-34s %9s %9s %14s", "Served by", "questions", "right", "cost"));
    figures.shares().byModel().forEach((model, part) -> lines.add(part(model, part)));
  }

  private static String part(String name, Part part) {
    return format(
        ROOT,
        "  %-32s %9d %7.1f %% %14s",
        name,
        part.questions(),
        part.accuracy(),
        "$" + number(part.picos() / PICOS_PER_DOLLAR));
  }

  private static void domains(List<String> lines, Figures figures) {
    lines.add("");
    lines.add(format(ROOT, "%-17s %9s %9s   %s", "Domain", "questions", "right", "went to"));
    figures
        .shares()
        .byDomain()
        .forEach((domain, part) ->
            lines.add(
                clipped(
                    format(
                        ROOT,
                        "  %-15s %9d %7.1f %%   %s",
                        domain,
                        part.questions(),
                        part.accuracy(),
                        wentTo(part)))));
  }

  private static String wentTo(Part part) {
    return part.models().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(entry ->
            Math.round(100.0 * entry.getValue() / part.questions()) + " % " + entry.getKey())
        .limit(2)
        .collect(Collectors.joining(", "));
  }

  private static void books(List<String> lines, Figures figures) {
    lines.add("");
    String ledger = Tariff.dollars(figures.ledgerPicos());
    String counted = Tariff.dollars(figures.router().picos());
    lines.add(format(ROOT, "%-42s $%s", "The ledger says these answers cost", ledger));
    lines.add(format(ROOT, "%-42s $%s", "Counted again without the ledger's code", counted));
    lines.add(
        ledger.equals(counted)
            ? "The books balance to the last digit."
            : "THE BOOKS DO NOT BALANCE: please report this with the output of --json.");
  }

  private static String clipped(String line) {
    return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS - 1) + "…";
  }

  private static String number(double dollars) {
    return format(ROOT, "%.4f", dollars);
  }
}
