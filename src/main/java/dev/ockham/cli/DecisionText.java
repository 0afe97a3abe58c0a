package dev.ockham.cli;

import dev.ockham.route.Decision;
import dev.ockham.route.Explanation;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A decision with its whole explanation, for people and for programs. */
final class DecisionText {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private DecisionText() {}

  static List<String> table(Decision decision) {
    Explanation why = decision.why();
    String picked = picked(decision);
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of("", "candidate", "P(good)", "±", "tokens", "expected cost", "score", "why not"));
    for (Candidate candidate : why.candidates()) {
      rows.add(row(candidate.model().equals(picked) ? "→" : "", candidate));
    }
    var lines = new ArrayList<String>();
    lines.add(
        why.requested() + " → " + (picked.isEmpty() ? "refused" : picked) + ": " + why.reason());
    why.alternative()
        .ifPresent(other ->
            lines.add(
                why.serving() == Explanation.Serving.ROUTED
                    ? "without a choice " + other + " would have served"
                    : "route " + why.route() + " would have chosen " + other));
    lines.add("");
    lines.addAll(Columns.align(rows));
    lines.add("");
    why.features().ifPresent(read -> lines.add(read(read, priorsOnly(why))));
    Explanation.Versions versions = why.versions();
    lines.add(
        "catalog %s, routes %s, weights %s"
            .formatted(versions.catalog(), versions.route(), versions.weights()));
    return lines;
  }

  private static List<String> row(String mark, Candidate candidate) {
    return switch (candidate) {
      case Candidate.Scored s ->
          List.of(
              mark,
              s.model(),
              fixed("%.3f", s.quality()),
              fixed("%.3f", s.uncertainty()),
              String.valueOf(s.outputTokens()),
              s.expectedCost().toString(),
              fixed("%.5f", s.score()),
              s.basis() == Scores.Basis.PRESUMED ? "(P presumed)" : "");
      case Candidate.Excluded e -> without(mark, e.model(), e.constraint().describe());
      case Candidate.Unranked u ->
          without(mark, u.model(), "its " + lower(u.lacking()) + " is not known");
    };
  }

  private static List<String> without(String mark, String model, String because) {
    return List.of(mark, model, "", "", "", "", "", because);
  }

  private static String read(Explanation.TextFeatures features, boolean priorsOnly) {
    return "read as "
        + features.domain()
        + (priorsOnly ? ", demanding " : ", distance ")
        + fixed("%.3f", features.distance())
        + (features.far() ? ", far from what is known" : "");
  }

  /** Whether nothing was learned of any candidate, so that only the ask was weighed. */
  private static boolean priorsOnly(Explanation why) {
    boolean presumed = false;
    for (Candidate candidate : why.candidates()) {
      if (candidate instanceof Candidate.Scored scored) {
        if (scored.basis() != Scores.Basis.PRESUMED) {
          return false;
        }
        presumed = true;
      }
    }
    return presumed;
  }

  static String json(Decision decision) {
    Explanation why = decision.why();
    ObjectNode json = JSON.createObjectNode();
    json.put("requested", why.requested()).put("route", why.route());
    json.put("mode", lower(why.mode()));
    if (picked(decision).isEmpty()) {
      json.putNull("model");
    } else {
      json.put("model", picked(decision));
    }
    ArrayNode fallbacks = json.putArray("fallbacks");
    if (decision instanceof Decision.Chosen chosen) {
      chosen.fallbacks().forEach(model -> fallbacks.add(model.id()));
    }
    json.put("alternative", why.alternative().orElse(null));
    json.put("reason", why.reason());
    ArrayNode candidates = json.putArray("candidates");
    why.candidates().forEach(candidate -> candidate(candidates.addObject(), candidate));
    why.features()
        .ifPresent(read ->
            json.putObject("read")
                .put("domain", read.domain())
                .put(priorsOnly(why) ? "demanding" : "distance", read.distance())
                .put("far", read.far()));
    json.putObject("versions")
        .put("catalog", why.versions().catalog())
        .put("route", why.versions().route())
        .put("weights", why.versions().weights());
    return JSON.writeValueAsString(json);
  }

  private static void candidate(ObjectNode json, Candidate candidate) {
    json.put("model", candidate.model());
    switch (candidate) {
      case Candidate.Excluded excluded ->
          json.put("state", "excluded").put("because", excluded.constraint().describe());
      case Candidate.Unranked unranked ->
          json.put("state", "unranked").put("lacking", lower(unranked.lacking()));
      case Candidate.Scored scored ->
          json.put("state", "scored")
              .put("basis", lower(scored.basis()))
              .put("quality", scored.quality())
              .put("uncertainty", scored.uncertainty())
              .put("expected_output_tokens", scored.outputTokens())
              .put("expected_cost_usd", scored.expectedCost().toDecimalString())
              .put("score_usd", scored.score());
    }
  }

  /** The model that serves; empty where none does. */
  private static String picked(Decision decision) {
    return decision instanceof Decision.Chosen chosen ? chosen.first().id() : "";
  }

  private static String fixed(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
