package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DemoCommandTest {
  @TempDir private Path folder;

  @Test
  void json_alone_is_on_standard_output_and_the_store_is_kept_where_told() throws Exception {
    Path kept = folder.resolve("run");

    Typed demo = typed("demo", "--json", "--questions", "12", "--keep", kept.toString());

    assertThat(demo.err()).contains("asked 12 of 12");
    assertThat(demo.code()).isEqualTo(OckhamCommand.OK);
    JsonNode json = JsonMapper.shared().readTree(demo.out());
    assertThat(json.path("questions").asInt()).isEqualTo(12);
    assertThat(kept.resolve("data")).isDirectory();
    assertThat(Files.readAllLines(kept.resolve("receipts.jsonl"))).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "3001", "many"})
  void a_number_of_questions_that_cannot_be_asked_is_refused(String number) {
    Typed demo = typed("demo", "--questions", number);

    assertThat(demo.code()).isEqualTo(OckhamCommand.USAGE);
    assertThat(demo.err()).contains("--questions").contains(number);
    assertThat(demo.out()).isEmpty();
  }

  @Test
  void a_folder_with_something_in_it_is_not_written_to() throws Exception {
    Files.createFile(folder.resolve("mine"));

    Typed demo = typed("demo", "--json", "--keep", folder.toString());

    assertThat(demo.code()).isEqualTo(OckhamCommand.USAGE);
    assertThat(demo.err()).contains(folder.toString()).contains("new or empty");
    assertThat(folder).isDirectoryNotContaining(path -> !path.endsWith("mine"));
  }

  private Typed typed(String... arguments) {
    return Typed.run(folder, Map.of("OPENAI_API_KEY", "sk-not-for-the-demo"), arguments);
  }
}
