package dev.ockham.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ockham.chat.Dialect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code examples/check_python.py} with the Python SDKs that this machine happens to have. */
@Tag("long")
final class PythonCheckTest {
  private static final String PYTHON = "python3";
  private static final Path CHECK = Path.of("examples", "check_python.py").toAbsolutePath();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void the_check_fails_with_no_sdk_that_is_installed(Dialect model) {
    assumeTrue(InstalledClients.onPath(PYTHON).isPresent(), "python3 is not installed");
    try (var models = FiveModels.start(folder.resolve("data"), Errand.WEATHER::script)) {
      var process = new ClientProcess(folder.resolve("work"), "http://127.0.0.1:9");
      ClientProcess.Ended ended =
          process.run(
              List.of(
                  InstalledClients.onPath(PYTHON).orElseThrow().toString(),
                  CHECK.toString(),
                  models.url(),
                  models.key(),
                  model.wireName()),
              Map.of("PATH", System.getenv("PATH")));

      assertThat(ended.exit()).as("%s", ended).isZero();
      assertThat(ended.out()).contains("\"failures\": 0").doesNotContain("FAILED");
    }
  }
}
