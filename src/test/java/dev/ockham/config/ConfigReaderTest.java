package dev.ockham.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Credential.Placement;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.TokenClass;
import dev.ockham.route.Objective;
import dev.ockham.route.Route;
import dev.ockham.route.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private static final CatalogFile SHIPPED = CatalogReader.shipped();
  private static final Path HOME = Path.of("/home/ada");
  private static final Environment NOTHING_SET = new Environment(Map.of(), HOME, HOME);
  private static final Environment KEYS_SET =
      new Environment(Map.of("OPENAI_API_KEY", "sk-1", "ANTHROPIC_API_KEY", "sk-2"), HOME, HOME);
  private static final String SMALLEST =
      """
      version: 1
      providers:
        openai: {}
      models:
        gpt-4o: {provider: openai}
      """;

  @Test
  void what_is_not_set_has_its_default() {
    Config config = read(SMALLEST);

    assertThat(config.server())
        .isEqualTo(
            new Config.Server(
                "127.0.0.1",
                8484,
                32 * 1024 * 1024,
                OptionalLong.empty(),
                new Config.Deadlines(
                    Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(30))));
    assertThat(config.data().folder()).isEqualTo(Path.of("/home/ada/.ockham"));
    assertThat(config.privacy())
        .isEqualTo(new Config.Privacy(true, Duration.ofDays(90), Optional.empty()));
    assertThat(config.providers())
        .containsExactly(
            Map.entry(
                "openai",
                new Config.Provider(Dialect.OPENAI_CHAT, "https://api.openai.com/v1", "openai")));
    assertThat(config.models())
        .containsExactly(
            Map.entry(
                "gpt-4o",
                new Config.ModelEntry(
                    "openai",
                    "gpt-4o",
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    OptionalDouble.empty(),
                    Config.Serving.ALONE)));
    assertThat(config.aliases()).isEmpty();
    assertThat(config.routes())
        .containsExactly(
            Map.entry(
                "auto",
                new Route("auto", List.of("gpt-4o"), "gpt-4o", List.of(), new Objective(0.01))));
    assertThat(config.defaultRoute()).isEqualTo("auto");
  }

  @Test
  void every_key_can_be_set_to_something_else() {
    Config config = example("every-key.yaml", NOTHING_SET);

    assertThat(config.server())
        .isEqualTo(
            new Config.Server(
                "0.0.0.0",
                9000,
                8 * 1024 * 1024,
                OptionalLong.of(256 << 20),
                new Config.Deadlines(
                    Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ofMinutes(1))));
    assertThat(config.data().folder()).isEqualTo(Path.of("/var/lib/ockham"));
    assertThat(config.privacy())
        .isEqualTo(
            new Config.Privacy(
                false,
                Duration.ofDays(7),
                Optional.of(Duration.ofDays(30)),
                Optional.of(Duration.ofDays(29))));
    assertThat(config.providers().get("house"))
        .isEqualTo(
            new Config.Provider(
                Dialect.ANTHROPIC_MESSAGES, "http://models.internal:8080/api", "anthropic"));
    assertThat(config.keyring().to("house").credential())
        .isEqualTo(new Credential.Key(Placement.X_API_KEY, new Secret("example-secret-not-real")));
    Config.ModelEntry fast = Objects.requireNonNull(config.models().get("fast"));
    assertThat(fast.upstreamName()).isEqualTo("claude-haiku-4-5");
    assertThat(fast.contextWindow()).hasValue(100_000);
    assertThat(fast.maxOutput()).hasValue(4096);
    assertThat(fast.capabilities())
        .contains(EnumSet.complementOf(EnumSet.of(Capability.EMBEDDINGS)));
    assertThat(fast.priorSkill()).hasValue(0.7);
    assertThat(((Price.Listed) fast.price().orElseThrow()).picosPerToken())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                TokenClass.INPUT, 800_000L,
                TokenClass.OUTPUT, 4_000_000L,
                TokenClass.CACHE_READ, 80_000L,
                TokenClass.CACHE_WRITE_5M, 1_000_000L,
                TokenClass.CACHE_WRITE_1H, 1_600_000L,
                TokenClass.REASONING, 4_500_000L));
    assertThat(config.aliases()).containsExactly(Map.entry("best", "strong"));
    assertThat(config.routes().get("support"))
        .isEqualTo(
            new Route(
                "support",
                List.of("fast", "best"),
                "best",
                List.of(
                    new Rule(
                        "pictures need the strong one",
                        new Rule.When(
                            Optional.of(true),
                            Optional.of(false),
                            Optional.of("team:support"),
                            OptionalLong.of(100),
                            OptionalLong.of(50_000)),
                        new Rule.Then.Use("strong")),
                    new Rule(
                        "nothing long on the fast one",
                        new Rule.When(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalLong.of(20_000),
                            OptionalLong.empty()),
                        new Rule.Then.Exclude("fast")),
                    new Rule(
                        "claims like the fast one",
                        written("caller.team == 'claims' && !request.has_images"),
                        new Rule.Then.Prefer("fast")),
                    new Rule(
                        "law is told apart",
                        written("features.domain in ['law', 'medicine']"),
                        new Rule.Then.Label("delicate"))),
                new Objective(0.05)));
    assertThat(config.defaultRoute()).isEqualTo("support");
  }

  private static Rule.When written(String condition) {
    return Rule.When.of(CelRules.expression(condition));
  }

  @Test
  void the_examples_are_valid_and_surprise_nobody() {
    for (String name : List.of("two-providers.yaml", "local-and-cloud.yaml", "every-key.yaml")) {
      ConfigOutcome outcome = ConfigReader.read(Path.of("examples", name), SHIPPED, KEYS_SET);
      assertThat(outcome).as(name).isInstanceOf(ConfigOutcome.Read.class);
      assertThat(((ConfigOutcome.Read) outcome).warnings()).as(name).isEmpty();
    }
  }

  @Test
  void all_problems_are_told_at_once_with_line_path_value_and_what_was_expected() {
    List<ConfigProblem> problems =
        problems(
            """
            version: 1
            sever: {port: 1}
            server: {port: 70000, max-body: 3GB}
            providers:
              openai: {api-key: "${env:NOT_SET}"}
              mine: {dialect: cobol}
            models:
              a:
                provider: opnai
                price: {input: "-2", output: "1"}
              b: {provider: mine, price: dear}
            routes:
              auto:
                candidates: [a, c]
                rules:
                  - {name: r, use: a, exclude: b}
            """);

    assertThat(problems.stream().map(ConfigProblem::toString))
        .containsExactlyInAnyOrder(
            "line 2: sever: \"sever\" (expected: a known key; did you mean server?)",
            "line 3: server.port: \"70000\" (expected: a port, 0 to 65535; 0 lets the system choose)",
            "line 3: server.max-body: \"3GB\" (expected: a size from 1KiB to 1GiB, such as 32MiB)",
            "line 5: providers.openai.api-key: \"${env:NOT_SET}\" (expected: the environment"
                + " variable NOT_SET to be set)",
            "line 6: providers.mine.dialect: \"cobol\" (expected: one of openai-chat,"
                + " openai-responses, anthropic-messages, gemini-generate, bedrock-converse)",
            "line 6: providers.mine.base-url: \"absent\" (expected: it, since the catalog does not"
                + " know \"mine\")",
            "line 9: models.a.provider: \"opnai\" (expected: a name under providers; did you mean"
                + " openai?)",
            "line 10: models.a.price.input: \"-2\" (expected: a decimal from 0 to 10000, US dollars"
                + " per million tokens, at most 6 decimals)",
            "line 11: models.b.price: \"dear\" (expected: free, unknown, or prices per million"
                + " tokens)",
            "line 14: routes.auto.candidates[1]: \"c\" (expected: a model or alias; did you mean"
                + " a?)",
            "line 16: routes.auto.rules[0]: \"use and exclude\" (expected: one of use, exclude, prefer, label)");
  }

  @Test
  void a_secret_in_the_file_is_a_problem_and_is_not_repeated() {
    List<ConfigProblem> problems =
        problems(SMALLEST.replace("openai: {}", "openai: {api-key: sk-very-secret}"));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().toString()).contains("${env:NAME}").doesNotContain("sk-very");
  }

  @Test
  void a_resolved_secret_does_not_print_itself() {
    assertThat(example("two-providers.yaml", KEYS_SET).toString()).doesNotContain("sk-1");
    assertThat(KEYS_SET.toString()).doesNotContain("sk-1");
  }

  @Test
  void plain_http_to_another_machine_must_be_asked_for() {
    String url = "openai: {base-url: \"http://10.0.0.7/v1\"}";
    assertThat(problems(SMALLEST.replace("openai: {}", url)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.expected()).contains("https", "allow-http"));

    String here = "openai: {base-url: \"http://127.0.0.1:1/v1\"}";
    assertThat(read(SMALLEST.replace("openai: {}", here)).providers().get("openai")).isNotNull();
  }

  @Test
  void aliases_of_yaml_are_refused_before_they_grow() {
    assertThat(problems("version: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"))
        .anySatisfy(problem -> assertThat(problem.expected()).contains("aliases are not read"));
  }

  @Test
  void a_budget_for_bodies_has_room_for_one() {
    assertThat(problems(SMALLEST + "server: {body-budget: 16MiB}\n"))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.expected()).contains("twice server.max-body", "67108864"));

    String fits = SMALLEST + "server: {body-budget: 16MiB, max-body: 8MiB}\n";
    assertThat(read(fits).server().maxBodyBytes()).isEqualTo(8 << 20);
  }

  @Test
  void who_we_are_to_a_proxy_stands_beside_the_proxy() {
    String elsewhere =
        SMALLEST.replace("openai: {}", "openai: {network: {proxy-password: \"${env:P}\"}}")
            + "network: {proxy: \"http://proxy:3128\"}\n";
    assertThat(problems(elsewhere))
        .singleElement()
        .satisfies(problem -> assertThat(problem.expected()).contains("proxy beside it"));
  }

  @Test
  void a_key_given_twice_is_a_problem() {
    assertThat(problems(SMALLEST + "version: 1\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.expected()).contains("line 1"));
  }

  @Test
  void what_is_no_yaml_is_said_with_its_line() {
    assertThat(problems("version: 1\nmodels: [\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.value()).startsWith("not YAML"));
    assertThat(problems("")).hasSize(1);
    assertThat(problems("- 1")).hasSize(1);
    assertThat(problems("version: 1\n---\nversion: 1\n")).isNotEmpty();
  }

  @Test
  void deep_nesting_is_refused() {
    assertThat(problems("a: " + "[".repeat(5000) + "]".repeat(5000))).isNotEmpty();
  }

  @Test
  void a_name_means_one_thing() {
    assertThat(problems(SMALLEST + "aliases: {gpt-4o: gpt-4o, auto: gpt-4o}\n"))
        .extracting(ConfigProblem::path)
        .containsExactly("aliases.gpt-4o", "aliases.auto");
  }

  @Test
  void a_model_nobody_knows_is_taken_with_a_warning() {
    String yaml = SMALLEST.replace("gpt-4o:", "mystery:");
    ConfigOutcome outcome =
        ConfigReader.parse(yaml, Path.of("/etc/ockham.yaml"), SHIPPED, NOTHING_SET);
    assertThat(((ConfigOutcome.Read) outcome).warnings())
        .hasSize(2)
        .anySatisfy(text -> assertThat(text).contains("models.mystery", "price is unknown"));
  }

  @Test
  void a_missing_file_is_said_as_such() {
    assertThat(ConfigReader.read(Path.of("/no/such.yaml"), SHIPPED, NOTHING_SET))
        .isInstanceOf(ConfigOutcome.Invalid.class);
  }

  private static Config read(String yaml) {
    ConfigOutcome outcome =
        ConfigReader.parse(yaml, Path.of("/etc/ockham.yaml"), SHIPPED, NOTHING_SET);
    assertThat(outcome).isInstanceOf(ConfigOutcome.Read.class);
    return ((ConfigOutcome.Read) outcome).config();
  }

  private static Config example(String name, Environment environment) {
    ConfigOutcome outcome = ConfigReader.read(Path.of("examples", name), SHIPPED, environment);
    assertThat(outcome).isInstanceOf(ConfigOutcome.Read.class);
    return ((ConfigOutcome.Read) outcome).config();
  }

  private static List<ConfigProblem> problems(String yaml) {
    ConfigOutcome outcome =
        ConfigReader.parse(yaml, Path.of("/etc/ockham.yaml"), SHIPPED, NOTHING_SET);
    assertThat(outcome).isInstanceOf(ConfigOutcome.Invalid.class);
    return ((ConfigOutcome.Invalid) outcome).problems();
  }
}
