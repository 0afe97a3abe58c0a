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
 * @param contaminated its source marks it as known to one of the models
 * @param outcomes by model name
 */
public record Row(
    String id,
    String domain,
    String prompt,
    Optional<String> reference,
    boolean fromMmlu,
    boolean overlapsBenchmark,
    boolean contaminated,
    Map<String, Outcome> outcomes) {

  /** What a number is that was not recorded. */
  public static final int UNKNOWN = -1;

  /**
   * What one model made of one question.
   *
   * @param quality 0 (useless) to 1 (right)
   * @param outputChars characters of the answer
   * @param usage what was billed; a part that was not recorded is {@link #UNKNOWN}
   */
  public record Outcome(double quality, int outputChars, Usage usage) {
    public Outcome(double quality, int outputChars) {
      this(quality, outputChars, new Usage(UNKNOWN, UNKNOWN, UNKNOWN));
    }
  }

  /**
   * What a provider billed.
   *
   * @param costPicos pico-dollars
   */
  public record Usage(int inputTokens, int outputTokens, long costPicos) {}

  /** The same question in other words. */
  Row withPrompt(String other) {
    return new Row(
        id, domain, other, reference, fromMmlu, overlapsBenchmark, contaminated, outcomes);
  }

  /** The question's stem, by which rows are kept apart in every split. */
  public QuestionStem stem() {
    return QuestionStem.of(prompt);
  }
}
