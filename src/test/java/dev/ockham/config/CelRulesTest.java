package dev.ockham.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import dev.ockham.route.Decision;
import dev.ockham.route.Expression;
import dev.ockham.route.Fleet;
import dev.ockham.route.Objective;
import dev.ockham.route.Route;
import dev.ockham.route.Router;
import dev.ockham.route.Rule;
import dev.ockham.route.Scorer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CelRulesTest {
  private static final List<String> TEAMS = List.of("claims", "law", "support");

  @Test
  void every_mistake_of_a_route_is_told_with_path_place_and_what_was_expected() {
    String route =
        """
        candidates: [small]
        rules:
          - name: a
            when: request.has_image && caller.team == 'claims'
            label: x
          - name: b
            when: request.input_tokens > 'many'
            use: small
          - name: c
            when: request.input_tokens + 1
            use: gone
          - name: d
            when: caller.team = 'x'
            exclude: small
            prefer: small
        """;

    assertThat(problems(route))
        .anySatisfy(problem ->
            assertThat(problem)
                .contains("line 4")
                .contains("routes.r.rules[0].when")
                .contains("at character 1")
                .contains("did you mean request.has_images?"))
        .anySatisfy(problem -> assertThat(problem).contains("rules[1].when").contains("'_>_'"))
        .anySatisfy(problem -> assertThat(problem).contains("rules[2].when").contains("bool"))
        .anySatisfy(problem -> assertThat(problem).contains("rules[2].use").contains("gone"))
        .anySatisfy(problem -> assertThat(problem).contains("rules[3].when").contains("character"))
        .anySatisfy(problem -> assertThat(problem).contains("exclude and prefer"));
  }

  @Test
  void a_route_with_rules_is_written_so_that_it_reads_the_same() {
    Route route =
        read(
            """
            candidates: [small, big]
            default: big
            rules:
              - {name: a, when: "caller.team in ['law']", prefer: small}
              - {name: b, when: {has-images: true}, exclude: small}
              - {name: c, when: "caller.team.startsWith('cl')", label: claims}
            """);

    assertThat(read(RouteDocument.write(route))).isEqualTo(route);
  }

  @Test
  void what_is_simplified_says_the_same_as_cel() {
    List<String> texts =
        List.of(
            "request.has_images",
            "!request.has_images && caller.team == 'claims'",
            "request.has_tools || request.input_tokens >= 100",
            "caller.team in ['claims', 'law']",
            "'team:law' in caller.scopes",
            "request.input_tokens < 50 && request.input_tokens != 20",
            "!(caller.team != 'support' || request.has_images) || caller.role == 'admin'",
            "features.far || features.distance > 0.5",
            "request.max_output > request.input_tokens",
            "request.model == 'r' && true",
            "caller.team.startsWith('cl') || caller.team.endsWith('w')",
            "caller.team.contains('aim')");
    var rules = new ArrayList<Rule>();
    for (String text : texts) {
      Expression plain = CelRules.expression(text);
      rules.add(labelled("plain", plain, rules.size() / 2));
      rules.add(labelled("cel", CelRules.unsimplified(text), rules.size() / 2));
    }
    var random = new Random(11);
    int held = 0;
    for (int i = 0; i < 500; i++) {
      List<String> labels = labels(rules, random);
      for (int rule = 0; rule < texts.size(); rule++) {
        boolean plain = labels.contains("plain" + rule);
        assertThat(labels.contains("cel" + rule)).as(texts.get(rule)).isEqualTo(plain);
        held += plain ? 1 : 0;
      }
    }
    assertThat(held).isBetween(500, 5_500);
  }

  @Test
  void a_rule_without_an_answer_excludes_and_does_nothing_else() {
    Expression nothing =
        CelRules.expression("1 / (request.input_tokens - request.input_tokens) > 0");
    var label = new Rule("a", Rule.When.of(nothing), new Rule.Then.Label("never"));
    var exclude = new Rule("b", Rule.When.of(nothing), new Rule.Then.Exclude("small"));
    Decision decision = decide(List.of(label, exclude), new Random(1));

    assertThat(decision.why().labels()).isEmpty();
    assertThat(((Decision.Chosen) decision).first().id()).isEqualTo("big");
  }

  @Test
  void a_preferred_model_takes_the_place_of_the_default() {
    Rule always =
        new Rule(
            "a",
            Rule.When.of(CelRules.expression("caller.team in " + quoted())),
            new Rule.Then.Prefer("small"));

    assertThat(((Decision.Chosen) decide(List.of(always), new Random(1))).first().id())
        .isEqualTo("small");
  }

  private static String quoted() {
    return "['" + String.join("','", TEAMS) + "']";
  }

  private static Rule labelled(String kind, Expression expression, int number) {
    return new Rule(kind + number, Rule.When.of(expression), new Rule.Then.Label(kind + number));
  }

  private static List<String> labels(List<Rule> rules, Random random) {
    return decide(rules, random).why().labels();
  }

  private static Decision decide(List<Rule> rules, Random random) {
    var parts = new ArrayList<Part>();
    if (random.nextBoolean()) {
      parts.add(new Part.Image(new Part.Source.Address("https://example.org/a.png")));
    }
    parts.add(new Part.Text("word ".repeat(random.nextInt(120))));
    var caller =
        new Caller(
            "default",
            "k",
            "p",
            random.nextInt(4) == 0 ? Caller.Role.ADMIN : Caller.Role.CLIENT,
            List.of(Scope.parse("team:" + TEAMS.get(random.nextInt(TEAMS.size())))),
            Set.of());
    ChatRequest request =
        ChatRequest.asking("r", List.of(new Message(Role.USER, parts)))
            .withMaxOutput(OptionalLong.of(1 + random.nextInt(200)));
    var models = new LinkedHashMap<String, Model>();
    models.put("small", model("small"));
    models.put("big", model("big"));
    var route = new Route("r", List.of("small", "big"), "big", rules, new Objective(0.01));
    var fleet =
        new Fleet(new Catalog("c", models, Map.of()), Map.of("r", route), "r", Scorer.none(), "v");
    return new Router().decide(request, caller, Conversation.UNKNOWN, fleet);
  }

  private static Model model(String id) {
    return new Model(
        id,
        new Endpoint("p", Dialect.OPENAI_CHAT, "http://127.0.0.1:1", Duration.ofSeconds(1)),
        id,
        new Model.Limits(OptionalLong.empty(), OptionalLong.empty()),
        EnumSet.complementOf(EnumSet.of(Capability.EMBEDDINGS)),
        new Price.Free(),
        OptionalDouble.empty());
  }

  private static List<String> problems(String text) {
    return switch (RouteDocument.read("r", text, Set.of("small"))) {
      case RouteDocument.Outcome.Read read -> throw new AssertionError(read);
      case RouteDocument.Outcome.Invalid(var problems) ->
          problems.stream().map(ConfigProblem::toString).toList();
    };
  }

  private static Route read(String text) {
    return switch (RouteDocument.read("r", text, Set.of("small", "big"))) {
      case RouteDocument.Outcome.Read(Route route) -> route;
      case RouteDocument.Outcome.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }
}
