package dev.ockham.lab;

import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/** The pictures of the report, drawn from one track of the metrics. */
final class EvalPictures {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 56;
  private static final int BOTTOM = 36;
  private static final int TOP = 12;
  private static final double DEARER = 1.02;

  private final JsonNode track;
  private final StringBuilder svg = new StringBuilder();
  private double lowX;
  private double highX = 1;
  private double lowY;
  private double highY = 1;

  EvalPictures(JsonNode track) {
    this.track = track;
  }

  /** Hulls of cost and quality, single models, the oracle, and the operating point's intervals. */
  String costAndQuality() {
    lowX = 0;
    highX = track.at("/dearest_cost_usd/mean").asDouble(1) * DEARER;
    lowY = 1;
    highY = 0;
    track.path("single_models").forEach(single -> fit(single.at("/quality/mean").asDouble()));
    track
        .path("approaches")
        .forEach(a -> a.path("curve").forEach(p -> fit(p.path("quality").asDouble(lowY))));
    open("mean cost of a row, US dollars", "mean quality");
    band();
    line("oracle", "--c", "4 3", point -> point.path("cost_usd").asDouble());
    line("random_mix", "--soft", "4 3", point -> point.path("cost_usd").asDouble());
    line("router", "--a", "", point -> point.path("cost_usd").asDouble());
    track
        .path("single_models")
        .forEachEntry((name, single) ->
            dot(
                single.at("/cost_usd/mean").asDouble(),
                single.at("/quality/mean").asDouble(),
                name));
    legend("router, its hull with 95 % interval", "random mix", "oracle");
    return close();
  }

  private void fit(double quality) {
    lowY = Math.min(lowY, quality - 0.02);
    highY = Math.max(highY, quality + 0.02);
  }

  private void band() {
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    track
        .at("/approaches/router/curve")
        .forEach(point -> {
          if (point.path("low").isNumber()) {
            double at = x(point.path("cost_usd").asDouble());
            upper.append(at).append(',').append(y(point.path("high").asDouble())).append(' ');
            lower.insert(0, at + "," + y(point.path("low").asDouble()) + " ");
          }
        });
    if (!upper.isEmpty()) {
      svg.append("<polygon points=\"")
          .append(upper)
          .append(lower)
          .append("\" style=\"fill:var(--a);opacity:.18\"/>");
    }
  }

  /** How much of the quality gap is recovered at each share of strong calls. */
  String shares() {
    track
        .at("/approaches/oracle/curve")
        .forEach(point -> highY = Math.max(highY, point.path("recovered").asDouble(0)));
    open("share of rows that the strong model answers", "recovered gap");
    ToDoubleFunction<JsonNode> share = point -> point.path("strong_share").asDouble();
    line("oracle", "--c", "4 3", share);
    line("router", "--a", "", share);
    svg.append(
        "<line style=\"stroke:var(--soft);stroke-dasharray:4 3\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(x(0), y(0), x(1), y(1)));
    legend("router", "random mix", "oracle");
    return close();
  }

  /** What was predicted against what happened; a perfect router keeps to the diagonal. */
  String calibration() {
    open("predicted quality", "what happened");
    svg.append(
        "<line style=\"stroke:var(--soft);stroke-dasharray:4 3\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(x(0), y(0), x(1), y(1)));
    double rows = 1;
    for (JsonNode bin : track.path("bins")) {
      rows += bin.path("count").asDouble();
    }
    for (JsonNode bin : track.path("bins")) {
      double radius = 2 + 30 * Math.sqrt(bin.path("count").asDouble() / rows) / 2;
      svg.append(
          "<circle style=\"fill:var(--a);opacity:.7\" cx=\"%s\" cy=\"%s\" r=\"%.1f\"/>"
              .formatted(
                  x(bin.path("predicted").asDouble()), y(bin.path("happened").asDouble()), radius));
    }
    return close();
  }

  private void open(String below, String beside) {
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s by %s\">"
            .formatted(WIDTH, HEIGHT, beside, below));
    for (int i = 0; i <= 4; i++) {
      double value = lowY + (highY - lowY) * i / 4;
      svg.append(
          "<line style=\"stroke:var(--line)\" x1=\"%d\" y1=\"%s\" x2=\"%d\" y2=\"%s\"/>"
              .formatted(LEFT, y(value), WIDTH, y(value)));
      svg.append("<text x=\"0\" y=\"%s\">%s</text>".formatted(y(value), tick(value)));
      double at = lowX + (highX - lowX) * i / 4;
      String anchor = i == 4 ? "end" : "middle";
      svg.append(
          "<text x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s</text>"
              .formatted(x(at), HEIGHT - BOTTOM + 16, anchor, tick(at)));
    }
    svg.append("<text x=\"%d\" y=\"%d\">%s</text>".formatted(LEFT, HEIGHT - 4, below));
    svg.append("<text x=\"%d\" y=\"%d\">%s</text>".formatted(LEFT + 4, TOP, beside));
  }

  private static String tick(double value) {
    return value != 0 && Math.abs(value) < 0.01
        ? String.format(Locale.ROOT, "%.1e", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private void line(String name, String colour, String dashes, ToDoubleFunction<JsonNode> across) {
    StringBuilder points = new StringBuilder();
    track
        .path("approaches")
        .path(name)
        .path("curve")
        .forEach(point -> {
          JsonNode height = point.has("quality") ? point.path("quality") : point.path("recovered");
          if (height.isNumber()) {
            points.append(x(across.applyAsDouble(point))).append(',').append(y(height.asDouble()));
            points.append(' ');
          }
        });
    svg.append(
        "<polyline style=\"fill:none;stroke:var(%s);stroke-width:2;stroke-dasharray:%s\" points=\"%s\"/>"
            .formatted(colour, dashes.isEmpty() ? "none" : dashes, points.toString().strip()));
  }

  private void dot(double across, double height, String name) {
    svg.append(
        "<circle style=\"fill:var(--b)\" cx=\"%s\" cy=\"%s\" r=\"4\"><title>%s</title></circle>"
            .formatted(x(across), y(height), EvalReport.escaped(name)));
    boolean right = x(across) > 0.75 * WIDTH;
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
            .formatted(
                x(across) + (right ? -6 : 6),
                y(height) + 14,
                right ? "end" : "start",
                EvalReport.escaped(name)));
  }

  private void legend(String router, String mix, String oracle) {
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\"><tspan style=\"fill:var(--a)\">━ %s</tspan> <tspan>┄ %s</tspan> <tspan style=\"fill:var(--c)\">┄ %s</tspan></text>"
            .formatted(WIDTH, HEIGHT - 4, router, mix, oracle));
  }

  private String close() {
    return svg.append("</svg>").toString();
  }

  private double x(double value) {
    return rounded(LEFT + (WIDTH - LEFT) * (value - lowX) / (highX - lowX));
  }

  private double y(double value) {
    return rounded(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - lowY) / (highY - lowY));
  }

  private static double rounded(double pixels) {
    return Math.round(pixels * 10) / 10.0;
  }
}
