package dev.ockham.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a local Ollama what models it has. */
final class OllamaModels {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final int MOST = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private OllamaModels() {}

  /** Their names; none where nobody answers. */
  static List<String> at(String url) {
    var names = new ArrayList<String>();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(DEADLINE).build()) {
      var request = HttpRequest.newBuilder(URI.create(url + "/api/tags")).timeout(DEADLINE).build();
      for (JsonNode model :
          JSON.readTree(client.send(request, BodyHandlers.ofString()).body()).path("models")) {
        if (names.size() < MOST) {
          names.add(model.path("name").asString(""));
        }
      }
      names.removeIf(String::isBlank);
      return names;
    } catch (IOException | JacksonException | IllegalArgumentException _) {
      return List.of();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
