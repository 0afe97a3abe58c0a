package dev.ockham.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.Secret;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentConfigTest {
  private static final CatalogFile SHIPPED = CatalogReader.shipped();

  @Test
  void a_key_in_the_environment_brings_its_provider_with_all_models() {
    Config config = read(Map.of("ANTHROPIC_API_KEY", " sk-ant \n"), List.of());

    assertThat(config.providers().keySet()).containsExactly("anthropic");
    assertThat(config.models()).containsKeys("claude-opus-4-8", "claude-haiku-4-5");
    assertThat(config.server().host()).isEqualTo("127.0.0.1");
    assertThat(config.defaultRoute()).isEqualTo("auto");
    Assembly assembly = Assembly.of(config, SHIPPED, LocalDate.of(2026, 10, 1));
    assertThat(config.keyring().to("anthropic").credential())
        .isEqualTo(new Credential.Key(Credential.Placement.X_API_KEY, new Secret("sk-ant")));
    assertThat(assembly.catalog().find("claude-haiku-4-5").orElseThrow().price())
        .isInstanceOf(Price.Listed.class);
  }

  @Test
  void every_starter_is_priced_and_has_a_first_guess_of_its_skill() {
    Config config = read(all(), List.of());
    Assembly assembly = Assembly.of(config, SHIPPED, LocalDate.of(2026, 10, 1));

    assertThat(config.routes().get("auto")).isNotNull();
    for (String name : config.routes().firstEntry().getValue().candidates()) {
      var model = assembly.catalog().find(name).orElseThrow();
      assertThat(model.price()).as(name).isInstanceOf(Price.Listed.class);
      assertThat(model.limits().contextWindow()).as(name).isPresent();
      assertThat(model.capabilities()).as(name).isNotEmpty();
    }
  }

  @Test
  void gemini_is_turned_on_by_either_of_its_variables() {
    for (String name : List.of("GEMINI_API_KEY", "GOOGLE_API_KEY")) {
      Config config = read(Map.of(name, "g-1"), List.of());
      assertThat(config.providers().keySet()).containsExactly("google");
      assertThat(config.keyring().to("google").credential())
          .isEqualTo(new Credential.Key(Credential.Placement.X_GOOG_API_KEY, new Secret("g-1")));
    }
  }

  @Test
  void bedrock_is_called_in_its_region_with_models_that_run_there() {
    Config config =
        read(Map.of("AWS_BEARER_TOKEN_BEDROCK", "b-1", "AWS_REGION", "eu-central-1"), List.of());

    assertThat(config.providers().firstEntry().getValue().baseUrl())
        .isEqualTo("https://bedrock-runtime.eu-central-1.amazonaws.com");
    assertThat(config.models().keySet())
        .contains("eu.anthropic.claude-opus-4-8", "amazon.nova-pro-v1:0")
        .noneMatch(name -> name.startsWith("us.") || name.startsWith("jp."));
    assertThat(config.routes().firstEntry().getValue().candidates())
        .containsExactly(
            "eu.anthropic.claude-opus-4-8", "eu.anthropic.claude-haiku-4-5-20251001-v1:0");
  }

  @Test
  void what_is_set_but_cannot_be_used_is_said() {
    var outcome =
        (ConfigOutcome.Read)
            EnvironmentConfig.read(
                SHIPPED,
                environment(
                    Map.of(
                        "OPENAI_API_KEY", "a",
                        "AWS_BEARER_TOKEN_BEDROCK", "b",
                        "AZURE_OPENAI_API_KEY", "c",
                        "AWS_ACCESS_KEY_ID", "d",
                        "AWS_SECRET_ACCESS_KEY", "e")),
                List.of());
    assertThat(outcome.config().providers().keySet()).containsExactly("openai");
    assertThat(outcome.warnings())
        .hasSize(2)
        .anySatisfy(text -> assertThat(text).contains("AWS_REGION"))
        .anySatisfy(text -> assertThat(text).contains("AZURE_OPENAI_API_KEY"));
  }

  @Test
  void local_models_are_free() {
    Config config = read(Map.of("OLLAMA_HOST", "127.0.0.1"), List.of("qwen3:8b"));
    assertThat(config.providers().firstEntry().getValue().baseUrl())
        .isEqualTo("http://127.0.0.1:11434/v1");
    assertThat(config.models().firstEntry().getValue().price()).contains(new Price.Free());
  }

  @Test
  void home_is_where_the_variable_says() {
    Path other = Path.of("/root");
    assertThat(Environment.of(Map.of("HOME", "/tmp/ada"), other, other).home())
        .isEqualTo(Path.of("/tmp/ada"));
    assertThat(Environment.of(Map.of(), other, other).home()).isEqualTo(other);
    assertThat(Environment.of(Map.of("HOME", "ada"), other, other).home()).isEqualTo(other);
  }

  @Test
  void nothing_set_is_a_problem_that_names_the_variables() {
    ConfigOutcome outcome = EnvironmentConfig.read(SHIPPED, environment(Map.of()), List.of());
    assertThat(((ConfigOutcome.Invalid) outcome).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.expected()).contains("OPENAI_API_KEY"));
  }

  private static Map<String, String> all() {
    return Map.of(
        "OPENAI_API_KEY", "a",
        "ANTHROPIC_API_KEY", "b",
        "MISTRAL_API_KEY", "c",
        "DEEPSEEK_API_KEY", "d",
        "GROQ_API_KEY", "e",
        "OPENROUTER_API_KEY", "f",
        "GEMINI_API_KEY", "g",
        "AWS_BEARER_TOKEN_BEDROCK", "h",
        "AWS_REGION", "us-east-1");
  }

  private static Config read(Map<String, String> variables, List<String> local) {
    ConfigOutcome outcome = EnvironmentConfig.read(SHIPPED, environment(variables), local);
    return ((ConfigOutcome.Read) outcome).config();
  }

  private static Environment environment(Map<String, String> variables) {
    return new Environment(variables, Path.of("/home/ada"), Path.of("/home/ada"));
  }
}
