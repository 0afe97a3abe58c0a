package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains the weights that ship as the default: on the clean rows only. The models there are old;
 * what the weights are for is how hard an ask is, what it is about, and whether it is like anything
 * known.
 */
public final class PriorWeights {
  /** A model with fewer recorded outcomes than this says too little. */
  private static final int FEWEST_OUTCOMES = 500;

  private PriorWeights() {}

  /** Trains on the clean rows of a folder of routing data; returns how many there were. */
  public static int write(Path folder, Encoder encoder, Path file) throws IOException {
    List<String> pool = Prices.read(RoutingData.in(folder).prices()).models();
    List<Row> rows = CleanRows.read(folder, pool).rows();
    List<String> models = models(rows);
    List<Example> examples = new ArrayList<>();
    rows.forEach(row -> examples.add(Example.of(row, encoder, models)));
    byte[] weights =
        new Trainer(encoder, models, Recipe.standard())
            .fit(examples, Calibration.none(models.size()))
            .note(
                "sources",
                "MMLU-Pro (Apache-2.0) outside the pool of ten and MMLU; LLMRouter (MIT) outside RouteLLM")
            .build();
    Files.write(file, weights);
    return examples.size();
  }

  private static List<String> models(List<Row> rows) {
    Map<String, Integer> outcomes = new TreeMap<>();
    rows.forEach(
        row -> row.outcomes().keySet().forEach(model -> outcomes.merge(model, 1, Integer::sum)));
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getValue() >= FEWEST_OUTCOMES)
        .map(Map.Entry::getKey)
        .toList();
  }
}
