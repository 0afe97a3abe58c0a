package dev.ockham.route;

import static dev.ockham.route.Given.learned;
import static dev.ockham.route.Given.model;
import static dev.ockham.route.Given.presumed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import dev.ockham.route.Adoption.Rung;
import dev.ockham.route.Explanation.Mode;
import dev.ockham.route.Explanation.Serving;
import dev.ockham.route.Facts.Fact;
import dev.ockham.route.Scores.Ability;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every decision that is kept can be made again from what is kept of it. */
final class RebuildTest {
  private static final List<String> NAMES =
      List.of("a", "b", "c", "d", "nick", "main", "auto", "x");
  private static final List<Mode> MODES = List.of(Mode.values());
  private static final List<String> TEAMS = List.of("claims", "law");

  private final Router router = new Router();

  @Test
  void random_decisions_are_made_again_the_same_from_what_was_packed() {
    var servings = new EnumMap<Serving, Integer>(Serving.class);
    var modes = new EnumMap<Mode, Integer>(Mode.class);
    for (long seed = 0; seed < 4_000; seed++) {
      var random = new Random(seed);
      Fleet fleet = fleet(random);
      Decision decision =
          router.decide(request(random), caller(random), conversation(random), wish(random), fleet);
      byte[] kept = PackedExplanation.pack(decision.why(), 3_000);
      Explanation recorded = PackedExplanation.unpack(kept, Optional.empty());
      Rebuild.Again again =
          Rebuild.of(recorded, fleet.catalog(), fleet.route("main").orElseThrow()).orElseThrow();

      assertThat(again.same())
          .as("seed %d%n%s%n%s", seed, recorded, again.decision().why())
          .isTrue();
      assertThat(chosen(again.decision())).as("seed %d", seed).isEqualTo(chosen(decision));
      servings.merge(decision.why().serving(), 1, Integer::sum);
      modes.merge(decision.why().mode(), 1, Integer::sum);
    }
    assertThat(servings.keySet()).containsExactlyInAnyOrder(Serving.values());
    assertThat(modes.keySet()).containsExactlyInAnyOrder(Mode.values());
  }

  @Test
  void a_record_that_was_changed_is_found_out() {
    var random = new Random(3);
    Fleet fleet = fleet(random);
    ChatRequest request = Given.ask("main", "Hi");
    Explanation why = router.decide(request, caller(random), Conversation.UNKNOWN, fleet).why();
    var changed =
        new Explanation(
            why.requested(),
            why.route(),
            why.mode(),
            why.serving(),
            why.candidates(),
            Optional.of("a model nobody would have chosen"),
            why.reason(),
            why.versions(),
            why.features(),
            why.inputs(),
            why.labels());

    assertThat(
            Rebuild.of(changed, fleet.catalog(), fleet.route("main").orElseThrow())
                .orElseThrow()
                .same())
        .isFalse();
  }

  private static List<String> chosen(Decision decision) {
    return switch (decision) {
      case Decision.Refused refused -> List.of(refused.error().code());
      case Decision.Chosen chosen -> {
        var ids = new ArrayList<String>();
        ids.add(chosen.first().id());
        chosen.fallbacks().forEach(model -> ids.add(model.id()));
        yield ids;
      }
    };
  }

  private static Fleet fleet(Random random) {
    Model a = model("a", 1 + random.nextInt(5));
    Model b = model("b", 5 + random.nextInt(20));
    Model c =
        model(
            "c",
            random.nextBoolean() ? new Price.Unknown() : new Price.Free(),
            EnumSet.of(Capability.TOOLS),
            OptionalLong.of(500 + random.nextInt(3_000)));
    Model d = model("d", 50);
    var abilities = new HashMap<String, Ability>();
    for (String id : List.of("a", "b", "c", "d")) {
      if (random.nextInt(5) > 0) {
        double quality = random.nextDouble();
        abilities.put(
            id, random.nextBoolean() ? learned(quality) : presumed(quality, random.nextDouble()));
      }
    }
    boolean far = random.nextInt(6) == 0;
    var features =
        new Explanation.TextFeatures(
            ByteBuffer.allocate(4),
            random.nextBoolean() ? "law" : "code",
            random.nextDouble(),
            far);
    Scorer scorer = scorer(abilities, far, features);
    var route =
        new Route("main", List.of("a", "b", "c", "d"), "d", rules(random), new Objective(0.01));
    Adoption adoption = adoption(random);
    return new Fleet(
        Given.catalog(a, b, c, d), Map.of("main", route), "main", scorer, "r1", adoption);
  }

  private static Scorer scorer(
      Map<String, Ability> abilities, boolean far, Explanation.TextFeatures features) {
    return new Scorer() {
      @Override
      public Scores score(String ask, List<Model> candidates) {
        var byModel = new HashMap<>(abilities);
        byModel.keySet().retainAll(candidates.stream().map(Model::id).toList());
        return new Scores(byModel, far, Optional.of(features));
      }

      @Override
      public String version() {
        return "w1";
      }
    };
  }

  private static Adoption adoption(Random random) {
    var rungs = new HashMap<String, Rung>();
    for (String scope : List.of("team:claims", "route:main", "org:default")) {
      if (random.nextBoolean()) {
        Mode mode = MODES.get(random.nextInt(MODES.size()));
        int canary = mode == Mode.CANARY ? random.nextInt(10_000) : 0;
        rungs.put(scope, new Rung(mode, canary, random.nextInt(3_000)));
      }
    }
    return new Adoption(rungs, random.nextLong());
  }

  private static List<Rule> rules(Random random) {
    var rules = new ArrayList<Rule>();
    if (random.nextBoolean()) {
      rules.add(rule("x", facts -> facts.get(Fact.CALLER_TEAM).equals("law"), "exclude:a"));
    }
    if (random.nextBoolean()) {
      rules.add(rule("p", facts -> facts.get(Fact.FEATURES_DOMAIN).equals("law"), "prefer:b"));
    }
    if (random.nextInt(3) == 0) {
      rules.add(rule("u", facts -> (Long) facts.get(Fact.REQUEST_INPUT_TOKENS) > 20, "use:c"));
    }
    if (random.nextBoolean()) {
      rules.add(rule("l", facts -> (Double) facts.get(Fact.FEATURES_DISTANCE) > 0.5, "label:odd"));
    }
    return rules;
  }

  private static Rule rule(String name, Expression.Condition condition, String then) {
    String what = then.substring(then.indexOf(':') + 1);
    Rule.Then action =
        switch (then.substring(0, then.indexOf(':'))) {
          case "exclude" -> new Rule.Then.Exclude(what);
          case "prefer" -> new Rule.Then.Prefer(what);
          case "use" -> new Rule.Then.Use(what);
          default -> new Rule.Then.Label(what);
        };
    return new Rule(name, Rule.When.of(new Expression(name, condition)), action);
  }

  private static ChatRequest request(Random random) {
    var parts = new ArrayList<Part>();
    if (random.nextInt(4) == 0) {
      parts.add(new Part.Image(new Part.Source.Address("https://example.org/a.png")));
    }
    parts.add(new Part.Text("word ".repeat(random.nextInt(60))));
    var messages = new ArrayList<Message>();
    messages.add(new Message(Role.USER, parts));
    if (random.nextInt(4) == 0) {
      messages.add(Given.said(Role.ASSISTANT, "calling"));
      messages.add(Given.said(Role.TOOL, "result"));
    }
    String name = NAMES.get(random.nextInt(NAMES.size()));
    OptionalLong cap =
        random.nextBoolean() ? OptionalLong.of(1 + random.nextInt(2_000)) : OptionalLong.empty();
    return Given.request(name, messages, ChatRequest.Tools.NONE, cap);
  }

  private static Caller caller(Random random) {
    Set<String> allowed =
        switch (random.nextInt(6)) {
          case 0 -> Set.of("a", "d");
          case 1 -> Set.of("main", "b");
          case 2 -> Set.of("auto");
          default -> Set.of();
        };
    return new Caller(
        "default",
        "k1",
        "someone",
        Caller.Role.CLIENT,
        List.of(
            Scope.parse("org:default"),
            Scope.parse("team:" + TEAMS.get(random.nextInt(TEAMS.size())))),
        allowed);
  }

  private static Conversation conversation(Random random) {
    var plain = new Conversation("c" + random.nextInt(1_000), Optional.empty(), random.nextInt(9));
    return switch (random.nextInt(4)) {
      case 0 -> plain.pinnedTo("main", List.of("a", "c", "gone").get(random.nextInt(3)));
      case 1 -> plain.pinnedTo("main for d", "a");
      default -> plain;
    };
  }

  private static Inputs.Wish wish(Random random) {
    return new Inputs.Wish(random.nextInt(5) == 0, random.nextInt(8) == 0);
  }
}
