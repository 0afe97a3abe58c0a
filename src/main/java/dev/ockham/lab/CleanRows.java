package dev.ockham.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows that no benchmark is tested on: MMLU-Pro rows outside the pool of ten that are not
 * MMLU's, and LLMRouter rows outside RouteLLM's sets, less every row whose stem is, or begins with,
 * the stem of a test question.
 */
record CleanRows(List<Row> rows, Set<QuestionStem> tested) {
  /** Shorter stems ("which of the following is true") are compared whole only. */
  private static final int SHORTEST_PREFIX = 40;

  public CleanRows {
    rows = List.copyOf(rows);
    tested = Set.copyOf(tested);
  }

  /** Reads the folder of routing data. */
  public static CleanRows read(Path folder, List<String> pool) throws IOException {
    Dataset mmluPro = Dataset.read(folder.resolve("mmlu-pro.jsonl.gz"));
    Dataset llmRouter = Dataset.read(folder.resolve("llmrouter.jsonl.gz"));
    Set<QuestionStem> tested = routeLlmStems(folder);
    Set<String> pooled = new HashSet<>();
    for (Row row : mmluPro.answeredByAll(pool).rows()) {
      pooled.add(row.id());
      tested.add(row.stem());
    }
    List<Row> clean = new ArrayList<>();
    for (Row row : mmluPro.rows()) {
      if (!pooled.contains(row.id()) && !row.fromMmlu()) {
        clean.add(row);
      }
    }
    for (Row row : llmRouter.rows()) {
      if (!row.overlapsBenchmark()) {
        clean.add(row);
      }
    }
    clean.removeIf(row -> overlaps(row.stem(), tested));
    return new CleanRows(clean, tested);
  }

  /** The stems of the two-model benchmarks. */
  public static Set<QuestionStem> routeLlmStems(Path folder) throws IOException {
    Set<QuestionStem> stems = new HashSet<>();
    for (String file : List.of("routellm-mmlu", "routellm-gsm8k", "routellm-mt-bench")) {
      for (Row row : Dataset.read(folder.resolve(file + ".jsonl.gz")).rows()) {
        stems.add(row.stem());
      }
    }
    return stems;
  }

  /** Whether a text is, or begins with, a question that something is tested on. */
  public boolean overlaps(String text) {
    return overlaps(QuestionStem.of(text), tested);
  }

  private static boolean overlaps(QuestionStem stem, Set<QuestionStem> tested) {
    String text = stem.text();
    for (int end = text.indexOf(' ', SHORTEST_PREFIX); end > 0; end = text.indexOf(' ', end + 1)) {
      if (tested.contains(new QuestionStem(text.substring(0, end)))) {
        return true;
      }
    }
    return tested.contains(stem);
  }
}
