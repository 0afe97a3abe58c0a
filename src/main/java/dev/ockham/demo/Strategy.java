package dev.ockham.demo;

import dev.ockham.demo.Question.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A way to choose without the gateway, judged on recorded answers and list prices.
 *
 * @param label the model, or what is done instead of always asking one
 */
record Strategy(String label, Function<Question, String> choice) {

  /** Asks this model whatever the question. */
  static Strategy always(String model) {
    return new Strategy(model, question -> model);
  }

  /** Asks the model this table has for the question's recorded domain. */
  static Strategy byDomain(Map<String, String> table, String otherwise) {
    return new Strategy("by domain", question -> table.getOrDefault(question.domain(), otherwise));
  }

  /** Knows every answer beforehand and takes the cheapest of the best ones. */
  static Strategy oracle(Map<String, Tariff> tariffs) {
    return new Strategy("cheapest right", question -> cheapestRight(question, tariffs));
  }

  /** What it comes to over these questions, one value each. */
  Tally over(List<Question> questions, Map<String, Tariff> tariffs) {
    return Tally.of(questions, questions.stream().map(choice).toList(), tariffs);
  }

  private static String cheapestRight(Question question, Map<String, Tariff> tariffs) {
    Comparator<Map.Entry<String, Answer>> byQuality =
        Comparator.comparingDouble(entry -> entry.getValue().quality());
    Comparator<Map.Entry<String, Answer>> byCost =
        Comparator.comparingLong(entry -> Tally.cost(question, entry.getKey(), tariffs));
    return question.answers().entrySet().stream()
        .max(byQuality.thenComparing(byCost.reversed()))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }
}
