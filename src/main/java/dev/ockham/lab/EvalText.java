package dev.ockham.lab;

import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The metrics in print, every baseline beside the router. */
public final class EvalText {
  private EvalText() {}

  /** Prints all studies. */
  public static void print(JsonNode metrics, PrintWriter out) {
    metrics
        .path("data")
        .forEach(study -> {
          head(study, out);
          shares(study.path("two_models"), out);
          if (study.has("pool")) {
            pool(study.path("pool"), out);
          }
          rest(study, out);
          out.println();
        });
    out.println(
        "Mean ± standard deviation over seeds [95 % interval, rows drawn again 1,000 times].");
    out.flush();
  }

  private static void head(JsonNode study, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %,d rows used of %,d, %d models, %d domains, %,d training rows a seed%n",
        study.path("file").asString(),
        study.path("rows_used").asInt(),
        study.path("rows").asInt(),
        study.path("models").size(),
        study.path("domains").asInt(),
        study.path("labels").asInt());
    study.path("notes").forEach(note -> out.println("  note: " + note.asString()));
    long familiar = study.path("rows_never_tested").asLong();
    if (familiar > 0) {
      out.printf(
          Locale.ROOT,
          "  note: %,d rows are never tested on: the shipped weights were made from their questions%n",
          familiar);
    }
  }

  private static void shares(JsonNode track, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%n  Two models: %s (%.3f) and %s (%.3f)%n    %-22s %-38s %8s %8s%n",
        track.path("weak").asString(),
        track.path("weak_quality").path("mean").asDouble(),
        track.path("strong").asString(),
        track.path("strong_quality").path("mean").asDouble(),
        "",
        "APGR",
        "CPT50",
        "CPT80");
    track
        .path("approaches")
        .forEachEntry((name, approach) ->
            out.printf(
                "    %-22s %-38s %8s %8s%n",
                name,
                figure(approach.path("apgr"), 4),
                number(approach.path("cpt50").path("mean"), 3),
                number(approach.path("cpt80").path("mean"), 3)));
    track
        .path("router_minus")
        .forEachEntry(
            (name, figure) -> out.printf("    router - %-13s %s%n", name, figure(figure, 4)));
  }

  private static void pool(JsonNode track, PrintWriter out) {
    out.printf("%n  Pool: %-20s %-38s %12s%n", "", "mean-hull AIQ", "own range");
    track
        .path("approaches")
        .forEachEntry((name, approach) ->
            out.printf(
                "    %-22s %-38s %12s%n",
                name,
                figure(approach.path("aiq"), 4),
                number(approach.path("routerbench_aiq").path("mean"), 4)));
    track
        .path("router_minus")
        .forEachEntry(
            (name, figure) -> out.printf("    router - %-13s %s%n", name, figure(figure, 4)));
    for (String single : new String[] {"cheapest", "best_single"}) {
      JsonNode model = track.path("single_models").path(track.path(single).asString());
      out.printf(
          "    %-22s %s: quality %s, $%s a row%n",
          single,
          track.path(single).asString(),
          number(model.path("quality").path("mean"), 4),
          number(model.path("cost_usd").path("mean"), 7));
    }
    out.printf(
        "%n  Operating point, fixed on training rows, against the best single model of them%n");
    track
        .path("operating_point")
        .forEachEntry((name, point) ->
            out.printf(
                "    %-22s saved %s %%, points %s, catastrophic %s%n",
                name,
                figure(point.path("saved_percent"), 2),
                figure(point.path("points"), 2),
                number(point.path("catastrophic_rate").path("mean"), 3)));
  }

  private static void rest(JsonNode study, PrintWriter out) {
    JsonNode calibration = study.path("calibration");
    out.printf(
        "%n  Calibration: ECE %s, Brier %s%n",
        figure(calibration.path("ece"), 4), figure(calibration.path("brier"), 4));
    JsonNode other = study.path("other_domains");
    out.printf(
        "  Other domains: shipped weights without labels APGR %s; left out in turn %s, least %s%n",
        figure(other.path("shipped_weights_without_labels").path("apgr"), 4),
        figure(other.path("left_out_apgr"), 4),
        number(other.path("left_out_least"), 4));
    out.print("  Labels:");
    study
        .path("label_curve")
        .forEach(point ->
            out.printf(
                " %d: %s%s",
                point.path("labels").asInt(),
                number(point.path("apgr").path("mean"), 3),
                point.has("aiq")
                    ? " (AIQ " + number(point.path("aiq").path("mean"), 3) + ")"
                    : ""));
    out.println();
    JsonNode robust = study.path("robustness");
    out.print("  Flipped decisions:");
    robust
        .path("flipped")
        .forEachEntry((name, share) -> out.printf(" %s %s", name, number(share, 3)));
    out.printf(
        "; to the dearest model %s, with the gadget %s%n",
        number(robust.path("to_dearest_before"), 3),
        number(robust.path("to_dearest_with_gadget"), 3));
    out.print("  Abstains on:");
    robust
        .path("abstains")
        .forEachEntry(
            (language, far) -> out.print(" " + language + (far.asBoolean() ? " yes" : " no")));
    JsonNode timings = study.path("timings");
    out.printf(
        "%n  Time: training %s s, decision p50 %s µs, p99 %s µs, all %s s%n",
        number(timings.path("training_seconds").path("mean"), 1),
        number(timings.path("decision_micros_p50"), 1),
        number(timings.path("decision_micros_p99"), 1),
        number(timings.path("whole_seconds"), 0));
  }

  private static String figure(JsonNode figure, int digits) {
    String text = number(figure.path("mean"), digits);
    if (figure.path("sd").isNumber()) {
      text += " ± " + number(figure.path("sd"), digits);
    }
    if (figure.path("low").isNumber()) {
      text +=
          " [%s, %s]"
              .formatted(number(figure.path("low"), digits), number(figure.path("high"), digits));
    }
    return text;
  }

  private static String number(JsonNode number, int digits) {
    return number.isNumber()
        ? String.format(Locale.ROOT, "%." + digits + "f", number.asDouble())
        : "n/a";
  }
}
