package dev.ockham.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/dialects.md} against the code. */
class DialectsPageTest {
  private static final List<Edit> EDITS =
      List.of(
          new Edit.ModelName("m"),
          new Edit.IncludeUsage(),
          new Edit.CapOutput(1),
          new Edit.DropSampling(),
          new Edit.DropForeignReasoning());

  @Test
  void the_table_of_edits_is_the_declared_one() throws IOException {
    String section = section("## Passing", "## What is refused before");
    var rows = new ArrayList<String>();
    var row = Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(section);
    while (row.find()) {
      rows.add(row.group(1));
    }

    assertThat(rows).isEqualTo(EDITS.stream().map(Edit::name).toList());
    assertThat(EDITS).hasSize(Edit.class.getPermittedSubclasses().length);
  }

  @Test
  void the_tables_of_refusals_and_losses_are_the_real_ones() throws IOException {
    String refused = section("### What is refused instead", "## Streams");
    String lost = section("### What is dropped and told", "### What is refused instead");

    assertThat(rows(refused)).isEqualTo(rowsOf(CrossingTable.Fate.REFUSED));
    assertThat(rows(lost)).isEqualTo(rowsOf(CrossingTable.Fate.LOST));
  }

  private static List<String> rows(String section) {
    return section.lines().filter(line -> line.startsWith("| `")).toList();
  }

  private static List<String> rowsOf(CrossingTable.Fate fate) {
    return CrossingTable.ROWS.stream()
        .filter(row -> row.fate() == fate)
        .map(row -> "| `%s` | %s | %s |".formatted(row.what(), towards(row.to()), row.told()))
        .toList();
  }

  private static String towards(Set<Dialect> dialects) {
    return dialects.size() == Dialect.values().length
        ? "any"
        : dialects.stream().map(Dialect::wireName).collect(Collectors.joining(", "));
  }

  @Test
  void the_servers_are_told_as_they_are() throws IOException {
    List<String> rows =
        Arrays.stream(ChatServer.values())
            .map(server ->
                "| %s | `%s` | %s | %s | %s | %s |"
                    .formatted(
                        server.title(),
                        server.capField(),
                        server.takesLaterInstructions() ? "where they stand" : "folded",
                        switch (server.knob()) {
                          case REASONING_EFFORT -> "`reasoning_effort`";
                          case REASONING -> "`reasoning.effort`";
                          case THINKING -> "`thinking.type`";
                        },
                        server.reasoningBack().map(field -> "`" + field + "`").orElse("no"),
                        server.waitsForIncludeUsage() ? "yes" : "no"))
            .toList();

    assertThat(section("### Servers that speak Chat Completions", "### In Bedrock"))
        .contains(String.join("\n", rows));
  }

  @Test
  void the_limits_are_the_real_ones() throws IOException {
    String page = page();

    assertThat(page).contains("deeper than " + JsonReader.DEEPEST + " levels");
    assertThat(page).contains("at most " + OpenAiRequestWriter.MOST_STOPS);
    assertThat(page).contains("else " + AnthropicRequestWriter.USUAL_CAP);
    assertThat(page).contains("more than " + (SseReader.LARGEST >> 20) + " MiB");
    assertThat(page).contains("more than " + (WholeReply.LARGEST >> 20) + " MiB");
  }

  private static String section(String from, String to) throws IOException {
    String page = page();
    return page.substring(page.indexOf(from), page.indexOf(to));
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("docs", "dialects.md"));
  }
}
