package dev.ockham.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresumedSkillTest {
  @ParameterizedTest
  @CsvSource({
    "gpt-5.4, gpt-5.4-mini",
    "gpt-5.4-mini, gpt-5.4-nano",
    "claude-opus-4-8, claude-sonnet-4-6",
    "claude-sonnet-4-6, claude-haiku-4-5",
    "gemini-2.5-pro, gemini-2.5-flash",
    "gemini-2.5-flash, gemini-2.5-flash-lite",
    "mistral-large-2512, mistral-small-2603",
    "gpt-5, gpt-5-mini",
    "claude-opus-4-8, gpt-5-nano"
  })
  void a_family_is_ordered_by_size(String larger, String smaller) {
    assertThat(skill(larger)).isGreaterThan(skill(smaller) + 0.02);
  }

  @Test
  void a_local_model_is_judged_by_the_parameters_in_its_name() {
    assertThat(local("llama3.1:70b").getAsDouble()).isGreaterThan(local("qwen3:8b").getAsDouble());
    assertThat(local("qwen3:8b").getAsDouble()).isGreaterThan(local("llama3.2:1b").getAsDouble());
    assertThat(local("mixtral:8x22b")).hasValue(local("gpt-oss:120b").getAsDouble());
  }

  @Test
  void nothing_is_presumed_of_a_name_and_a_price_that_tell_nothing() {
    assertThat(local("frobnicator")).isEmpty();
  }

  @Test
  void the_ablest_of_all_that_is_there_is_the_default() {
    Config config =
        read(Map.of("OPENAI_API_KEY", "a", "ANTHROPIC_API_KEY", "b", "GEMINI_API_KEY", "c"));

    assertThat(config.routes().firstEntry().getValue().fallback()).isEqualTo("claude-opus-4-8");
  }

  @Test
  void local_models_beside_a_strong_one_are_no_default() {
    var outcome =
        (ConfigOutcome.Read)
            EnvironmentConfig.read(
                CatalogReader.shipped(),
                environment(Map.of("OLLAMA_HOST", "127.0.0.1", "OPENAI_API_KEY", "a")),
                List.of("frobnicator", "qwen3:8b"));

    assertThat(outcome.config().routes().firstEntry().getValue().fallback()).isEqualTo("gpt-5.4");
  }

  private static OptionalDouble local(String name) {
    return PresumedSkill.of(name, new Price.Free(), OptionalDouble.empty());
  }

  private static double skill(String name) {
    Config config =
        read(
            Map.of(
                "OPENAI_API_KEY", "a",
                "ANTHROPIC_API_KEY", "b",
                "GEMINI_API_KEY", "c",
                "MISTRAL_API_KEY", "d"));
    Model model =
        Assembly.of(config, CatalogReader.shipped(), LocalDate.of(2026, 10, 1))
            .catalog()
            .find(name)
            .orElseThrow();
    return model.priorSkill().orElseThrow();
  }

  private static Config read(Map<String, String> variables) {
    return ((ConfigOutcome.Read)
            EnvironmentConfig.read(CatalogReader.shipped(), environment(variables), List.of()))
        .config();
  }

  private static Environment environment(Map<String, String> variables) {
    return new Environment(variables, Path.of("/home/ada"), Path.of("/home/ada"));
  }
}
