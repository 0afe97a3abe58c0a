package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.config.Environment;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DemoCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void json_alone_is_on_standard_output_and_the_store_is_kept_where_told() throws Exception {
    Path kept = folder.resolve("run");

    int code = execute("demo", "--json", "--questions", "12", "--keep", kept.toString());

    assertThat(err.toString()).contains("asked 12 of 12");
    assertThat(code).isEqualTo(OckhamCommand.OK);
    JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.path("questions").asInt()).isEqualTo(12);
    assertThat(kept.resolve("data")).isDirectory();
    assertThat(Files.readAllLines(kept.resolve("receipts.jsonl"))).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "3001", "many"})
  void a_number_of_questions_that_cannot_be_asked_is_refused(String number) {
    assertThat(execute("demo", "--questions", number)).isEqualTo(OckhamCommand.USAGE);

    assertThat(err.toString()).contains("--questions").contains(number);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_folder_with_something_in_it_is_not_written_to() throws Exception {
    Files.createFile(folder.resolve("mine"));

    assertThat(execute("demo", "--json", "--keep", folder.toString()))
        .isEqualTo(OckhamCommand.USAGE);

    assertThat(err.toString()).contains(folder.toString()).contains("new or empty");
    assertThat(folder).isDirectoryNotContaining(path -> !path.endsWith("mine"));
  }

  private int execute(String... arguments) {
    var terminal =
        new Terminal(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new BufferedReader(new StringReader("")),
            false);
    var environment = new Environment(Map.of(), folder, folder);
    var ambient = new Ambient(InstantSource.system(), System::nanoTime, new SecureRandom());
    return OckhamCommand.line(environment, terminal, ambient).execute(arguments);
  }
}
