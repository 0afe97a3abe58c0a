package dev.ockham.lab;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * The metrics as one page that needs nothing else: no script, no network. Every printed figure
 * carries the JSON pointer of the metric that it shows.
 */
final class EvalReport {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6570;--line:#d5dae0;--page:#fff;--a:#0a5fd6;--b:#c2410c;--c:#15803d}
      @media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#9aa4af;--line:#3a424b;--page:#15181c;--a:#6ea8fe;--b:#fb923c;--c:#4ade80}}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:60rem;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1rem}h3{font-size:1rem;margin-top:1.5rem}
      table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.15rem .8rem .15rem 0;text-align:left;vertical-align:top}td+td,th+th{font-variant-numeric:tabular-nums}
      th{color:var(--soft);font-weight:500;border-bottom:1px solid var(--line)}.soft{color:var(--soft)}svg{max-width:100%;height:auto}svg text{fill:var(--soft);font-size:12px}
      """;

  private final JsonNode metrics;
  private final StringBuilder page = new StringBuilder();

  private EvalReport(JsonNode metrics) {
    this.metrics = metrics;
  }

  /** The page. */
  static String of(JsonNode metrics) {
    return new EvalReport(metrics).write();
  }

  private String write() {
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<link rel=\"icon\" href=\"data:,\"><title>Router evaluation</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>Router evaluation</h1><p class=\"soft\">Means over ")
        .append(metrics.path("seeds").asInt())
        .append(
            " splits by question stem, ± standard deviation, [95 % interval of the mean, test rows drawn again]. "
                + "Encoder ")
        .append(escaped(metrics.path("encoder").asString()))
        .append(".</p>");
    for (int i = 0; i < metrics.path("data").size(); i++) {
      study("/data/" + i);
    }
    return page.append("</body></html>\n").toString();
  }

  private void study(String at) {
    JsonNode study = metrics.at(at);
    page.append("<h2>").append(escaped(study.path("file").asString())).append("</h2><p>");
    plain(at + "/rows_used").append(" rows, ").append(study.path("models").size());
    page.append(" models, ");
    plain(at + "/domains").append(" domains; ");
    plain(at + "/labels").append(" rows to learn from a seed.</p>");
    study
        .path("notes")
        .forEach(note -> page.append("<p class=\"soft\">").append(escaped(note.asString())));
    if (study.has("pool")) {
      pool(at + "/pool");
    }
    twoModels(at + "/two_models");
    calibration(at + "/calibration");
    domains(at);
    rest(at);
  }

  private void pool(String at) {
    page.append("<h3>Cost and quality</h3>")
        .append(new EvalPictures(metrics.at(at)).costAndQuality())
        .append("<table><tr><th>operating point<th>saved %<th>points<th>catastrophic rate");
    metrics
        .at(at + "/operating_point")
        .propertyStream()
        .forEach(point -> {
          String path = at + "/operating_point/" + pointer(point.getKey());
          row(point.getKey());
          cell(path + "/saved_percent", 2);
          cell(path + "/points", 2);
          cell(path + "/catastrophic_rate", 4);
        });
    page.append(
        "</table><table><tr><th>way of choosing<th>mean-hull AIQ<th>AIQ over its own range");
    metrics
        .at(at + "/approaches")
        .propertyStream()
        .forEach(approach -> {
          String path = at + "/approaches/" + pointer(approach.getKey());
          row(approach.getKey());
          cell(path + "/aiq", 4);
          cell(path + "/routerbench_aiq", 4);
        });
    page.append("</table><table><tr><th>router minus<th>AIQ");
    differences(at);
  }

  private void twoModels(String at) {
    page.append("<h3>Two models: ")
        .append(escaped(metrics.at(at + "/weak").asString()))
        .append(" and ")
        .append(escaped(metrics.at(at + "/strong").asString()))
        .append("</h3>")
        .append(new EvalPictures(metrics.at(at)).shares())
        .append("<table><tr><th>way of choosing<th>APGR<th>CPT50<th>CPT80");
    metrics
        .at(at + "/approaches")
        .propertyStream()
        .forEach(approach -> {
          String path = at + "/approaches/" + pointer(approach.getKey());
          row(approach.getKey());
          cell(path + "/apgr", 4);
          cell(path + "/cpt50", 3);
          cell(path + "/cpt80", 3);
        });
    page.append("</table><table><tr><th>router minus<th>APGR");
    differences(at);
  }

  private void differences(String at) {
    metrics
        .at(at + "/router_minus")
        .propertyStream()
        .forEach(other -> {
          row(other.getKey());
          cell(at + "/router_minus/" + pointer(other.getKey()), 4);
        });
    page.append("</table>");
  }

  private void calibration(String at) {
    page.append("<h3>Calibration</h3>")
        .append(new EvalPictures(metrics.at(at)).calibration())
        .append("<table><tr><th><th>ECE<th>Brier");
    row("all models");
    cell(at + "/ece", 4);
    cell(at + "/brier", 4);
    page.append("</table>");
  }

  private void domains(String at) {
    page.append(
        "<h3>By domain</h3><table><tr><th>domain<th>test rows<th>quality<th>reference<th>sent elsewhere<th>saved %");
    metrics
        .at(at + "/by_domain")
        .propertyStream()
        .forEach(domain -> {
          String path = at + "/by_domain/" + pointer(domain.getKey());
          row(domain.getKey());
          cell(path + "/test_rows", 0);
          cell(path + "/quality", 3);
          cell(path + "/reference_quality", 3);
          cell(path + "/sent_elsewhere", 3);
          cell(path + "/saved_percent", 1);
        });
    page.append("</table><h3>Where it went wrong</h3><p class=\"soft\">Rows that the reference got")
        .append(" right and the chosen model did not, the most confident first.</p>")
        .append("<table><tr><th>row<th>domain<th>seed<th>chosen<th>reference<th>predicted");
    for (int i = 0; i < metrics.at(at + "/went_wrong").size(); i++) {
      String path = at + "/went_wrong/" + i;
      row(metrics.at(path + "/id").asString());
      for (String name : new String[] {"domain", "seed", "chosen", "reference"}) {
        page.append("<td>").append(escaped(metrics.at(path + "/" + name).asString()));
      }
      cell(path + "/predicted_quality", 3);
    }
    page.append("</table>");
  }

  private void rest(String at) {
    page.append("<h3>Other domains, fewer labels, other dress</h3><table><tr><th><th>APGR");
    row("shipped weights, no labels");
    cell(at + "/other_domains/shipped_weights_without_labels/apgr", 4);
    row("domains left out in turn");
    cell(at + "/other_domains/left_out_apgr", 4);
    for (int i = 0; i < metrics.at(at + "/label_curve").size(); i++) {
      row(metrics.at(at + "/label_curve/" + i + "/labels").asString() + " labels");
      cell(at + "/label_curve/" + i + "/apgr", 4);
    }
    page.append("</table><table><tr><th>changed text<th>decisions that changed");
    metrics
        .at(at + "/robustness/flipped")
        .propertyStream()
        .forEach(dress -> {
          row(dress.getKey());
          cell(at + "/robustness/flipped/" + pointer(dress.getKey()), 4);
        });
    page.append("</table>");
  }

  private void row(String name) {
    page.append("<tr><td>").append(escaped(name.replace('_', ' ')));
  }

  private StringBuilder plain(String at) {
    return page.append("<span data-at=\"")
        .append(escaped(at))
        .append("\">")
        .append(metrics.at(at).asLong())
        .append("</span>");
  }

  /** A number, or the mean of a figure with its deviation and interval. */
  private void cell(String at, int digits) {
    JsonNode node = metrics.at(at);
    JsonNode mean = node.isObject() ? node.path("mean") : node;
    String path = node.isObject() ? at + "/mean" : at;
    page.append("<td><span data-at=\"").append(escaped(path)).append("\">");
    page.append(number(mean, digits)).append("</span>");
    if (node.path("sd").isNumber()) {
      page.append(" <span class=\"soft\">± ")
          .append(number(node.path("sd"), digits))
          .append("</span>");
    }
    if (node.path("low").isNumber()) {
      page.append(" <span class=\"soft\">[")
          .append(number(node.path("low"), digits))
          .append(", ")
          .append(number(node.path("high"), digits))
          .append("]</span>");
    }
  }

  static String number(JsonNode number, int digits) {
    return number.isNumber()
        ? String.format(Locale.ROOT, "%." + digits + "f", number.asDouble())
        : "n/a";
  }

  private static String pointer(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
