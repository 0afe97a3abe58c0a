package dev.ockham.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.chat.TokenClass;
import dev.ockham.policy.Caller;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Scores.Ability;
import dev.ockham.route.Scores.Basis;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every decision, over random fleets; the name of a failing test is its seed. */
class RouterPropertiesTest {
  private final Router router = new Router();

  static Iterable<Integer> seeds() {
    return IntStream.range(0, 200).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_same_inputs_give_the_same_decision(int seed) {
    Situation situation = new Situation(seed);

    assertThat(situation.decide(router)).isEqualTo(new Situation(seed).decide(router));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void an_excluded_model_never_serves_nor_stands_by(int seed) {
    Decision decision = new Situation(seed).decide(router);

    Set<String> excluded = new HashSet<>();
    for (Candidate candidate : decision.why().candidates()) {
      if (candidate instanceof Candidate.Excluded out) {
        excluded.add(out.model());
      }
    }
    if (decision instanceof Decision.Chosen chosen) {
      assertThat(excluded).doesNotContain(chosen.first().id());
      assertThat(chosen.fallbacks()).extracting(Model::id).noneMatch(excluded::contains);
    } else {
      assertThat(excluded).hasSameSizeAs(decision.why().candidates());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_model_of_the_route_is_explained_once(int seed) {
    Situation situation = new Situation(seed);

    assertThat(situation.decide(router).why().candidates())
        .extracting(Candidate::model)
        .containsExactlyElementsOf(situation.names());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nobody_serves_twice(int seed) {
    if (new Situation(seed).decide(router) instanceof Decision.Chosen chosen) {
      assertThat(chosen.fallbacks()).doesNotHaveDuplicates().doesNotContain(chosen.first());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_allowed_candidate_scores_higher_than_the_one_chosen_by_score(int seed) {
    Situation situation = new Situation(seed);
    Explanation why = situation.decide(router).why();

    double best = terms(why).stream().mapToDouble(Candidate.Scored::score).max().orElse(0);
    if (situation.decide(router) instanceof Decision.Chosen chosen
        && why.reason().contains("likely good enough")) {
      assertThat(termsOf(why, chosen.first()).score()).isEqualTo(best);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void raising_the_value_of_a_good_answer_never_lowers_the_quality_chosen(int seed) {
    double before = -1;
    for (double value = 0.0001; value < 1000; value *= 3) {
      Situation situation = new Situation(seed, value, Basis.LEARNED);
      if (situation.decide(router) instanceof Decision.Chosen chosen
          && chosen.why().reason().contains("likely good enough")) {
        double quality = termsOf(chosen.why(), chosen.first()).quality();
        assertThat(quality).as("at $%s", value).isGreaterThanOrEqualTo(before);
        before = quality;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_model_asked_for_by_name_serves_alone(int seed) {
    Situation situation = new Situation(seed);
    String asked = situation.names().getFirst();
    Decision decision = situation.decide(router, asked);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Chosen.class,
            chosen -> {
              assertThat(chosen.first().id()).isEqualTo(asked);
              assertThat(chosen.fallbacks()).isEmpty();
            });
    Decision routed = situation.decide(router);
    if (routed instanceof Decision.Chosen chosen) {
      assertThat(decision.why().alternative()).contains(chosen.first().id());
    } else {
      assertThat(decision.why().alternative()).isEmpty();
    }
  }

  private static List<Candidate.Scored> terms(Explanation why) {
    return why.candidates().stream()
        .filter(Candidate.Scored.class::isInstance)
        .map(Candidate.Scored.class::cast)
        .toList();
  }

  private static Candidate.Scored termsOf(Explanation why, Model model) {
    return terms(why).stream().filter(t -> t.model().equals(model.id())).findFirst().orElseThrow();
  }

  /** A random fleet and a random request for it. */
  private static final class Situation {
    private final RandomGenerator random;
    private final Fleet fleet;
    private final List<Message> messages;
    private final Caller caller;

    Situation(int seed) {
      this(seed, 0.01, Basis.PRESUMED);
    }

    Situation(int seed, double value, Basis oddModels) {
      random = new Random(seed);
      var models = new Model[2 + random.nextInt(9)];
      Map<String, Ability> abilities = new HashMap<>();
      for (int i = 0; i < models.length; i++) {
        models[i] = model("m" + i);
        Basis basis = random.nextInt(3) == 0 ? oddModels : Basis.LEARNED;
        if (random.nextInt(8) > 0) {
          abilities.put(
              "m" + i,
              new Ability(
                  basis, random.nextDouble(), random.nextDouble() / 4, random.nextInt(2000)));
        }
      }
      fleet = Given.fleet(Given.scorer(random.nextInt(8) == 0, abilities), value, models);
      var image = new Part.Image(new Part.Source.Address("https://example.org/a.png"));
      var text = new Part.Text("word ".repeat(random.nextInt(3_000)));
      messages =
          List.of(
              new Message(
                  Role.USER, random.nextInt(4) == 0 ? List.of(image, text) : List.of(text)));
      caller = random.nextInt(5) == 0 ? Given.caller("m0", "m1") : Given.caller();
    }

    private Model model(String id) {
      long in = random.nextInt(1, 10) * 100_000L;
      long out = random.nextInt(1, 80) * 1_000_000L;
      Price price =
          switch (random.nextInt(12)) {
            case 0 -> new Price.Free();
            case 1 -> new Price.Unknown();
            default -> new Price.Listed("p", Map.of(TokenClass.INPUT, in, TokenClass.OUTPUT, out));
          };
      var can = EnumSet.copyOf(Given.all());
      if (random.nextInt(3) == 0) {
        can.remove(Capability.IMAGES);
      }
      return Given.model(id, price, can, OptionalLong.of(random.nextInt(2_000, 20_000)));
    }

    List<String> names() {
      return List.copyOf(fleet.catalog().models().keySet());
    }

    Decision decide(Router router) {
      return decide(router, "auto");
    }

    Decision decide(Router router, String model) {
      ChatRequest request = Given.request(model, messages);
      return router.decide(request, caller, Conversation.UNKNOWN, fleet);
    }
  }
}
