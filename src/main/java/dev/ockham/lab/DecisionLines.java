package dev.ockham.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every decision on a test row as a line of JSON, with what was predicted and what happened: enough
 * to reckon every figure again without Ockham.
 */
final class DecisionLines {
  private static final double DOLLAR = 1e12;
  private static final JsonMapper JSON = new JsonMapper();

  private final Writer out;

  DecisionLines(Writer out) {
    this.out = out;
  }

  /**
   * Writes one seed's decisions.
   *
   * @param setting dollars per good answer; NaN: the half of the rows with the greatest expected
   *     gap goes to the strong model
   */
  void add(ChoiceTrack.Made made, double setting) {
    Study study = made.trial().study();
    List<Example> rows = made.trial().split().testing();
    try {
      for (int n = 0; n < rows.size(); n++) {
        ObjectNode line = JSON.createObjectNode();
        line.put("file", String.valueOf(study.file().getFileName()));
        line.put("seed", made.seed());
        line.put("id", rows.get(n).row.id());
        line.put("domain", rows.get(n).row.domain());
        if (Double.isNaN(setting)) {
          line.put("setting", "half to the strong model");
        } else if (Double.isInfinite(setting)) {
          line.put("setting", "always the best single model");
        } else {
          line.put("setting", setting);
        }
        line.put("chosen", study.models().get(made.chosen()[n]));
        line.put("reference", study.models().get(made.reference()));
        models(line, made, n);
        out.write(line.toString());
        out.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("decisions.jsonl cannot be written", e);
    }
  }

  private static void models(ObjectNode line, ChoiceTrack.Made made, int row) {
    Study study = made.trial().study();
    Example example = made.trial().split().testing().get(row);
    Beliefs beliefs = made.trial().tested();
    ObjectNode models = line.putObject("models");
    for (int m = 0; m < study.models().size(); m++) {
      ObjectNode model = models.putObject(study.models().get(m));
      model.put("predicted_quality", beliefs.good()[row][m]);
      model.put("quality", example.quality[m]);
      if (study.costsKnown()) {
        model.put("predicted_cost_usd", beliefs.cost()[row][m] / DOLLAR);
        model.put("cost_usd", example.cost[m] / DOLLAR);
      }
    }
  }
}
