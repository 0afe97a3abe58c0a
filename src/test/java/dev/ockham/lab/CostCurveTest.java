package dev.ockham.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The hull of cost and quality, on points that can be reckoned by hand. */
final class CostCurveTest {
  private static final CostCurve CURVE =
      new CostCurve(
          List.of(
              new CostCurve.Point(1, 0.2),
              new CostCurve.Point(2, 0.3),
              new CostCurve.Point(3, 0.6),
              new CostCurve.Point(4, 0.5)));

  @Test
  void the_hull_leaves_out_what_a_random_mix_beats_and_never_falls() {
    assertThat(CURVE.hull())
        .containsExactly(new CostCurve.Point(1, 0.2), new CostCurve.Point(3, 0.6));
  }

  @Test
  void the_mean_height_is_taken_over_all_costs_between_cheapest_and_dearest() {
    assertThat(CURVE.meanHeight(1, 4)).isCloseTo((2 * 0.4 + 0.6) / 3, within(1e-9));
    assertThat(CURVE.ownMeanHeight()).isCloseTo(0.4, within(1e-9));
  }
}
