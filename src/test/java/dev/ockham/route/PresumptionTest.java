package dev.ockham.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.agent.Conversation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is only presumed of a model saves money where it is as good, and nowhere else. */
class PresumptionTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.0001, 0.001, 0.01})
  void a_presumption_clearly_below_the_fallback_saves_nothing(double value) {
    assertThat(served(0.8, value)).isEqualTo("big");
  }

  @Test
  void a_presumption_as_good_as_the_fallback_saves_money() {
    assertThat(served(0.95, 0.0001)).isEqualTo("small");
  }

  private static String served(double quality, double value) {
    Scorer scorer =
        Given.scorer(
            false, Map.of("small", Given.presumed(quality, 0.05), "big", Given.learned(0.9)));
    Fleet fleet = Given.fleet(scorer, value, Given.model("small", 1), Given.model("big", 9));
    return new Router().decide(Given.ask("main", "Hi"), Given.caller(), Conversation.UNKNOWN, fleet)
            instanceof Decision.Chosen chosen
        ? chosen.first().id()
        : "";
  }
}
