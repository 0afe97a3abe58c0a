package dev.ockham.lab.xray;

import dev.ockham.lab.xray.XrayReport.Line;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A report as one page that loads nothing: no script, no font, no address. */
public final class XrayHtml {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Bill X-ray</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1f24; background: #fff }
      h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2.2rem }
      table { border-collapse: collapse; width: 100% }
      th, td { text-align: right; padding: .25rem .6rem; border-bottom: 1px solid #e3e6ea; font-variant-numeric: tabular-nums }
      th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere }
      .bar { display: block; height: 4px; background: #3c6e91; margin-top: 2px }
      .note { color: #57606a } .big { font-size: 1.3rem }
      @media (prefers-color-scheme: dark) {
        body { color: #d7dce2; background: #14171a } th, td { border-color: #2c3238 } .note { color: #98a2ad }
      }
      </style></head><body>
      """;

  private final StringBuilder out = new StringBuilder(HEAD);
  private final int most;

  private XrayHtml(int most) {
    this.most = most;
  }

  /**
   * @param most lines of every list
   */
  public static String of(XrayReport report, int most) {
    var page = new XrayHtml(most);
    page.summary(report);
    var by = report.by();
    page.section("By model", by.models());
    page.section("By person or key", by.people());
    page.section("By workload", by.workloads());
    page.section("By run", by.runs());
    page.section("By day (UTC)", by.days());
    page.loops(report);
    page.cache(report);
    page.smaller(report);
    page.unpriced(report);
    page.files(report);
    return page.out.append("</body></html>\n").toString();
  }

  private void summary(XrayReport report) {
    out.append("<h1>Bill X-ray</h1><p class=\"big\">")
        .append(
            text(
                "%,d calls, %s"
                    .formatted(report.total().calls(), dollars(report.total().dollars()))))
        .append("</p><p class=\"note\">")
        .append(
            text(
                "%s to %s. %s as the logs state it, the rest computed from tokens at list prices."
                    .formatted(
                        report.from().map(String::valueOf).orElse("?"),
                        report.to().map(String::valueOf).orElse("?"),
                        dollars(report.stated()))))
        .append("</p><ul>");
    item("Loops: %s spent on repetitions".formatted(dollars(report.loopDollars())));
    item("Prompt cache: %s more than need be".formatted(dollars(report.wasteDollars())));
    item(
        "Smaller models might have saved %s to %s"
            .formatted(dollars(report.smallerAtLeast()), dollars(report.smallerAtMost())));
    item("Models without a known price: " + report.unpriced().size());
    out.append("</ul>");
  }

  private void section(String title, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    head(title, "", "Dollars", "Calls", "Tokens in", "Tokens out", "Calls without a price");
    BigDecimal largest = lines.stream().map(Line::dollars).reduce(BigDecimal.ZERO, BigDecimal::max);
    for (Line line : lines.stream().limit(most).toList()) {
      out.append("<tr><td>").append(text(line.name()));
      int width = share(line.dollars(), largest);
      if (width > 0) {
        out.append("<span class=\"bar\" style=\"width:").append(width).append("%\"></span>");
      }
      out.append("</td>");
      cells(
          dollars(line.dollars()),
          number(line.calls()),
          number(line.inputTokens()),
          number(line.outputTokens()),
          line.unpriced() == 0 ? "" : number(line.unpriced()));
    }
    foot(lines.size());
  }

  private void loops(XrayReport report) {
    if (report.loops().isEmpty()) {
      return;
    }
    head("What looks like loops", "Run", "Dollars", "Model", "Steps", "Repeated calls", "Evidence");
    for (Loops.Loop loop : report.loops().stream().limit(most).toList()) {
      out.append("<tr><td>").append(text(loop.run())).append("</td>");
      cells(
          dollars(loop.dollars()),
          loop.model(),
          number(loop.steps()),
          number(loop.calls()),
          Evidence.of(loop).words());
    }
    foot(report.loops().size());
  }

  private void cache(XrayReport report) {
    if (report.wastes().isEmpty()) {
      return;
    }
    head(
        "What the prompt cache wasted",
        "Run",
        "Dollars",
        "Model",
        "Tokens sent again",
        "Written, never read",
        "Evidence");
    for (CacheWaste.Waste waste : report.wastes().stream().limit(most).toList()) {
      out.append("<tr><td>").append(text(waste.run())).append("</td>");
      cells(
          dollars(waste.dollars()),
          waste.model(),
          number(waste.tokens()),
          number(waste.unread()),
          Evidence.of(waste).words());
    }
    foot(report.wastes().size());
  }

  private void smaller(XrayReport report) {
    if (report.smaller().isEmpty()) {
      return;
    }
    head(
        "What smaller models might have taken",
        "Model",
        "Smaller",
        "Saved at least",
        "Tiny calls",
        "Saved at most",
        "Calls that are not long");
    for (SmallerModels.Saving saving : report.smaller().stream().limit(most).toList()) {
      out.append("<tr><td>").append(text(saving.model())).append("</td>");
      cells(
          saving.smaller(),
          dollars(saving.atLeast()),
          number(saving.tinyCalls()),
          dollars(saving.atMost()),
          number(saving.modestCalls()));
    }
    foot(report.smaller().size());
    out.append("<p class=\"note\">").append(text(Evidence.SIZES.words())).append(".</p>");
  }

  private void unpriced(XrayReport report) {
    if (report.unpriced().isEmpty()) {
      return;
    }
    head("Models without a known price", "Model", "Calls", "Tokens in", "Tokens out");
    for (XrayReport.Unpriced model : report.unpriced().stream().limit(most).toList()) {
      out.append("<tr><td>").append(text(model.model())).append("</td>");
      cells(number(model.calls()), number(model.inputTokens()), number(model.outputTokens()));
    }
    foot(report.unpriced().size());
    out.append("<p class=\"note\">Their calls are in no sum of dollars above.</p>");
  }

  private void files(XrayReport report) {
    head("Files", "File", "Format", "Lines", "Not understood", "");
    for (LogFile.Found file : report.files()) {
      out.append("<tr><td>")
          .append(text(String.valueOf(file.path().getFileName())))
          .append("</td>");
      cells(
          file.format().orElse("not recognised"),
          number(file.lines()),
          number(file.unread()),
          file.trouble().orElse(""));
    }
    out.append("</table>");
  }

  private void head(String title, String... columns) {
    out.append("<h2>").append(text(title)).append("</h2><table><tr>");
    for (String column : columns) {
      out.append("<th>").append(text(column)).append("</th>");
    }
    out.append("</tr>\n");
  }

  private void cells(String... values) {
    for (String value : values) {
      out.append("<td>").append(text(value)).append("</td>");
    }
    out.append("</tr>\n");
  }

  private void foot(int all) {
    out.append("</table>");
    if (all > most) {
      out.append("<p class=\"note\">… and ").append(number(all - most)).append(" more</p>");
    }
  }

  private void item(String words) {
    out.append("<li>").append(text(words)).append("</li>");
  }

  private static int share(BigDecimal part, BigDecimal of) {
    return of.signum() <= 0
        ? 0
        : part.multiply(BigDecimal.valueOf(100)).divide(of, 0, RoundingMode.HALF_UP).intValue();
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String dollars(BigDecimal amount) {
    return XrayText.dollars(amount);
  }

  private static String text(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
