package dev.ockham.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A new dialect is not done before its cells are. */
final class DemandTest {
  private static final List<String> COLUMNS = List.of("text", "tools");

  @Test
  void every_dialect_has_a_client_and_a_provider_who_speak_it() {
    assertThat(Speakers.CLIENTS.keySet())
        .as("enter a client speaker in Speakers: docs/adding-a-dialect.md")
        .containsExactly(Dialect.values());
    assertThat(Speakers.UPSTREAMS.keySet())
        .as("enter an upstream speaker in Speakers: docs/adding-a-dialect.md")
        .containsExactly(Dialect.values());
  }

  @Test
  void a_sixth_dialect_is_demanded_as_client_and_as_provider_of_every_other() {
    var dialects = new ArrayList<>(ConformancePage.dialects());
    Results results = green(dialects);
    assertThat(results.missing(dialects, COLUMNS)).isEmpty();

    dialects.add("sixth");

    assertThat(results.missing(dialects, COLUMNS))
        .hasSize((5 + 5 + 1) * COLUMNS.size())
        .contains(
            new Results.Key("sixth", "openai-chat", "text"),
            new Results.Key("gemini-generate", "sixth", "tools"),
            new Results.Key("sixth", "sixth", "text"));
  }

  @Test
  void a_case_that_began_and_did_not_hold_is_a_missing_cell() {
    Results results = green(List.of("a", "b"));
    var key = new Results.Key("a", "b", "tools");

    results.tried(key);

    assertThat(results.missing(List.of("a", "b"), COLUMNS)).containsExactly(key);
  }

  private static Results green(List<String> dialects) {
    var results = new Results();
    for (String client : dialects) {
      for (String provider : dialects) {
        for (String column : COLUMNS) {
          var key = new Results.Key(client, provider, column);
          results.tried(key);
          results.passed(key, List.of());
        }
      }
    }
    return results;
  }
}
