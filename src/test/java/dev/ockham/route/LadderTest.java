package dev.ockham.route;

import static dev.ockham.route.Given.ask;
import static dev.ockham.route.Given.caller;
import static dev.ockham.route.Given.learned;
import static dev.ockham.route.Given.model;
import static dev.ockham.route.Given.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatRequest;
import dev.ockham.route.Adoption.Rung;
import dev.ockham.route.Explanation.Mode;
import dev.ockham.route.Explanation.Serving;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LadderTest {
  private static final Model SMALL = model("small", 1);
  private static final Model BIG = model("big", 50);
  private static final Scorer GOOD =
      scorer(false, Map.of("small", learned(0.9), "big", learned(0.92)));
  private static final int RUNS = 10_000;

  private final Router router = new Router();

  @Test
  void in_observe_and_advise_a_named_model_serves_and_the_row_holds_what_would_have() {
    for (Mode mode : List.of(Mode.OBSERVE, Mode.ADVISE)) {
      Decision.Chosen chosen = decide(ask("big", "Hi"), 1, at("team:claims", Rung.of(mode)));

      assertThat(chosen.first()).isEqualTo(BIG);
      assertThat(chosen.fallbacks()).isEmpty();
      assertThat(chosen.why().mode()).isEqualTo(mode);
      assertThat(chosen.why().serving()).isEqualTo(Serving.BASELINE);
      assertThat(chosen.why().alternative()).contains("small");
    }
  }

  @Test
  void in_enforce_a_named_model_is_replaced_and_stands_by() {
    Decision.Chosen chosen = decide(ask("big", "Hi"), 1, at("team:claims", Rung.of(Mode.ENFORCE)));

    assertThat(chosen.first()).isEqualTo(SMALL);
    assertThat(chosen.fallbacks()).containsExactly(BIG);
    assertThat(chosen.why().requested()).isEqualTo("big");
    assertThat(chosen.why().alternative()).contains("big");
    assertThat(chosen.why().serving()).isEqualTo(Serving.ROUTED);
  }

  @Test
  void a_named_model_is_never_replaced_by_one_that_costs_more() {
    Scorer onlyBig = scorer(false, Map.of("small", learned(0.1), "big", learned(0.95)));
    Fleet fleet = fleet(onlyBig, Map.of("team:claims", Rung.of(Mode.ENFORCE)));
    Decision.Chosen chosen = decide(ask("small", "Hi"), 1, fleet);

    assertThat(chosen.first()).isEqualTo(SMALL);
    assertThat(chosen.why().reason()).contains("big").contains("not known to cost less");
  }

  @Test
  void a_route_that_is_taken_back_is_served_by_its_default() {
    Decision.Chosen chosen = decide(ask("main", "Hi"), 1, at("route:main", Rung.of(Mode.OBSERVE)));

    assertThat(chosen.first()).isEqualTo(BIG);
    assertThat(chosen.why().alternative()).contains("small");
    assertThat(chosen.why().serving()).isEqualTo(Serving.BASELINE);
  }

  @Test
  void the_narrowest_scope_counts_and_the_route_is_a_ceiling() {
    Rung enforce = Rung.of(Mode.ENFORCE);
    Rung observe = Rung.of(Mode.OBSERVE);
    Rung canary = new Rung(Mode.CANARY, 5_000, 0);

    assertThat(mode(Map.of("org:default", observe, "team:claims", enforce)))
        .isEqualTo(Mode.ENFORCE);
    assertThat(mode(Map.of("org:default", enforce, "team:claims", canary))).isEqualTo(Mode.CANARY);
    assertThat(mode(Map.of("team:claims", enforce, "route:main", observe))).isEqualTo(Mode.OBSERVE);
    assertThat(mode(Map.of("team:claims", observe, "route:main", enforce))).isEqualTo(Mode.OBSERVE);
    assertThat(mode(Map.of("team:other", enforce))).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void a_canary_serves_its_share_of_runs_within_a_point() {
    for (long seed = 0; seed < 20; seed++) {
      for (int percent : new int[] {1, 5, 10}) {
        assertThat(routedShare(percent, seed))
            .as("%d %% with seed %d", percent, seed)
            .isCloseTo(percent / 100.0, within(0.01));
      }
    }
  }

  /** A half has the widest spread: a standard deviation of half a point at 10,000 runs. */
  @Test
  void a_canary_of_a_half_is_a_half_over_all_seeds() {
    double sum = 0;
    for (long seed = 0; seed < 20; seed++) {
      double share = routedShare(50, seed);
      assertThat(share).as("seed %d", seed).isCloseTo(0.5, within(0.02));
      sum += share;
    }
    assertThat(sum / 20).isCloseTo(0.5, within(0.005));
  }

  private double routedShare(int percent, long seed) {
    Fleet fleet = seeded(new Rung(Mode.CANARY, percent * 100, 0), seed);
    return share(fleet, why -> why.serving() == Serving.ROUTED);
  }

  @Test
  void a_run_is_always_on_one_side_and_a_larger_canary_keeps_its_runs() {
    Fleet ten = seeded(new Rung(Mode.CANARY, 1_000, 0), 7);
    Fleet twenty = seeded(new Rung(Mode.CANARY, 2_000, 0), 7);
    for (int run = 0; run < 2_000; run++) {
      Serving first = decide(ask("big", "Hi"), run, ten).why().serving();

      assertThat(decide(ask("big", "And now?"), run, ten).why().serving()).isEqualTo(first);
      if (first == Serving.ROUTED) {
        assertThat(decide(ask("big", "Hi"), run, twenty).why().serving()).isEqualTo(first);
      }
    }
  }

  @Test
  void a_conversation_of_a_sub_agent_is_on_the_side_of_its_run() {
    Fleet half = seeded(new Rung(Mode.CANARY, 5_000, 0), 3);
    for (int run = 0; run < 200; run++) {
      var child = new Conversation("child-" + run, "run-" + run, Optional.empty(), 0);
      Decision decision = router.decide(ask("big", "Hi"), caller(), child, Inputs.Wish.NONE, half);

      assertThat(decision.why().serving())
          .isEqualTo(decide(ask("big", "Hi"), run, half).why().serving());
    }
  }

  @Test
  void a_holdout_is_served_by_the_baseline_even_in_enforce() {
    Fleet fleet = seeded(new Rung(Mode.ENFORCE, 0, 500), 1);

    assertThat(share(fleet, why -> why.serving() == Serving.HELD_OUT))
        .isCloseTo(0.05, within(0.01));
    for (int run = 0; run < 500; run++) {
      Decision.Chosen chosen = decide(ask("main", "Hi"), run, fleet);
      boolean held = chosen.why().serving() == Serving.HELD_OUT;
      assertThat(chosen.first()).isEqualTo(held ? BIG : SMALL);
    }
  }

  @Test
  void a_client_may_opt_out_of_another_model_but_not_of_a_route() {
    Fleet fleet = at("route:main", Rung.of(Mode.ENFORCE));
    var optOut = new Inputs.Wish(true, false);

    Decision named = router.decide(ask("big", "Hi"), caller(), Conversation.UNKNOWN, optOut, fleet);
    assertThat(named.why().serving()).isEqualTo(Serving.OPTED_OUT);
    assertThat(((Decision.Chosen) named).first()).isEqualTo(BIG);

    Decision routed =
        router.decide(ask("main", "Hi"), caller(), Conversation.UNKNOWN, optOut, fleet);
    assertThat(((Decision.Chosen) routed).first()).isEqualTo(SMALL);
  }

  @Test
  void a_bypass_lets_what_was_asked_for_pass_but_not_what_a_key_may_not_use() {
    Fleet fleet = at("route:main", Rung.of(Mode.ENFORCE));
    var bypass = new Inputs.Wish(false, true);

    Decision named = router.decide(ask("big", "Hi"), caller(), Conversation.UNKNOWN, bypass, fleet);
    assertThat(((Decision.Chosen) named).first()).isEqualTo(BIG);
    assertThat(named.why().serving()).isEqualTo(Serving.BYPASSED);
    assertThat(
            router.decide(ask("big", "Hi"), caller("small"), Conversation.UNKNOWN, bypass, fleet))
        .isInstanceOf(Decision.Refused.class);
  }

  @Test
  void a_conversation_goes_on_as_it_began_when_the_mode_is_raised() {
    Fleet fleet = at("route:main", Rung.of(Mode.ENFORCE));
    Conversation began = Conversation.UNKNOWN.pinnedTo("main for big", "big");

    Decision decision = router.decide(ask("big", "Hi"), caller(), began, fleet);
    assertThat(((Decision.Chosen) decision).first()).isEqualTo(BIG);
  }

  private Mode mode(Map<String, Rung> rungs) {
    return decide(ask("big", "Hi"), 1, fleet(GOOD, rungs)).why().mode();
  }

  private double share(Fleet fleet, Predicate<Explanation> counts) {
    return IntStream.range(0, RUNS)
            .filter(run -> counts.test(decide(ask("big", "Hi"), run, fleet).why()))
            .count()
        / (double) RUNS;
  }

  private Decision.Chosen decide(ChatRequest request, int run, Fleet fleet) {
    var conversation = new Conversation("run-" + run, Optional.empty(), 0);
    return (Decision.Chosen) router.decide(request, caller(), conversation, fleet);
  }

  private static Fleet at(String scope, Rung rung) {
    return fleet(GOOD, Map.of(scope, rung));
  }

  private static Fleet seeded(Rung rung, long seed) {
    return with(GOOD, new Adoption(Map.of("team:claims", rung), seed));
  }

  private static Fleet fleet(Scorer scorer, Map<String, Rung> rungs) {
    return with(scorer, new Adoption(rungs, 0));
  }

  private static Fleet with(Scorer scorer, Adoption adoption) {
    Fleet plain = Given.fleet(scorer, 0.01, SMALL, BIG);
    return new Fleet(
        plain.catalog(), plain.routes(), "main", plain.scorer(), plain.version(), adoption);
  }
}
