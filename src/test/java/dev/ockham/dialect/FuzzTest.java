package dev.ockham.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.ClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of hostile bytes, before a fuzzer that watches which branches they take. */
class FuzzTest {
  private static final Path SEEDS = Path.of("src", "test", "resources", "fuzz");
  private static final Duration EACH = Duration.ofMinutes(10);
  private static final Duration PLANTED = Duration.ofMinutes(2);

  /** What the fuzzer ends with where it has found a bug. */
  private static final int FOUND = 77;

  @TempDir Path folder = Path.of("");

  @Test
  void what_was_once_found_or_chosen_is_read_without_a_bug() throws IOException {
    assertThat(replayed("sse", SseFuzz::fuzzerTestOneInput)).isPositive();
    assertThat(replayed("eventstream", EventStreamFuzz::fuzzerTestOneInput)).isPositive();
    assertThat(replayed("json", JsonFuzz::fuzzerTestOneInput)).isPositive();
  }

  @Test
  @Tag("long")
  void the_planted_bug_is_found() throws Exception {
    assertThat(fuzz(PlantedFuzz.class, "planted", PLANTED)).isEqualTo(FOUND);
  }

  @Test
  @Tag("long")
  void ten_minutes_find_nothing_in_the_reader_of_server_sent_events() throws Exception {
    assertThat(fuzz(SseFuzz.class, "sse", EACH)).isZero();
  }

  @Test
  @Tag("long")
  void ten_minutes_find_nothing_in_the_reader_of_event_streams() throws Exception {
    assertThat(fuzz(EventStreamFuzz.class, "eventstream", EACH)).isZero();
  }

  @Test
  @Tag("long")
  void ten_minutes_find_nothing_in_the_readers_of_requests() throws Exception {
    assertThat(fuzz(JsonFuzz.class, "json", EACH)).isZero();
  }

  private static int replayed(String name, Consumer<byte[]> target) throws IOException {
    int count = 0;
    try (Stream<Path> seeds = Files.list(SEEDS.resolve(name))) {
      for (Path seed : seeds.sorted().toList()) {
        target.accept(Files.readAllBytes(seed));
        count++;
      }
    }
    return count;
  }

  /** Runs the fuzzer in a process of its own; new inputs go to a folder that is thrown away. */
  private int fuzz(Class<?> target, String seeds, Duration length) throws Exception {
    Path found = Files.createDirectories(folder.resolve("found"));
    var command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                ClassPath.text(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=dev.ockham.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + length.toSeconds(),
                "-max_len=8192",
                found.toString()));
    Path chosen = SEEDS.resolve(seeds).toAbsolutePath();
    if (Files.isDirectory(chosen)) {
      command.add(chosen.toString());
    }
    Path log = folder.resolve("log");
    Process fuzzer =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = fuzzer.waitFor(length.plusMinutes(2).toSeconds(), TimeUnit.SECONDS);
      assertThat(ended).as("the fuzzer ends by itself").isTrue();
      if (fuzzer.exitValue() != 0) {
        // with the input, in base 64, and the place: a finding becomes a seed
        System.err.println(Files.readString(log));
      }
      return fuzzer.exitValue();
    } finally {
      fuzzer.destroyForcibly();
    }
  }
}
