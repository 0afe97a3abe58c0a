package dev.ockham.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ockham.agent.Conversation;
import dev.ockham.route.Explanation.Candidate;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnswerLengthsTest {
  @Test
  void a_model_that_talks_three_times_as_much_is_expected_to() {
    AnswerLengths lengths = new AnswerLengths();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 400; i++) {
      double expected = 100 * lengths.factor("talker", "recall");
      lengths.saw("talker", "recall", expected, 300 * Math.exp(random.nextDouble(-0.5, 0.5)));
    }

    assertThat(lengths.factor("talker", "recall")).isCloseTo(3, within(0.5));
  }

  @Test
  void what_is_seen_of_one_kind_is_half_believed_of_the_others_and_not_of_other_models() {
    AnswerLengths lengths = new AnswerLengths();
    for (int i = 0; i < 400; i++) {
      lengths.saw("talker", "recall", 100 * lengths.factor("talker", "recall"), 400);
    }

    assertThat(lengths.factor("talker", "design")).isCloseTo(2, within(0.3));
    assertThat(lengths.factor("other", "recall")).isEqualTo(1);
  }

  @Test
  void a_few_answers_change_little_and_one_runaway_answer_not_much() {
    AnswerLengths lengths = new AnswerLengths();
    lengths.saw("m", "recall", 100, 1_000_000);

    assertThat(lengths.factor("m", "recall")).isBetween(1.1, 2.0);
  }

  @Test
  void lengths_that_were_seen_make_the_expected_cost_of_the_next_decision() {
    Scorer scorer = new ObservingScorer(Given.scorer(false, Map.of("big", Given.learned(0.9))));
    Fleet fleet = Given.fleet(scorer, 0.01, Given.model("big", 9));
    Decision before = decide(fleet);
    for (int i = 0; i < 100; i++) {
      scorer.answered(decide(fleet).why(), "big", 800, OptionalLong.empty());
    }

    assertThat(tokens(decide(fleet))).isGreaterThan(4 * tokens(before));
  }

  @Test
  void answers_that_the_client_cut_teach_nothing() {
    Scorer scorer = new ObservingScorer(Given.scorer(false, Map.of("big", Given.learned(0.9))));
    Fleet fleet = Given.fleet(scorer, 0.01, Given.model("big", 9));
    long before = tokens(decide(fleet));
    for (int i = 0; i < 100; i++) {
      scorer.answered(decide(fleet).why(), "big", 10, OptionalLong.of(10));
    }

    assertThat(tokens(decide(fleet))).isEqualTo(before);
  }

  private static Decision decide(Fleet fleet) {
    return new Router()
        .decide(Given.ask("main", "Hi"), Given.caller(), Conversation.UNKNOWN, fleet);
  }

  private static long tokens(Decision decision) {
    for (Candidate candidate : decision.why().candidates()) {
      if (candidate instanceof Candidate.Scored terms && terms.model().equals("big")) {
        return terms.outputTokens();
      }
    }
    return 0;
  }
}
