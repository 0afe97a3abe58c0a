package dev.ockham.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The track of two models, on rows that can be reckoned by hand. */
final class ShareCurveTest {
  @Test
  void rows_expected_alike_are_a_random_mix() {
    var curve = new ShareCurve(new double[4], new double[] {1, 0, 0, 1}).read();
    assertThat(curve.apgr()).isCloseTo(0.5, within(1e-9));
    assertThat(curve.shareFor(0.5)).isCloseTo(0.5, within(1e-9));
    assertThat(curve.shareFor(0.8)).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void who_sends_the_one_row_that_matters_first_has_all_of_the_gap_at_once() {
    var curve = new ShareCurve(new double[] {0, 9, 0, 0}, new double[] {0, 1, 0, 0}).read();
    assertThat(curve.shareFor(0.8)).isCloseTo(0.2, within(1e-9));
    assertThat(curve.apgr()).isCloseTo(0.875, within(1e-9));
  }

  @Test
  void a_row_drawn_twice_counts_twice() {
    double[] expected = {2, 1, 0};
    double[] gaps = {1, 0, 1};
    var twice = new ShareCurve(expected, gaps).read(new int[] {2, 1, 0}).apgr();
    var spelled = new ShareCurve(new double[] {2, 2, 1}, new double[] {1, 1, 0}).read().apgr();
    assertThat(twice).isCloseTo(spelled, within(1e-9));
  }

  @Test
  void without_a_gap_there_is_nothing_to_recover() {
    assertThat(new ShareCurve(new double[] {1, 2}, new double[] {1, -1}).read().apgr()).isNaN();
  }
}
