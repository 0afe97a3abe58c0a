package dev.ockham.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where calls go while deployments slow down, fail, refuse and get well, under a seeded clock. */
final class BalancerSimulationTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void equals_are_called_by_their_weights() {
    var world = new BalancerWorld(1, 3, 1);

    world.run(Duration.ofMinutes(5), 10);

    assertThat(world.share(0)).isCloseTo(0.75, within(0.06));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void one_that_is_silently_five_times_slower_loses_its_share_within_a_minute(long seed) {
    for (int places : new int[] {2, 3}) {
      var world = new BalancerWorld(seed, places == 2 ? new int[] {1, 1} : new int[] {1, 1, 1});
      world.run(MINUTE, 2);
      double before = world.share(0);
      world.sites.getFirst().seconds *= 5;
      world.run(MINUTE, 2);

      world.run(MINUTE, 2);

      assertThat(before).as("share before, of %d", places).isGreaterThan(0.2);
      assertThat(world.share(0)).as("share after, of %d", places).isLessThan(0.1);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void one_that_is_fast_again_gets_its_share_back(long seed) {
    var world = new BalancerWorld(seed, 1, 1);
    world.sites.getFirst().seconds *= 5;
    world.run(MINUTE.multipliedBy(3), 5);
    world.sites.getFirst().seconds /= 5;
    world.run(MINUTE.multipliedBy(7), 5);

    world.run(MINUTE.multipliedBy(2), 5);

    assertThat(world.share(0)).isCloseTo(0.5, within(0.15));
  }

  @Test
  void one_that_fails_gets_a_probe_now_and_then_and_nothing_else() {
    var world = new BalancerWorld(1, 1, 1);
    world.sites.getFirst().failing = 1;
    world.run(MINUTE, 20);

    world.run(MINUTE, 20);

    assertThat(world.sent[0]).isBetween(1, 2);
    assertThat(world.refused).isZero();
  }

  @Test
  void one_that_fails_more_often_than_the_others_is_left_out() {
    var world = new BalancerWorld(1, 1, 1, 1);
    world.sites.getFirst().failing = 0.45;
    world.run(MINUTE, 10);

    world.run(MINUTE.multipliedBy(4), 10);

    assertThat(world.share(0)).isLessThan(0.15);
  }

  @Test
  void one_that_asks_to_stay_away_is_not_called_for_as_long() {
    var world = new BalancerWorld(1, 1, 1);
    world.sites.getFirst().throttling = Optional.of(Duration.ofSeconds(20));
    world.run(Duration.ofSeconds(5), 10);

    world.run(Duration.ofSeconds(10), 10);

    assertThat(world.sent[0]).isZero();
    assertThat(world.balancer.states().getFirst().standing()).isEqualTo(Standing.COOLING);
  }

  @Test
  void a_credential_that_is_refused_is_not_shown_again_until_it_changes() {
    var world = new BalancerWorld(1, 1, 1);
    world.sites.getFirst().badKey = true;
    world.run(Duration.ofSeconds(10), 10);

    world.run(MINUTE.multipliedBy(4), 10);
    assertThat(world.sent[0]).isZero();
    assertThat(world.balancer.states().getFirst().standing()).isEqualTo(Standing.REFUSED);

    world.sites.getFirst().badKey = false;
    world.changeKeys();
    world.run(MINUTE, 10);
    assertThat(world.share(0)).isGreaterThan(0.3);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whatever_happens_all_are_called_again_when_all_are_well(long seed) {
    var world = new BalancerWorld(seed, 1, 2, 3, 4);
    for (int i = 0; i < 20; i++) {
      for (BalancerWorld.Site site : world.sites) {
        site.seconds = 0.1 + 3 * world.random.nextDouble();
        site.failing = world.random.nextInt(3) == 0 ? world.random.nextDouble() : 0;
        boolean busy = world.random.nextInt(6) == 0;
        site.throttling = busy ? Optional.of(Duration.ofSeconds(7)) : Optional.empty();
      }
      world.run(Duration.ofSeconds(15), 1 + world.random.nextInt(60));
      assertThat(states(world))
          .as("ejected of 4")
          .satisfies(all ->
              assertThat(all.stream().filter(s -> s.standing() == Standing.EJECTED).count())
                  .isLessThanOrEqualTo(2));
    }
    for (BalancerWorld.Site site : world.sites) {
      site.seconds = 0.4;
      site.failing = 0;
      site.throttling = Optional.empty();
    }
    world.run(Duration.ofMinutes(10), 20);
    world.finish();

    assertThat(states(world)).extracting(Balancer.State::standing).containsOnly(Standing.CLOSED);
    assertThat(states(world)).extracting(Balancer.State::inFlight).containsOnly(0);
    for (int i = 0; i < world.sent.length; i++) {
      assertThat(world.share(i)).as("share of %d", i).isGreaterThan(0.03);
    }
  }

  private static List<Balancer.State> states(BalancerWorld world) {
    return world.balancer.states();
  }
}
