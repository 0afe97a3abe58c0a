package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real accounts, journal and recovery on a disk and under a clock that a seed drives: calls
 * interleave, the disk fills up, the process is killed inside any write, recovery too, the power
 * goes. After every start the books are recomputed from the journal alone.
 */
final class LedgerSimulationTest {
  static LongStream everyday() {
    return LongStream.range(0, 250);
  }

  static LongStream many() {
    return LongStream.range(1_000, 21_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("everyday")
  void the_books_balance_whatever_happens(long seed) {
    run(seed, 400);
  }

  @Tag("long")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("many")
  void the_books_balance_whatever_happens_for_long(long seed) {
    run(seed, 1_000);
  }

  private static void run(long seed, int steps) {
    var world = new LedgerWorld(seed);
    try {
      for (int i = 0; i < steps; i++) {
        world.step();
      }
      world.restart();
    } catch (AssertionError | RuntimeException wrong) {
      throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
    }
    assertThat(world.settled()).as("seed %d settled something", seed).isPositive();
  }
}
