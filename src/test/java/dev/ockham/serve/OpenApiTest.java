package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.console.Screen;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API's document against the API. */
final class OpenApiTest {
  private final JsonNode document = new JsonMapper().readTree(Screen.OPENAPI.read());

  @TempDir Path folder;

  @Test
  void the_document_and_the_table_of_routes_name_the_same() {
    var documented = new TreeSet<String>();
    document
        .get("paths")
        .forEachEntry((path, methods) ->
            methods.forEachEntry((method, operation) ->
                documented.add(
                    method.toUpperCase(Locale.ROOT)
                        + " "
                        + path
                        + (operation.has("security") ? " anyone" : ""))));

    var served = new TreeSet<String>();
    for (Routes.Line line : Routes.TABLE) {
      String open = line.access() == Routes.Access.ANYONE ? " anyone" : "";
      served.add(line.method().name() + " " + line.path() + open);
    }

    assertThat(served).isEqualTo(documented);
  }

  @Test
  void what_is_answered_has_the_documented_fields() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      var asked = HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiAsk("gpt"));
      JsonNode whole = HttpCalls.getJson(gateway, "/api/v1/requests/" + HttpCalls.requestId(asked));
      JsonNode listed = HttpCalls.getJson(gateway, "/api/v1/requests").at("/requests/0");

      var documented = new TreeSet<>(fields("Request"));
      assertThat(new TreeSet<>(listed.propertyNames())).isEqualTo(documented);
      documented.addAll(
          document.at("/components/schemas/WholeRequest/allOf/1/properties").propertyNames());
      assertThat(new TreeSet<>(whole.propertyNames())).isEqualTo(documented);
      assertThat(new TreeSet<>(whole.at("/attempts/0").propertyNames()))
          .isEqualTo(new TreeSet<>(fields("Attempt")));
      assertThat(fields("Candidate")).containsAll(whole.at("/candidates/0").propertyNames());
    }
  }

  private java.util.Collection<String> fields(String schema) {
    return document.at("/components/schemas/" + schema + "/properties").propertyNames();
  }
}
