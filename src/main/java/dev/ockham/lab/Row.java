package dev.ockham.lab;

import java.util.Map;
import java.util.Optional;

/**
 * One question with what each model made of it.
 *
 * @param id unique within its file
 * @param domain the subject its source gives it
 * @param prompt the text a model is sent
 * @param reference the right answer, where the source has one
 * @param fromMmlu the question is one of MMLU's
 * @param overlapsBenchmark its source marks it as occurring in a benchmark
 * @param outcomes by model name
 */
public record Row(
    String id,
    String domain,
    String prompt,
    Optional<String> reference,
    boolean fromMmlu,
    boolean overlapsBenchmark,
    Map<String, Outcome> outcomes) {

  /**
   * What one model made of one question.
   *
   * @param quality 0 (useless) to 1 (right)
   * @param outputChars characters of the answer, or -1 when unknown
   */
  public record Outcome(double quality, int outputChars) {}

  /** The question's stem, by which rows are kept apart in every split. */
  public QuestionStem stem() {
    return QuestionStem.of(prompt);
  }
}
