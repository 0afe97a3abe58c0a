package dev.ockham.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The recipe is measured, on parts that it was not trained on. */
final class FoldEvaluationTest {
  private static final Encoder ENCODER = ShippedWeights.encoder();

  /** The standard recipe at a size for 3,000 rows. */
  private static final Recipe SMALL =
      Recipe.standard().withPrototypes(List.of(new Recipe.Group(64, 20, 10)));

  @Test
  void on_questions_it_never_saw_the_router_beats_a_random_mix_at_its_own_cost()
      throws IOException {
    Prices prices = Recorded.prices();
    List<Example> examples = Example.all(Recorded.heldOut(), ENCODER, prices);
    List<FoldEvaluation.Result> results =
        new FoldEvaluation(ENCODER, prices, SMALL).run(examples, 2);
    double saved = FoldReport.mean(results, FoldEvaluation.Result::savedPercent);
    double points = FoldReport.mean(results, FoldEvaluation.Result::points);
    double mix = FoldReport.mean(results, FoldEvaluation.Result::mixPoints);
    assertThat(saved).isGreaterThan(15);
    assertThat(points).isGreaterThan(mix + 0.5).isGreaterThan(-3);
  }

  @Test
  void shuffled_labels_teach_nothing() throws IOException {
    List<Row> rows = Recorded.heldOut();
    assertThat(separation(rows, rows)).isGreaterThan(0.58);
    assertThat(separation(shuffled(rows), rows)).isBetween(0.45, 0.55);
  }

  @Test
  void folds_never_share_a_question_stem() throws IOException {
    List<Example> examples = Example.all(Recorded.heldOut(), ENCODER, Recorded.prices());
    List<Example> twice = new ArrayList<>(examples);
    twice.addAll(examples);
    int[] folds = Folds.assign(twice, 5);
    Set<String> inside = new HashSet<>();
    Folds.only(twice, folds, 2).forEach(example -> inside.add(example.stem));
    assertThat(inside).hasSize(600);
    assertThat(Folds.without(twice, folds, 2)).noneMatch(example -> inside.contains(example.stem));
  }

  @Test
  void the_same_rows_always_make_the_same_weights() throws IOException {
    Prices prices = Recorded.prices();
    List<Example> examples = Example.all(Recorded.heldOut().subList(0, 600), ENCODER, prices);
    assertThat(TrainedRouter.train(examples, ENCODER, prices, SMALL).weights().build())
        .isEqualTo(TrainedRouter.train(examples, ENCODER, prices, SMALL).weights().build());
  }

  @Test
  @Tag("long")
  void ten_folds_of_the_pool_reach_the_bar() throws IOException {
    Optional<Path> folder = Recorded.folder();
    assumeThat(folder).as("routing data beside the checkout").isPresent();
    List<FoldEvaluation.Result> results =
        FoldReport.print(
            RoutingData.in(folder.orElseThrow()),
            10,
            ENCODER,
            new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    assertThat(FoldReport.mean(results, FoldEvaluation.Result::savedPercent))
        .isGreaterThanOrEqualTo(35);
    assertThat(FoldReport.mean(results, FoldEvaluation.Result::points))
        .isGreaterThanOrEqualTo(-0.5);
  }

  /**
   * How well estimates of rows in the second half tell right answers from wrong ones: 0.5 is
   * chance.
   */
  private static double separation(List<Row> training, List<Row> testing) throws IOException {
    Prices prices = Recorded.prices();
    int half = training.size() / 2;
    Trainer trainer = new Trainer(ENCODER, prices.models(), SMALL);
    AbilityModel ability =
        trainer.uncalibrated(Example.all(training.subList(0, half), ENCODER, prices));
    double sum = 0;
    List<Example> unseen = Example.all(testing.subList(half, testing.size()), ENCODER, prices);
    List<Prediction> predictions =
        unseen.stream().map(e -> Prediction.of(e, ability, prices)).toList();
    for (int m = 0; m < prices.models().size(); m++) {
      sum += separation(unseen, predictions, m);
    }
    return sum / prices.models().size();
  }

  private static double separation(
      List<Example> examples, List<Prediction> predictions, int model) {
    double right = 0;
    double pairs = 0;
    for (int a = 0; a < examples.size(); a++) {
      for (int b = a + 1; b < examples.size(); b++) {
        double gap = examples.get(a).quality[model] - examples.get(b).quality[model];
        if (gap != 0) {
          double order =
              gap * (predictions.get(a).good()[model] - predictions.get(b).good()[model]);
          right += order > 0 ? 1 : order == 0 ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return right / pairs;
  }

  private static List<Row> shuffled(List<Row> rows) {
    List<Map<String, Row.Outcome>> outcomes =
        new ArrayList<>(rows.stream().map(Row::outcomes).toList());
    Collections.shuffle(outcomes, new Random(7));
    List<Row> shuffled = new ArrayList<>();
    for (int n = 0; n < rows.size(); n++) {
      Row row = rows.get(n);
      shuffled.add(
          new Row(
              row.id(),
              row.domain(),
              row.prompt(),
              row.reference(),
              false,
              false,
              false,
              outcomes.get(n)));
    }
    return shuffled;
  }
}
