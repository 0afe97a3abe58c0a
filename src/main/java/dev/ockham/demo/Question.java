package dev.ockham.demo;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A held-out question with what each model of the fleet really answered to it.
 *
 * @param domain the subject its source gives it; the router is never told
 * @param prompt what a client sends, to the letter
 * @param answers by model name, one from every model of the fleet
 */
record Question(String id, String domain, String prompt, SequencedMap<String, Answer> answers) {

  /**
   * A recorded answer.
   *
   * @param quality 0 (wrong) to 1 (right)
   */
  record Answer(String text, double quality) {}

  Question {
    answers = new LinkedHashMap<>(answers);
  }

  Answer answerOf(String model) {
    Answer answer = answers.get(model);
    if (answer == null) {
      throw new IllegalArgumentException(
          "question "
              + id
              + " has no answer by "
              + model
              + " (expected: "
              + answers.keySet()
              + ")");
    }
    return answer;
  }

  /** Tokens of a text as the demo counts them: a quarter of its characters, rounded up. */
  static long tokens(String text) {
    return Math.ceilDiv((long) text.length(), 4L);
  }
}
