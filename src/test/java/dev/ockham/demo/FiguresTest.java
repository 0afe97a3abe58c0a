package dev.ockham.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ockham.chat.Dialect;
import dev.ockham.demo.Exchange.Answered;
import dev.ockham.demo.Exchange.Manner;
import dev.ockham.demo.Question.Answer;
import dev.ockham.demo.TrainingFacts.Cell;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class FiguresTest {
  private static final Map<String, Tariff> TARIFFS =
      Map.of("small", new Tariff(1_000, 1_000), "large", new Tariff(10_000, 10_000));

  @Test
  void a_tariff_reads_dollars_per_million_tokens_exactly() {
    Tariff tariff = Tariff.perMillion(new BigDecimal("0.075"), new BigDecimal("0.3"));

    assertThat(tariff).isEqualTo(new Tariff(75_000, 300_000));
    assertThat(tariff.cost("12345", "123")).isEqualTo(2 * 75_000 + 300_000);
    assertThat(Tariff.dollars(450_000)).isEqualTo("0.00000045");
    assertThat(Tariff.dollars(0)).isEqualTo("0");
  }

  @Test
  void the_router_is_counted_against_the_best_single_model() {
    Figures figures = figures(100, 0);

    assertThat(figures.router().accuracy()).isEqualTo(100);
    assertThat(figures.baselines().bestSingle().label()).isEqualTo("large");
    assertThat(figures.baselines().bestSingle().picos()).isEqualTo(100 * 20_000);
    assertThat(figures.router().picos()).isEqualTo(50 * 2_000 + 50 * 20_000);
    assertThat(figures.saved().value()).isCloseTo(45, within(1e-9));
    assertThat(figures.saved().interval().low()).isBetween(30.0, 45.0);
    assertThat(figures.saved().interval().high()).isBetween(45.0, 60.0);
    assertThat(figures.accuracyGain().value()).isZero();
  }

  @Test
  void the_oracle_takes_the_cheapest_right_answer_and_the_mix_costs_what_the_router_did() {
    Figures figures = figures(100, 0);

    assertThat(figures.baselines().oracle().accuracy()).isEqualTo(100);
    assertThat(figures.baselines().oracle().picos()).isEqualTo(figures.router().picos());
    assertThat(figures.baselines().randomMix().picos()).isEqualTo(figures.router().picos());
    assertThat(figures.baselines().randomMix().accuracy()).isCloseTo(75, within(0.01));
    assertThat(figures.baselines().cheapest().accuracy()).isEqualTo(50);
  }

  @Test
  void the_domain_table_weighs_accuracy_against_cost_in_every_domain() {
    assertThat(training(1e-6).domainTable()).containsEntry("hard", "large");
    assertThat(training(1e-6).domainTable()).containsEntry("easy", "small");
    assertThat(training(1e-12).domainTable()).containsEntry("hard", "small");
  }

  @Test
  void a_model_that_is_dearer_and_worse_is_no_corner_of_the_hull() {
    SequencedMap<String, SequencedMap<String, Cell>> cells = new LinkedHashMap<>();
    SequencedMap<String, Cell> models = new LinkedHashMap<>();
    models.put("dear and bad", new Cell(10, 2, 9_000));
    models.put("best", new Cell(10, 9, 10_000));
    models.put("cheap", new Cell(10, 4, 1_000));
    models.put("below the line", new Cell(10, 5, 8_000));
    models.put("middle", new Cell(10, 8, 3_000));
    cells.put("all", models);

    assertThat(new TrainingFacts(1, cells).hull()).containsExactly("cheap", "middle", "best");
  }

  @Test
  void the_json_has_exactly_the_promised_fields() {
    ObjectNode json = FiguresJson.of(figures(10, 7));

    assertThat(json.propertyNames())
        .containsExactly(
            "questions",
            "accuracy",
            "cost_usd",
            "ledger_cost_usd",
            "best_single",
            "cheapest",
            "random_mix",
            "domain_table",
            "oracle",
            "saved_percent",
            "saved_interval",
            "accuracy_difference",
            "accuracy_difference_interval",
            "by_model",
            "by_domain");
    for (String row : List.of("best_single", "cheapest", "random_mix", "domain_table", "oracle")) {
      assertThat(json.path(row).propertyNames()).containsExactly("model", "accuracy", "cost_usd");
    }
    assertThat(json.path("cost_usd").isString()).isTrue();
    assertThat(json.path("ledger_cost_usd").asString()).isEqualTo("0.000000000007");
    assertThat(json.path("saved_interval").size()).isEqualTo(2);
  }

  @Test
  void the_screen_fits_92_columns_and_says_when_the_books_do_not_balance() {
    Figures balanced = figures(10, 50 * 0 + 5 * 2_000 + 5 * 20_000);

    assertThat(Screen.lines(balanced)).allSatisfy(line -> assertThat(line).hasSizeLessThan(93));
    assertThat(Screen.lines(balanced)).contains("The books balance to the last digit.");
    assertThat(Screen.lines(figures(10, 1))).noneMatch(line -> line.contains("books balance to"));
  }

  /** Half of the questions are easy and go to the small model, half need the large one. */
  private static Figures figures(int questions, long ledger) {
    List<Answered> answers =
        IntStream.range(0, questions)
            .mapToObj(i -> {
              boolean hard = i % 2 == 1;
              var recorded = new LinkedHashMap<String, Answer>();
              recorded.put("small", new Answer("abcd", hard ? 0 : 1));
              recorded.put("large", new Answer("abcd", 1));
              var question = new Question("q" + i, hard ? "hard" : "easy", "wxyz", recorded);
              return new Answered(
                  question,
                  new Manner(Dialect.OPENAI_CHAT, false),
                  "id" + i,
                  hard ? "large" : "small",
                  "abcd",
                  1);
            })
            .toList();
    return Figures.of(answers, ledger, training(1e-6), TARIFFS, new SplittableRandom(3));
  }

  private static TrainingFacts training(double worth) {
    SequencedMap<String, SequencedMap<String, Cell>> cells = new LinkedHashMap<>();
    cells.put("easy", models(10));
    cells.put("hard", models(0));
    return new TrainingFacts(worth, cells);
  }

  private static SequencedMap<String, Cell> models(double smallGood) {
    SequencedMap<String, Cell> models = new LinkedHashMap<>();
    models.put("small", new Cell(10, smallGood, 20_000));
    models.put("large", new Cell(10, 10, 200_000));
    return models;
  }
}
