package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CorrectionTest {
  @Test
  void its_postings_sum_to_zero_and_together_are_its_amount() {
    var dice = new SplittableRandom(5);
    for (int i = 0; i < 1_000; i++) {
      long picos = dice.nextLong(-9_000_000_000L, 9_000_000_000L);
      var correction =
          new Correction(
              "o", "p", "m", LocalDate.EPOCH, new Money(picos), "why", "source", Samples.NOON);
      assertThat(correction.postings().stream().mapToLong(Posting::nanos).sum()).isZero();
      assertThat(correction.postings().stream().mapToLong(Posting::picos).sum()).isZero();
      assertThat(correction.posted() * 1_000 + correction.remainder()).isEqualTo(picos);
    }
  }
}
