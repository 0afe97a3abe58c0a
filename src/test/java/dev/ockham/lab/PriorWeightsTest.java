package dev.ockham.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.Estimates;
import dev.ockham.learn.Loaded;
import dev.ockham.learn.WeightsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The weights that ship as the default. */
final class PriorWeightsTest {
  private static final Encoder ENCODER = ShippedWeights.encoder();
  private static final AbilityModel PRIOR = ShippedWeights.prior(ENCODER);

  private static Estimates estimate(String ask) {
    return PRIOR.estimate(ENCODER.encode(ask));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\uD83D\uDE00\uD83D\uDE80\uD83C\uDF55\uD83D\uDC7E",
        "ꙮ ꙮꙮ ꙮ ꙮꙮꙮ",
        "\u16A0\u16A2\u16A6 \u16A8\u16B1\u16B2 \u16B7\u16B9\u16BA"
      })
  void what_cannot_be_read_is_far(String ask) {
    assertThat(estimate(ask).far()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Who wrote The Old Man and the Sea?",
        "Write a Python function that returns the n-th prime number.",
        "A train leaves at 3 pm at 60 km/h. When has it gone 210 km?"
      })
  void everyday_asks_are_not_far(String ask) {
    assertThat(estimate(ask).far()).isFalse();
  }

  @Test
  void an_unknown_model_joins_by_its_prior_skill_and_is_uncertain() {
    Estimates easy = estimate("What do bees collect from flowers?");
    assertThat(easy.ofUnknown(0.9).good()).isGreaterThan(easy.ofUnknown(0.4).good());
    assertThat(easy.ofUnknown(0.6).uncertainty()).isGreaterThan(0.1);
    assertThat(easy.ofUnknown(0.6).outputTokens()).isPositive();
    assertThat(easy.ofUnknown(0).good()).isBetween(0.0, 1.0);
  }

  @Test
  void hard_science_is_harder_than_common_sense() {
    Estimates hard =
        estimate(
            "Calculate the relativistic correction to the hyperfine splitting of muonium at second order.");
    Estimates easy = estimate("Where would you put a plate after washing it?");
    assertThat(easy.ease()).isGreaterThan(hard.ease());
  }

  @Test
  void weights_of_another_encoder_are_refused() {
    byte[] bytes = new WeightsFile.Builder().note("encoder", "0badc0de").build();
    Loaded<AbilityModel> loaded =
        WeightsFile.parse(bytes).then(file -> AbilityModel.load(file, ENCODER));
    assertThat(loaded).isInstanceOf(Loaded.Unusable.class);
  }
}
