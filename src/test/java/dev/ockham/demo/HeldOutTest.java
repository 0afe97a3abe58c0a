package dev.ockham.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Fleet;
import dev.ockham.route.Router;
import dev.ockham.route.Scorer;
import dev.ockham.route.Scores;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the demo's router does with all held-out questions, decided in process. */
@Tag("long")
final class HeldOutTest {
  private static final Caller CALLER =
      new Caller("default", "k", "p", Caller.Role.CLIENT, List.of(), Set.of());

  private final Vertx vertx = Vertx.vertx();
  private final DemoData data = DemoData.read(DemoData.HELD_OUT);
  private final Map<String, Tariff> tariffs = data.tariffs();
  private final Scorer scorer = new RememberingScorer(Lineup.scorer(), new HashMap<>());
  private final RecordedFleet servers =
      RecordedFleet.start(vertx, data.models(), List.of(), Pace.NONE, new SplittableRandom(1))
          .await();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void three_thousand_questions_are_held_out_and_no_two_are_the_same() {
    assertThat(data.questions()).hasSize(3_000);
    assertThat(data.questions().stream().map(Question::prompt)).doesNotHaveDuplicates();
    assertThat(data.questions())
        .allSatisfy(question -> assertThat(question.answers()).containsOnlyKeys(tariffs.keySet()));
  }

  @Test
  void a_third_of_the_best_single_models_cost_is_saved() {
    Tally best = Strategy.always(data.training().bestSingle()).over(data.questions(), tariffs);
    Tally router = routed(data.training().dollarsPerGoodAnswer());

    double saved = 100 * (1 - (double) router.totalPicos() / best.totalPicos());
    print("saved %.1f %%, accuracy %+.2f points", saved, router.accuracy() - best.accuracy());
    assertThat(saved).isGreaterThanOrEqualTo(33);
  }

  @Test
  void at_the_domain_tables_cost_the_router_is_not_less_often_right() {
    Tally table =
        Strategy.byDomain(data.training().domainTable(), data.training().bestSingle())
            .over(data.questions(), tariffs);

    double router = accuracyAtCost(table.totalPicos());
    print("at the domain table's cost: router %.2f %%, table %.2f %%", router, table.accuracy());
    assertThat(router).isGreaterThanOrEqualTo(table.accuracy());
  }

  /** Turns the route's setting until the router costs just not more than this. */
  private double accuracyAtCost(long picos) {
    double low = 1e-5;
    double high = 1;
    for (int halving = 0; halving < 16; halving++) {
      double middle = Math.sqrt(low * high);
      if (routed(middle).totalPicos() > picos) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return routed(low).accuracy();
  }

  private Tally routed(double dollarsPerGoodAnswer) {
    Fleet fleet = Lineup.of(data, servers.members(), scorer, dollarsPerGoodAnswer);
    var router = new Router();
    var chosen = new ArrayList<String>();
    for (Question question : data.questions()) {
      var conversation = new Conversation(question.id(), Optional.empty(), 0);
      Decision decision = router.decide(request(question), CALLER, conversation, fleet);
      chosen.add(((Decision.Chosen) decision).first().id());
    }
    return Tally.of(data.questions(), chosen, tariffs);
  }

  private static ChatRequest request(Question question) {
    var message = new Message(Role.USER, List.of(new Part.Text(question.prompt())));
    return ChatRequest.asking(Fleet.AUTO, List.of(message)).withMaxOutput(OptionalLong.of(4_096));
  }

  /** The same questions are decided at many settings; what is known of them stays the same. */
  private record RememberingScorer(Scorer scorer, Map<String, Scores> known) implements Scorer {
    @Override
    public Scores score(String ask, List<Model> candidates) {
      return known.computeIfAbsent(ask, text -> scorer.score(text, candidates));
    }

    @Override
    public String version() {
      return scorer.version();
    }
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void print(String format, Object... values) {
    System.out.printf(java.util.Locale.ROOT, format + "%n", values);
  }
}
