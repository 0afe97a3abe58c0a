package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private record Ran(int code, String said) {}

  @TempDir private Path folder = Path.of("");

  @Test
  void without_any_jdk_it_says_what_to_install() throws Exception {
    Ran ran = run(launcher("plain"), Map.of("OCKHAM_JDK_FOLDERS", "/nonexistent"));

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.said())
        .contains("needs a JDK 25 or newer, and found none", "adoptium", "brew", "JAVA_HOME");
  }

  @Test
  void an_old_jdk_and_one_without_a_compiler_are_named_and_not_used() throws Exception {
    Path old = jdk("old", "17.0.2", true);
    jdk("jre", "25.0.1", false);
    Ran ran =
        run(
            launcher("plain"),
            Map.of("JAVA_HOME", old.toString(), "OCKHAM_JDK_FOLDERS", folder.toString()));

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.said())
        .contains("Found only:", old + " (17.0.2, JDK)", "jre (25.0.1, without a compiler)");
  }

  @Test
  void it_runs_what_is_built_from_a_folder_with_blanks_and_through_a_link() throws Exception {
    Path jdk = jdk("new jdk", "25.0.3", true);
    Path launcher = launcher("a folder with blanks");
    Path run = Files.createDirectories(launcher.resolveSibling("target/run"));
    Files.writeString(Files.createDirectories(run.resolve("b1")).resolve("ockham.jar"), "");
    Files.writeString(run.resolve("current"), "b1\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), launcher);

    Ran ran =
        run(
            link,
            Map.of("JAVA_HOME", jdk.toString(), "PATH", System.getenv("PATH")),
            "route",
            "two words");

    assertThat(ran.said())
        .contains("--enable-native-access", run + "/b1/ockham.jar route two words");
    assertThat(ran.code()).isEqualTo(7);
  }

  @Test
  void newer_sources_are_built_first_and_a_failed_build_is_said() throws Exception {
    Path jdk = jdk("jdk", "25.0.3", true);
    Path launcher = launcher("clone");
    Path mvnw = launcher.resolveSibling("mvnw");
    Files.writeString(mvnw, "#!/bin/sh\necho broken; exit 1\n");
    assertThat(mvnw.toFile().setExecutable(true)).isTrue();

    Ran ran =
        run(
            launcher,
            Map.of("JAVA_HOME", jdk.toString(), "PATH", System.getenv("PATH")),
            "version");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.said()).contains("ockham: building", "broken", "the build failed");
  }

  /** A copy of the launcher, alone in a folder. */
  private Path launcher(String name) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name)).resolve("ockham");
    Files.copy(Path.of("ockham"), copy);
    assertThat(copy.toFile().setExecutable(true)).isTrue();
    return copy;
  }

  /** Something that looks like a JDK, and prints what it is run with. */
  private Path jdk(String name, String version, boolean compiler) throws IOException {
    Path home = folder.resolve(name);
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    for (String tool : compiler ? List.of("java", "javac") : List.of("java")) {
      Path file = Files.writeString(bin.resolve(tool), "#!/bin/sh\necho \"$@\"\nexit 7\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    return home;
  }

  private static Ran run(Path launcher, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    var command = new java.util.ArrayList<String>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().putIfAbsent("PATH", "");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), said);
  }
}
