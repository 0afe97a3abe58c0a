package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OckhamCommandTest {
  private static final List<String> COMMANDS =
      List.of(
          "serve",
          "demo",
          "test",
          "route",
          "check",
          "connect",
          "tail",
          "key",
          "budget",
          "eval",
          "train",
          "lab",
          "catalog",
          "reconcile",
          "reprice",
          "version");

  @TempDir private Path home = Path.of("");

  @Test
  void help_lists_every_command_with_an_example() {
    Typed typed = Typed.run(home, Map.of(), "--help");

    assertThat(typed.code()).isZero();
    for (String command : COMMANDS) {
      assertThat(typed.out()).as(command).contains("\n  " + command + " ");
      assertThat(typed.out()).as("example of " + command).contains("ockham " + command);
    }
    assertThat(typed.out()).contains("Exit codes");
  }

  @Test
  void every_command_explains_itself() {
    for (String command : COMMANDS) {
      Typed typed = Typed.run(home, Map.of(), command, "--help");
      assertThat(typed.code()).as(command).isZero();
      assertThat(typed.out()).as(command).contains("Example:");
    }
  }

  @Test
  void a_mistyped_command_is_not_understood_and_says_where_to_look() {
    Typed typed = Typed.run(home, Map.of(), "rout", "x");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("rout", "See: ockham --help");
    assertThat(Typed.run(home, Map.of()).code()).isEqualTo(2);
  }

  @Test
  void serving_without_any_provider_says_which_variables_to_set() {
    Typed typed = Typed.run(home, Map.of(), "serve");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "export ");
  }

  @Test
  void serving_with_a_bad_file_tells_all_its_problems() throws IOException {
    Files.writeString(home.resolve("bad.yaml"), "version: 2\nserver: {prt: 1}\n");
    Typed typed = Typed.run(home, Map.of(), "serve", "--config", "bad.yaml");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err())
        .contains(
            "4 problems", "line 1: version: \"2\"", "did you mean port?", "providers", "models");
  }

  @Test
  void route_explains_a_decision_without_any_key() {
    Typed typed = Typed.run(home, Map.of(), "route", "What is the capital of Peru?");

    assertThat(typed.code()).isZero();
    assertThat(typed.out()).contains("auto → ", "P(good)", "gpt-4.1-mini", "weights");
    assertThat(typed.err()).contains("No provider is configured");
  }

  @Test
  void route_prints_one_json_object() {
    Typed typed =
        Typed.run(home, Map.of("OPENAI_API_KEY", "sk-secret"), "route", "--json", "Hello");

    JsonNode decision = JsonMapper.shared().readTree(typed.out());
    assertThat(decision.path("candidates")).hasSize(3);
    assertThat(decision.path("model").asString()).isNotEmpty();
    assertThat(decision.path("mode").asString()).isEqualTo("enforce");
    assertThat(typed.out() + typed.err()).doesNotContain("sk-secret");
  }

  @Test
  void route_of_a_named_model_says_what_the_route_would_have_chosen() {
    Typed typed = Typed.run(home, Map.of(), "route", "--route", "gpt-5.4", "Hello");
    assertThat(typed.out()).contains("gpt-5.4 → gpt-5.4", "would have chosen");
  }

  @Test
  void route_to_nowhere_fails_with_the_name() {
    Typed typed = Typed.run(home, Map.of(), "route", "--route", "gtp-5", "Hello");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains("gtp-5");
  }

  @Test
  void the_schema_is_printed_for_editors() throws IOException {
    Typed typed = Typed.run(home, Map.of(), "check", "--schema");
    assertThat(typed.out()).isEqualTo(Files.readString(Path.of("docs/ockham.schema.json")));
  }

  @Test
  void a_budget_that_cannot_be_is_not_understood() {
    for (String[] wrong :
        List.of(
            new String[] {"budget", "set", "claims", "5"},
            new String[] {"budget", "set", "team:claims", "-5"},
            new String[] {"budget", "set", "team:claims", "5", "--period", "fortnight"},
            new String[] {"budget", "set", "team:claims", "5", "--zone", "Mars"})) {
      Typed typed = Typed.run(home, Map.of(), wrong);
      assertThat(typed.code()).isEqualTo(2);
      assertThat(typed.err()).startsWith("ockham: ");
    }
  }
}
