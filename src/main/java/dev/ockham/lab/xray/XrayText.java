package dev.ockham.lab.xray;

import dev.ockham.lab.xray.XrayReport.Line;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A report for a terminal. */
public final class XrayText {
  private static final int NAME = 46;

  private final PrintWriter out;
  private final int most;

  private XrayText(PrintWriter out, int most) {
    this.out = out;
    this.most = most;
  }

  /**
   * @param most lines of every list
   */
  public static void print(XrayReport report, int most, PrintWriter out) {
    new XrayText(out, most).print(report);
    out.flush();
  }

  private void print(XrayReport report) {
    report.files().forEach(this::file);
    out.println();
    out.printf(
        "%,d calls, %s, %s to %s%n",
        report.total().calls(),
        dollars(report.total().dollars()),
        report.from().map(String::valueOf).orElse("?"),
        report.to().map(String::valueOf).orElse("?"));
    out.printf(
        "of it %s as the logs state it, the rest at list prices%n", dollars(report.stated()));
    var by = report.by();
    section("By model", by.models());
    section("By person or key", by.people());
    section("By workload", by.workloads());
    section("By run (%,d)".formatted(by.runs().size()), by.runs());
    findings(report);
  }

  private void file(LogFile.Found file) {
    out.printf(
        "%s: %s, %,d lines%s%s%n",
        file.path().getFileName(),
        file.format().orElse("not recognised"),
        file.lines(),
        file.unread() > 0 ? ", %,d not understood".formatted(file.unread()) : "",
        file.trouble().map(trouble -> "; it " + trouble).orElse(""));
  }

  private void section(String title, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    out.println();
    out.printf(
        "%-" + NAME + "s %12s %10s %16s %14s%n", title, "dollars", "calls", "tokens in", "out");
    for (Line line : lines.stream().limit(most).toList()) {
      out.printf(
          "%-" + NAME + "s %12s %,10d %,16d %,14d%s%n",
          shortened(line.name()),
          dollars(line.dollars()),
          line.calls(),
          line.inputTokens(),
          line.outputTokens(),
          line.unpriced() > 0 ? "  %,d without a price".formatted(line.unpriced()) : "");
    }
    if (lines.size() > most) {
      out.printf("  … and %,d more%n", lines.size() - most);
    }
  }

  private void findings(XrayReport report) {
    out.println();
    out.printf(
        "Loops: %,d, %s spent on repetitions%n",
        report.loops().size(), dollars(report.loopDollars()));
    for (Loops.Loop loop : report.loops().stream().limit(most).toList()) {
      out.printf(
          "  %s  %s: %,d calls repeat %d step%s  [%s]%n",
          dollars(loop.dollars()),
          shortened(loop.run()),
          loop.calls(),
          loop.steps(),
          loop.steps() == 1 ? "" : "s",
          Evidence.of(loop).words());
    }
    out.printf(
        "Cache: %,d runs paid %s more than with a working prompt cache%n",
        report.wastes().size(), dollars(report.wasteDollars()));
    for (CacheWaste.Waste waste : report.wastes().stream().limit(most).toList()) {
      out.printf(
          "  %s  %s: %,d tokens sent again, %,d written and never read  [%s]%n",
          dollars(waste.dollars()),
          shortened(waste.run()),
          waste.tokens(),
          waste.unread(),
          Evidence.of(waste).words());
    }
    out.printf(
        "Smaller models might have saved %s to %s  [%s]%n",
        dollars(report.smallerAtLeast()), dollars(report.smallerAtMost()), Evidence.SIZES.words());
    for (SmallerModels.Saving saving : report.smaller().stream().limit(most).toList()) {
      out.printf(
          "  %s → %s: %s (%,d tiny calls) to %s (%,d that are not long)%n",
          saving.model(),
          saving.smaller(),
          dollars(saving.atLeast()),
          saving.tinyCalls(),
          dollars(saving.atMost()),
          saving.modestCalls());
    }
    for (XrayReport.Unpriced model : report.unpriced()) {
      out.printf(
          "No price is known for %s: %,d calls, %,d tokens in, %,d out are in no sum above%n",
          shortened(model.model()), model.calls(), model.inputTokens(), model.outputTokens());
    }
  }

  private static String shortened(String name) {
    String plain =
        name.codePoints()
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return plain.length() <= NAME ? plain : plain.substring(0, NAME - 1) + "…";
  }

  static String dollars(BigDecimal amount) {
    int places = amount.abs().compareTo(BigDecimal.ONE) < 0 ? 4 : 2;
    return String.format(
        Locale.ROOT, "$%,." + places + "f", amount.setScale(places, RoundingMode.HALF_EVEN));
  }
}
