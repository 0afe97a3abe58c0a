package dev.ockham.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Holds {@code docs/clients.md} against the clients that the long tests run. */
final class ClientsPageTest {
  /** What npm calls an agent. */
  private static final Map<String, String> AGENTS =
      Map.of(
          "Claude Code", "@anthropic-ai/claude-code",
          "Codex", "@openai/codex",
          "opencode", "opencode-ai",
          "Gemini CLI", "@google/gemini-cli");

  /** Artifacts of Maven, by the folder in {@code clients/java}. */
  private static final Pattern VERSION = Pattern.compile("<version>([0-9.]+)</version>");

  @Test
  void every_agent_and_library_is_listed_in_the_order_they_run() throws IOException {
    var run = new ArrayList<>(Agent.ALL.stream().map(Agent::name).toList());
    run.addAll(Library.all().map(Library::name).toList());

    assertThat(versions().sequencedKeySet()).containsExactlyElementsOf(run);
  }

  @Test
  void the_versions_are_the_pinned_ones() throws IOException {
    SequencedMap<String, String> told = versions();

    for (Agent agent : Agent.ALL) {
      String maker = agent.name().replaceAll(",.*", "");
      assertThat(told.get(agent.name())).isEqualTo(npm(AGENTS.getOrDefault(maker, maker)));
    }
    for (Library library : Library.all().toList()) {
      assertThat(told.get(library.name())).as(library.name()).isEqualTo(pinned(library));
    }
  }

  private static String pinned(Library library) throws IOException {
    return switch (library.kind()) {
      case JS -> {
        var versions = new ArrayList<String>();
        for (String name : library.name().replaceAll(",.*", "").split(" with ", -1)) {
          versions.add(npm(name));
        }
        yield String.join(", ", versions);
      }
      case JAVA -> {
        String folder = library.command().getFirst();
        String pom = Files.readString(Path.of("clients", "java", folder, "pom.xml"));
        var version = VERSION.matcher(pom);
        assertThat(version.find()).as("a version in the pom of " + folder).isTrue();
        yield version.group(1);
      }
    };
  }

  private static String npm(String name) throws IOException {
    String file = Files.readString(Path.of("clients", "js", "package.json"));
    return JsonMapper.shared().readTree(file).path("dependencies").path(name).asString();
  }

  /** The first two columns of both tables. */
  private static SequencedMap<String, String> versions() throws IOException {
    var versions = new LinkedHashMap<String, String>();
    for (String line : Files.readAllLines(Path.of("docs", "clients.md"))) {
      List<String> cells = List.of(line.split("\\|", -1));
      if (cells.size() > 4 && cells.get(2).matches(" [0-9., ]+ ")) {
        versions.put(cells.get(1).strip(), cells.get(2).strip());
      }
    }
    return versions;
  }
}
