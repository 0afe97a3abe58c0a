package dev.ockham.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossingTableTest {
  private static final Path ROOM = Path.of("src/main/java/dev/ockham/dialect");

  /** Beginnings of the names of the classes that write a dialect's requests; the longest first. */
  private static final Map<String, Dialect> WRITERS =
      Map.of(
          "OpenAiResponses", Dialect.OPENAI_RESPONSES,
          "OpenAi", Dialect.OPENAI_CHAT,
          "Anthropic", Dialect.ANTHROPIC_MESSAGES,
          "Gemini", Dialect.GEMINI_GENERATE,
          "Bedrock", Dialect.BEDROCK_CONVERSE);

  private static final Pattern NAMED =
      Pattern.compile(
          "(?:noPlaceFor|refusal|lose)\\(\\s*(?:[^\"()]*(?:\\([^()]*\\))?,\\s*)?\"([^\"]+)\"(\\s*\\+)?");

  @Test
  void whatever_a_writer_has_no_place_for_is_in_the_table() throws IOException {
    try (Stream<Path> files = Files.list(ROOM)) {
      List<Path> writers =
          files.filter(file -> file.getFileName().toString().contains("Writer")).toList();
      int checked = 0;
      for (Path file : writers) {
        String name = file.getFileName().toString();
        var named = NAMED.matcher(Files.readString(file));
        while (named.find()) {
          if (named.group().startsWith("lose(\"")) {
            continue; // tells in its own words
          }
          if (named.group(2) != null
              && CrossingTable.find(named.group(1), dialect(name)).isEmpty()) {
            continue; // put together when it is said
          }
          assertThat(CrossingTable.find(named.group(1), dialect(name)))
              .as("%s: %s", name, named.group(1))
              .isPresent();
          checked++;
        }
      }
      assertThat(checked).isGreaterThan(20);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Dialect dialect(String file) {
    return WRITERS.entrySet().stream()
        .filter(writer -> file.startsWith(writer.getKey()))
        .max(Map.Entry.comparingByKey(java.util.Comparator.comparingInt(String::length)))
        .orElseThrow()
        .getValue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n|ANTHROPIC_MESSAGES|REFUSED",
        "tools[] of type web_search_20250305|GEMINI_GENERATE|REFUSED",
        "top_k|OPENAI_CHAT|LOST",
      })
  void a_row_is_found_by_its_path_or_its_beginning(
      String path, Dialect target, CrossingTable.Fate fate) {
    assertThat(CrossingTable.find(path, target).orElseThrow().fate()).isEqualTo(fate);
  }

  @Test
  void what_no_row_tells_is_not_found() {
    assertThat(CrossingTable.find("context_management", Dialect.OPENAI_CHAT)).isEmpty();
    assertThat(CrossingTable.find("top_k", Dialect.GEMINI_GENERATE)).isEmpty();
  }
}
