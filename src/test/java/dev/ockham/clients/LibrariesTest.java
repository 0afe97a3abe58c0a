package dev.ockham.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import dev.ockham.clients.Library.Quirk;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each library against a model of each dialect: chat, stream, tool loop, error, and the counts. */
@Tag("long")
final class LibrariesTest {
  /** What the library printed of each check. */
  private record Told(JsonNode chat, JsonNode stream, JsonNode tools, JsonNode error) {}

  @TempDir Path folder;
  private final ScriptedUpstream outside =
      ScriptedUpstream.start(request -> Reply.json(403, "{\"error\":\"loopback only\"}"));

  @BeforeAll
  static void install() {
    InstalledClients.js();
    InstalledClients.java();
  }

  @AfterEach
  void stop() {
    outside.close();
  }

  static Stream<Arguments> libraryAndModel() {
    return Library.all()
        .flatMap(library -> Stream.of(Dialect.values()).map(model -> Arguments.of(library, model)));
  }

  @ParameterizedTest(name = "{0} to a model of {1}")
  @MethodSource("libraryAndModel")
  void a_library_is_served(Library library, Dialect model) {
    try (var models = FiveModels.start(folder.resolve("data"), Errand.WEATHER::script)) {
      Told told = run(library, models, model);
      List<Received> received = models.received(model);

      answered(told.chat, Speaker.INPUT, Speaker.OUTPUT);
      boolean same = library.dialect() == model;
      boolean unknown = library.quirks().contains(Quirk.INPUT_FROM_START) && !same;
      boolean added = library.quirks().contains(Quirk.ADDS_START) && same;
      answered(told.stream, unknown ? 0 : Speaker.INPUT, Speaker.OUTPUT + (added ? 1 : 0));
      assertThat(told.tools)
          .isEqualTo(
              json(
                  "{\"check\":\"tools\",\"called\":\"weather\",\"city\":\"Oslo\",\"text\":\"%s\"}"
                      .formatted(Errand.WEATHER.answer())));
      assertThat(told.error.path("status").asInt()).isEqualTo(429);
      assertThat(told.error.path("message").asString()).contains(Speaker.REFUSAL);
      assertThat(received).as("chat, stream, tool call, its result, error").hasSize(5);
      assertThat(received.get(3).text()).contains("sunny");
      if (!library.quirks().contains(Quirk.DROPS_REASONING) && model != Dialect.OPENAI_CHAT) {
        assertThat(received.get(3).text()).contains('"' + Speaker.SIGNATURE + '"');
      }
    }
  }

  private Told run(Library library, FiveModels models, Dialect model) {
    var process = new ClientProcess(folder.resolve("work"), outside.url());
    ClientProcess.Ended ended =
        process.run(
            library.start(),
            Map.of(
                "OCKHAM_URL",
                models.url(),
                "OCKHAM_KEY",
                models.key(),
                "OCKHAM_MODEL",
                model.wireName(),
                "AWS_BEARER_TOKEN_BEDROCK",
                models.key()));
    assertThat(ended.exit()).as("%s", ended).isZero();
    return new Told(
        ended.line("chat"), ended.line("stream"), ended.line("tools"), ended.line("error"));
  }

  private static void answered(JsonNode told, int input, int output) {
    assertThat(told.path("text").asString()).isEqualTo(Speaker.TEXT);
    assertThat(told.path("input").asInt()).isEqualTo(input);
    assertThat(told.path("output").asInt()).isEqualTo(output);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
