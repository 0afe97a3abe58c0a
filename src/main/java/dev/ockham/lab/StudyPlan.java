package dev.ockham.lab;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How many rows of a study are trained on, and what is said of it beforehand. */
final class StudyPlan {
  private static final double WITH_COSTS = 0.7;
  private static final double WITHOUT_COSTS = 0.45;
  private static final int WITHOUT_COSTS_MOST = 1_500;
  private static final double MOST = 0.9;
  private static final int FEWEST_TEST_ROWS = 10;

  private StudyPlan() {}

  /** As asked, but a tenth of the rows is always left to test on. */
  static int labels(Study study, EvalSettings settings) {
    int rows = study.examples().size();
    int usual =
        study.costsKnown()
            ? (int) Math.round(WITH_COSTS * rows)
            : Math.min(WITHOUT_COSTS_MOST, (int) Math.round(WITHOUT_COSTS * rows));
    return Math.min(settings.labels().orElse(usual), (int) (MOST * rows));
  }

  /** Says so when too few rows are left that may be tested on. */
  static void demandTestRows(Study study, Split split) throws Study.Unusable {
    if (split.testing().size() < FEWEST_TEST_ROWS) {
      throw new Study.Unusable(
          "%s: only %d rows are left to test on. Questions that the shipped weights were made from are never tested on; give rows of your own, or fewer --labels."
              .formatted(study.file(), split.testing().size()));
    }
  }

  static void write(Study study, int labels, ObjectNode out) {
    out.put("file", String.valueOf(study.file().getFileName()));
    out.put("rows", study.recorded());
    out.put("rows_used", study.examples().size());
    out.put("rows_never_tested", study.examples().stream().filter(e -> !study.mayTest(e)).count());
    out.put("labels", labels);
    out.put("domains", study.domains().size());
    out.put("costs_known", study.costsKnown());
    ArrayNode models = out.putArray("models");
    study.models().forEach(models::add);
    ArrayNode notes = out.putArray("notes");
    study.notes().forEach(notes::add);
  }
}
