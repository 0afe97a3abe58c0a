package dev.ockham.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.learn.Encoder;
import dev.ockham.learn.Features;
import org.junit.jupiter.api.Test;

/** The shipped token table at work. */
final class EncoderTest {
  private static final Encoder ENCODER = ShippedWeights.encoder();

  private static double cosine(String a, String b) {
    float[] x = ENCODER.encode(a).vector();
    float[] y = ENCODER.encode(b).vector();
    double dot = 0;
    for (int d = 0; d < x.length; d++) {
      dot += (double) x[d] * y[d];
    }
    return dot;
  }

  @Test
  void a_vector_has_128_dimensions_and_length_one() {
    assertThat(ENCODER.dimensions()).isEqualTo(128);
    assertThat(cosine("What is the capital of France?", "What is the capital of France?"))
        .isBetween(0.999, 1.001);
  }

  @Test
  void the_same_text_always_has_the_same_features() {
    Features first = ENCODER.encode("Solve x^2 = 4 for x.");
    Features second = ENCODER.encode("Solve x^2 = 4 for x.");
    assertThat(first.inputs()).isEqualTo(second.inputs());
    assertThat(first.packed()).isEqualTo(second.packed());
  }

  @Test
  void texts_on_the_same_matter_lie_closer() {
    double near =
        cosine("The court dismissed the plaintiff's appeal.", "A judge rejected the lawsuit.");
    double away =
        cosine(
            "The court dismissed the plaintiff's appeal.", "Photosynthesis takes place in leaves.");
    assertThat(near).isGreaterThan(away + 0.1);
  }

  @Test
  void nothing_to_read_is_all_zero_and_wholly_unknown() {
    Features empty = ENCODER.encode("");
    assertThat(empty.vector()).containsOnly(0f);
    assertThat(empty.unknownShare()).isEqualTo(1);
  }

  @Test
  void of_a_long_ask_only_the_ends_are_read() {
    String filler = " lorem".repeat(200_000);
    Features once = ENCODER.encode("a question".repeat(400) + filler + " the end");
    Features other =
        ENCODER.encode(
            "a question".repeat(400)
                + filler.replace("lorem", "ipsum").substring(0, 6_000)
                + filler.substring(6_000)
                + " the end");
    assertThat(once.pieces()).isLessThan(4_100);
    assertThat(once.vector()).isEqualTo(other.vector());
  }

  @Test
  void a_caller_cannot_change_the_features() {
    Features features = ENCODER.encode("How far is the moon?");
    features.vector()[0] = 42;
    features.inputs()[0] = 42;
    assertThat(features.vector()[0]).isBetween(-1f, 1f);
  }
}
