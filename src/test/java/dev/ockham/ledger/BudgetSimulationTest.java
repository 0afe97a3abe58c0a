package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real accounts and journal under a clock that a seed drives, beside books that are added up
 * anew each time: strict budgets are never exceeded, quantile budgets never by more than was
 * printed, nothing is refused that fits, every call ends once, at rest nothing is held. The same
 * simulation finds every rule that is broken on purpose.
 */
final class BudgetSimulationTest {
  private static final int SEEDS_FOR_A_BUG = 40;

  static LongStream everyday() {
    return LongStream.range(0, 200);
  }

  static LongStream many() {
    return LongStream.range(1_000, 11_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("everyday")
  void budgets_hold_whatever_happens(long seed) {
    run(seed, 250, AccountRules.EXACT, UnaryOperator.identity());
  }

  @Tag("long")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("many")
  void budgets_hold_whatever_happens_for_long(long seed) {
    run(seed, 500, AccountRules.EXACT, UnaryOperator.identity());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void a_bug_planted_in_any_rule_is_found(String name, AccountRules broken) {
    assertThat(isFound(broken, UnaryOperator.identity())).as(name).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void a_database_that_lies_to_recovery_is_found(String name, UnaryOperator<Checkpoint> lie) {
    assertThat(isFound(AccountRules.EXACT, lie)).as(name).isTrue();
  }

  private static boolean isFound(AccountRules rules, UnaryOperator<Checkpoint> lie) {
    for (long seed = 0; seed < SEEDS_FOR_A_BUG; seed++) {
      try {
        run(seed, 250, rules, lie);
      } catch (AssertionError found) {
        return true;
      }
    }
    return false;
  }

  private static void run(long seed, int steps, AccountRules rules, UnaryOperator<Checkpoint> lie) {
    try {
      var world = new BudgetWorld(seed, rules, lie);
      for (int i = 0; i < steps; i++) {
        world.step();
      }
      world.comeToRest();
      assertThat(world.settled()).as("settled").isPositive();
    } catch (AssertionError | RuntimeException wrong) {
      throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
    }
  }

  static Stream<Arguments> bugs() {
    return Stream.of(
        Arguments.of(
            "what is held is not counted",
            new AccountRules() {
              @Override
              public long left(long limit, long spent, long held) {
                return limit - spent;
              }
            }),
        Arguments.of(
            "what is spent is not counted",
            new AccountRules() {
              @Override
              public long left(long limit, long spent, long held) {
                return limit - held;
              }
            }),
        Arguments.of(
            "everything fits",
            new AccountRules() {
              @Override
              public boolean fits(long amount, long left) {
                return true;
              }
            }),
        Arguments.of(
            "near the limit nothing fits",
            new AccountRules() {
              @Override
              public boolean fits(long amount, long left) {
                return amount * 2 <= left;
              }
            }),
        Arguments.of(
            "a hold is counted twice",
            new AccountRules() {
              @Override
              public long afterHold(long held, long amount) {
                return held + 2 * amount;
              }
            }),
        Arguments.of(
            "a hold is never given back",
            new AccountRules() {
              @Override
              public long afterRelease(long held, long amount) {
                return held;
              }
            }),
        Arguments.of(
            "a nanodollar of each hold leaks",
            new AccountRules() {
              @Override
              public long afterRelease(long held, long amount) {
                return held - Math.max(0, amount - 1);
              }
            }),
        Arguments.of(
            "a settlement is lost",
            new AccountRules() {
              @Override
              public long afterSpending(long spent, long posted) {
                return spent;
              }
            }),
        Arguments.of(
            "a settlement is booked twice",
            new AccountRules() {
              @Override
              public long afterSpending(long spent, long posted) {
                return spent + 2 * posted;
              }
            }),
        Arguments.of(
            "a period never ends",
            new AccountRules() {
              @Override
              public boolean endsBy(Budget.Span span, Instant now) {
                return false;
              }
            }),
        Arguments.of(
            "a period begins with what the last one spent",
            new AccountRules() {
              @Override
              public long begunWith(long spentBefore) {
                return spentBefore;
              }
            }));
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        Arguments.of("spending before the checkpoint is forgotten", lie(true, false)),
        Arguments.of("open attempts are forgotten", lie(false, true)));
  }

  private static UnaryOperator<Checkpoint> lie(boolean spent, boolean open) {
    return real ->
        new Checkpoint() {
          @Override
          public Position position() {
            return real.position();
          }

          @Override
          public List<OpenAttempt> open() {
            return open ? List.of() : real.open();
          }

          @Override
          public Map<Scope, Long> spent(String organisation, Scope scope, Budget.Span span) {
            return spent ? Map.of() : real.spent(organisation, scope, span);
          }

          @Override
          public List<PastCost> latestCosts(int most) {
            return List.of();
          }

          @Override
          public long latestMicros() {
            return real.latestMicros();
          }
        };
  }
}
