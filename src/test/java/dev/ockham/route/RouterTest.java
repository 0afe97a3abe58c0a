package dev.ockham.route;

import static dev.ockham.route.Given.ask;
import static dev.ockham.route.Given.caller;
import static dev.ockham.route.Given.fleet;
import static dev.ockham.route.Given.learned;
import static dev.ockham.route.Given.model;
import static dev.ockham.route.Given.presumed;
import static dev.ockham.route.Given.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Constraint;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Explanation.Lacking;
import dev.ockham.route.Explanation.Mode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Model SMALL = model("small", 1);
  private static final Model MIDDLE = model("middle", 5);
  private static final Model BIG = model("big", 50);
  private static final Scorer ALL_GOOD =
      scorer(false, Map.of("small", learned(0.9), "middle", learned(0.91), "big", learned(0.92)));
  private static final Scorer ONLY_BIG =
      scorer(false, Map.of("small", learned(0.2), "middle", learned(0.3), "big", learned(0.95)));

  private final Router router = new Router();

  @Test
  void the_cheapest_model_that_is_good_enough_serves() {
    assertThat(served(ask("main", "Hi"), fleet(ALL_GOOD, 0.01, SMALL, MIDDLE, BIG)))
        .isEqualTo("small");
    assertThat(served(ask("main", "Hi"), fleet(ONLY_BIG, 0.01, SMALL, MIDDLE, BIG)))
        .isEqualTo("big");
  }

  @Test
  void auto_is_the_default_route() {
    Decision.Chosen chosen = chosen(ask("auto", "Hi"), fleet(ALL_GOOD, 0.01, SMALL, BIG));

    assertThat(chosen.why().route()).isEqualTo("main");
    assertThat(chosen.why().mode()).isEqualTo(Mode.ENFORCE);
  }

  @Test
  void the_others_stand_by_in_order_of_their_scores() {
    Decision.Chosen chosen = chosen(ask("main", "Hi"), fleet(ONLY_BIG, 0.01, SMALL, MIDDLE, BIG));

    assertThat(chosen.fallbacks()).containsExactly(MIDDLE, SMALL);
  }

  @Test
  void among_equals_the_order_of_the_route_decides() {
    Scorer same = scorer(false, Map.of("a", learned(0.9), "b", learned(0.9)));

    assertThat(served(ask("main", "Hi"), fleet(same, 0.01, model("b", 1), model("a", 1))))
        .isEqualTo("b");
  }

  @Test
  void far_from_what_it_knows_the_router_leaves_it_to_the_default() {
    Scorer far = scorer(true, Map.of("small", learned(0.9), "big", learned(0.9)));
    Decision.Chosen chosen = chosen(ask("main", "Hi"), fleet(far, 0.01, SMALL, BIG));

    assertThat(chosen.first()).isEqualTo(BIG);
    assertThat(chosen.why().reason()).contains("unlike");
  }

  @Test
  void without_weights_the_default_serves_and_every_candidate_is_listed() {
    Decision.Chosen chosen = chosen(ask("main", "Hi"), fleet(Scorer.none(), 0.01, SMALL, BIG));

    assertThat(chosen.first()).isEqualTo(BIG);
    assertThat(chosen.fallbacks()).containsExactly(SMALL);
    assertThat(chosen.why().candidates())
        .containsExactly(
            new Candidate.Unranked("small", Lacking.ABILITY),
            new Candidate.Unranked("big", Lacking.ABILITY));
  }

  @Test
  void if_the_default_is_excluded_the_first_allowed_candidate_takes_its_place() {
    Model blind = without("blind", Capability.IMAGES);
    Fleet fleet = fleet(Scorer.none(), 0.01, SMALL, MIDDLE, blind);

    assertThat(served(picture("main"), fleet)).isEqualTo("small");
  }

  @Test
  void nothing_is_weighed_against_a_default_nobody_knows() {
    Scorer partly = scorer(false, Map.of("small", learned(0.9)));
    Decision.Chosen chosen = chosen(ask("main", "Hi"), fleet(partly, 0.01, SMALL, BIG));

    assertThat(chosen.first()).isEqualTo(BIG);
    assertThat(chosen.why().reason()).contains("big");
  }

  @Test
  void a_candidate_nobody_knows_does_not_compete_but_stands_by_last() {
    Scorer partly = scorer(false, Map.of("small", learned(0.9), "big", learned(0.9)));
    Decision.Chosen chosen = chosen(ask("main", "Hi"), fleet(partly, 0.01, MIDDLE, SMALL, BIG));

    assertThat(chosen.first()).isEqualTo(SMALL);
    assertThat(chosen.fallbacks()).containsExactly(BIG, MIDDLE);
  }

  @Test
  void an_unknown_price_is_never_taken_for_zero() {
    Model unpriced = model("small", new Price.Unknown(), Given.all(), OptionalLong.empty());
    Decision.Chosen chosen = chosen(ask("main", "Hi"), fleet(ALL_GOOD, 0.01, unpriced, BIG));

    assertThat(chosen.first()).isEqualTo(BIG);
    assertThat(chosen.why().candidates()).contains(new Candidate.Unranked("small", Lacking.PRICE));
  }

  @Test
  void a_cheaper_model_known_by_its_published_skill_only_must_win_with_a_standard_error_to_spare() {
    assertThat(served(ask("main", "Hi"), presumedSmall(0.9, 0.05))).isEqualTo("small");
    assertThat(served(ask("main", "Hi"), presumedSmall(0.9, 0.7))).isEqualTo("big");
  }

  @Test
  void what_a_model_lacks_excludes_it() {
    Model blind = without("small", Capability.IMAGES);
    Decision.Chosen chosen = chosen(picture("main"), fleet(ALL_GOOD, 0.01, blind, BIG));

    assertThat(chosen.first()).isEqualTo(BIG);
    assertThat(chosen.why().candidates())
        .contains(
            new Candidate.Excluded("small", new Constraint.LacksCapability(Capability.IMAGES)));
  }

  @Test
  void a_request_with_room_for_its_answer_must_fit_the_window() {
    Model narrow = model("small", new Price.Free(), Set.of(), OptionalLong.of(1_000));
    Fleet fleet = fleet(ALL_GOOD, 0.01, narrow, BIG);

    assertThat(served(capped("word ".repeat(400), 500), fleet)).isEqualTo("small");
    assertThat(served(capped("word ".repeat(400), 501), fleet)).isEqualTo("big");
  }

  @Test
  void a_cap_beyond_all_numbers_fits_no_window() {
    Decision decision =
        router.decide(
            capped("Hi", Long.MAX_VALUE),
            caller(),
            Conversation.UNKNOWN,
            fleet(ALL_GOOD, 0.01, SMALL, BIG));

    assertThat(decision).isInstanceOf(Decision.Refused.class);
  }

  @Test
  void a_key_may_be_bound_to_some_models_of_a_route() {
    Fleet fleet = fleet(ALL_GOOD, 0.01, SMALL, MIDDLE, BIG);

    assertThat(served(ask("main", "Hi"), caller("middle", "big"), fleet)).isEqualTo("middle");
    assertThat(served(ask("main", "Hi"), caller("main"), fleet)).isEqualTo("small");
    assertThat(served(ask("auto", "Hi"), caller("auto"), fleet)).isEqualTo("small");
    assertThat(served(ask("main", "Hi"), caller("nick"), fleet(ALL_GOOD, 0.01, SMALL, BIG)))
        .isEqualTo("small");
  }

  @Test
  void when_nothing_is_left_every_reason_is_told() {
    Model blind = without("small", Capability.IMAGES);
    Model narrow =
        model("big", new Price.Free(), Set.of(Capability.IMAGES), OptionalLong.of(1_500));
    ChatError error = refusal(picture("main"), caller(), fleet(ALL_GOOD, 0.01, blind, narrow));

    assertThat(error.status()).isEqualTo(400);
    assertThat(error.message())
        .contains("small lacks images")
        .contains("big needs 2626 tokens, window is 1500");
  }

  @Test
  void a_key_that_allows_none_of_a_routes_models_is_refused_as_such() {
    ChatError error =
        refusal(ask("main", "Hi"), caller("other"), fleet(ALL_GOOD, 0.01, SMALL, BIG));

    assertThat(error.status()).isEqualTo(403);
  }

  @Test
  void an_unknown_name_is_answered_with_names_that_are_near() {
    ChatError error = refusal(ask("smal", "Hi"), caller(), fleet(ALL_GOOD, 0.01, SMALL, BIG));

    assertThat(error.status()).isEqualTo(404);
    assertThat(error.code()).isEqualTo("model_not_found");
    assertThat(error.message()).contains("\"smal\"").contains("Did you mean small?");
  }

  @Test
  void names_a_key_may_not_use_are_not_offered() {
    ChatError error = refusal(ask("smal", "Hi"), caller("big"), fleet(ALL_GOOD, 0.01, SMALL, BIG));

    assertThat(error.message()).doesNotContain("small");
  }

  @Test
  void a_model_asked_for_by_name_serves_and_the_record_says_what_would_have() {
    Decision.Chosen chosen = chosen(ask("big", "Hi"), fleet(ALL_GOOD, 0.01, SMALL, BIG));

    assertThat(chosen.first()).isEqualTo(BIG);
    assertThat(chosen.fallbacks()).isEmpty();
    assertThat(chosen.why().mode()).isEqualTo(Mode.OBSERVE);
    assertThat(chosen.why().alternative()).contains("small");
    assertThat(chosen.why().requested()).isEqualTo("big");
  }

  @Test
  void an_alias_is_its_model() {
    Decision.Chosen chosen = chosen(ask("nick", "Hi"), fleet(ALL_GOOD, 0.01, SMALL, BIG));

    assertThat(chosen.first()).isEqualTo(SMALL);
    assertThat(chosen.why().mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void a_model_asked_for_by_name_serves_even_what_it_lacks() {
    Model blind = without("blind", Capability.IMAGES);
    Decision.Chosen chosen = chosen(picture("blind"), fleet(ALL_GOOD, 0.01, SMALL, blind));

    assertThat(chosen.first()).isEqualTo(blind);
    assertThat(chosen.why().alternative()).contains("small");
  }

  @Test
  void a_model_outside_the_route_is_shown_beside_it_but_never_its_alternative() {
    Scorer scorer =
        scorer(false, Map.of("small", learned(0.9), "stray", learned(0.99), "big", learned(0.9)));
    Model stray = model("stray", 1);
    var route = new Route("main", List.of("small", "big"), "big", List.of(), new Objective(0.01));
    var fleet =
        new Fleet(Given.catalog(SMALL, stray, BIG), Map.of("main", route), "main", scorer, "r1");
    Decision.Chosen chosen = chosen(ask("stray", "Hi"), fleet);

    assertThat(chosen.first()).isEqualTo(stray);
    assertThat(chosen.why().alternative()).contains("small");
    assertThat(chosen.why().candidates())
        .extracting(Candidate::model)
        .containsExactly("small", "big", "stray");
  }

  @Test
  void a_key_may_not_use_a_model_outside_its_list() {
    ChatError error = refusal(ask("big", "Hi"), caller("small"), fleet(ALL_GOOD, 1, SMALL, BIG));

    assertThat(error.status()).isEqualTo(403);
    assertThat(error.message()).contains("\"big\"").contains("small");
  }

  @Test
  void a_conversation_stays_on_its_model() {
    Fleet fleet = fleet(ALL_GOOD, 0.01, SMALL, MIDDLE, BIG);
    Conversation pinned = Conversation.UNKNOWN.pinnedTo("main", "middle");

    assertThat(served(ask("main", "Hi"), caller(), pinned, fleet)).isEqualTo("middle");
    assertThat(served(ask("main", "Hi"), caller("small", "big"), pinned, fleet)).isEqualTo("small");
  }

  @Test
  void a_conversation_that_turns_to_another_route_is_decided_anew() {
    Conversation pinned = Conversation.UNKNOWN.pinnedTo("other", "middle");

    assertThat(
            served(ask("main", "Hi"), caller(), pinned, fleet(ALL_GOOD, 0.01, SMALL, MIDDLE, BIG)))
        .isEqualTo("small");
  }

  @Test
  void a_rule_goes_before_scores_and_conversations() {
    Rule rule = new Rule("claims use big", inScope("team:claims"), new Rule.Then.Use("big"));
    Fleet fleet = fleet(ALL_GOOD, 0.01, List.of(rule), SMALL, MIDDLE, BIG);
    Conversation pinned = Conversation.UNKNOWN.pinnedTo("main", "middle");
    Decision decision = router.decide(ask("main", "Hi"), caller(), pinned, fleet);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Chosen.class, chosen -> assertThat(chosen.first()).isEqualTo(BIG));
    assertThat(decision.why().reason()).contains("claims use big");
  }

  @Test
  void a_rule_that_does_not_apply_does_nothing() {
    Rule rule = new Rule("others", inScope("team:other"), new Rule.Then.Exclude("small"));

    assertThat(served(ask("main", "Hi"), fleet(ALL_GOOD, 0.01, List.of(rule), SMALL, BIG)))
        .isEqualTo("small");
  }

  @Test
  void an_excluding_rule_wins_over_one_that_names_the_same_model() {
    Rule use = new Rule("use", inScope("team:claims"), new Rule.Then.Use("middle"));
    Rule exclude = new Rule("no middle", inScope("org:default"), new Rule.Then.Exclude("middle"));
    Fleet fleet = fleet(ALL_GOOD, 0.01, List.of(use, exclude), SMALL, MIDDLE, BIG);
    Decision.Chosen chosen = chosen(ask("main", "Hi"), fleet);

    assertThat(chosen.first()).isEqualTo(SMALL);
    assertThat(chosen.why().candidates())
        .contains(new Candidate.Excluded("middle", new Constraint.ExcludedByRule("no middle")));
  }

  @Test
  void the_explanation_names_every_version_it_was_made_with() {
    Explanation why = chosen(ask("main", "Hi"), fleet(ALL_GOOD, 0.01, SMALL, BIG)).why();

    assertThat(why.versions()).isEqualTo(new Explanation.Versions("c1", "r1", "w1"));
  }

  @Test
  void a_fleet_that_names_an_unknown_model_cannot_be_made() {
    var route = new Route("main", List.of("small"), "gone", List.of(), new Objective(1));

    assertThatThrownBy(() ->
            new Fleet(Given.catalog(SMALL), Map.of("main", route), "main", Scorer.none(), "r1"))
        .hasMessageContaining("gone");
  }

  private static Rule.When inScope(String scope) {
    return new Rule.When(
        Optional.empty(),
        Optional.empty(),
        Optional.of(scope),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static Fleet presumedSmall(double quality, double uncertainty) {
    Scorer scorer =
        scorer(false, Map.of("small", presumed(quality, uncertainty), "big", learned(0.9)));
    return fleet(scorer, 0.01, SMALL, BIG);
  }

  private static Model without(String id, Capability missing) {
    var can = EnumSet.complementOf(EnumSet.of(missing, Capability.EMBEDDINGS));
    return model(id, new Price.Free(), can, OptionalLong.of(100_000));
  }

  private static ChatRequest picture(String model) {
    var image = new Part.Image(new Part.Source.Address("https://example.org/a.png"));
    return Given.request(
        model, List.of(new Message(Role.USER, List.of(image, new Part.Text("What?")))));
  }

  private static ChatRequest capped(String text, long maxOutput) {
    return Given.request(
        "main",
        List.of(Given.said(Role.USER, text)),
        ChatRequest.Tools.NONE,
        OptionalLong.of(maxOutput));
  }

  private String served(ChatRequest request, Fleet fleet) {
    return served(request, caller(), fleet);
  }

  private String served(ChatRequest request, Caller caller, Fleet fleet) {
    return served(request, caller, Conversation.UNKNOWN, fleet);
  }

  private String served(
      ChatRequest request, Caller caller, Conversation conversation, Fleet fleet) {
    Decision decision = router.decide(request, caller, conversation, fleet);
    assertThat(decision).isInstanceOf(Decision.Chosen.class);
    return ((Decision.Chosen) decision).first().id();
  }

  private Decision.Chosen chosen(ChatRequest request, Fleet fleet) {
    Decision decision = router.decide(request, caller(), Conversation.UNKNOWN, fleet);
    assertThat(decision).isInstanceOf(Decision.Chosen.class);
    return (Decision.Chosen) decision;
  }

  private ChatError refusal(ChatRequest request, Caller caller, Fleet fleet) {
    Decision decision = router.decide(request, caller, Conversation.UNKNOWN, fleet);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).error();
  }
}
