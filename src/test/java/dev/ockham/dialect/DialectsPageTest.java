package dev.ockham.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/dialects.md} against the code. */
class DialectsPageTest {
  private static final List<Edit> EDITS =
      List.of(
          new Edit.ModelName("m"),
          new Edit.IncludeUsage(),
          new Edit.CapOutput(1),
          new Edit.DropSampling());

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
  void every_refused_field_is_listed() throws IOException {
    String section = section("### What is refused instead", "## Streams");

    assertThat(Crossing.REFUSED.keySet())
        .allSatisfy(field -> assertThat(section).contains('`' + field + '`'));
    assertThat(Crossing.REFUSED_KINDS)
        .allSatisfy(kind -> assertThat(section).contains('`' + kind + "…`"));
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
