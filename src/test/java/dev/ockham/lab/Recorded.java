package dev.ockham.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded outcomes that tests can count on: those bundled with the demo, and the full data where
 * it lies nearby.
 */
final class Recorded {
  private static final JsonMapper JSON = new JsonMapper();

  private Recorded() {}

  /** The folder of routing data in {@code shared} beside the checkout or above it. */
  static Optional<Path> folder() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path folder = up.resolve("shared/data/routing");
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  static Prices prices() throws IOException {
    try (InputStream resource = open("/dev/ockham/demo/prices.json")) {
      return Prices.parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The demo's held-out questions as rows. */
  static List<Row> heldOut() throws IOException {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(open("/dev/ockham/demo/held-out.jsonl.gz")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.add(row(JSON.readTree(line)));
      }
    }
    return rows;
  }

  private static Row row(JsonNode line) {
    Map<String, Row.Outcome> outcomes = new LinkedHashMap<>();
    line.required("outcomes")
        .forEachEntry((model, outcome) ->
            outcomes.put(
                model,
                new Row.Outcome(
                    outcome.required("quality").asDouble(),
                    outcome.required("answer").asString().length())));
    return new Row(
        line.required("id").asString(),
        line.required("domain").asString(),
        line.required("prompt").asString(),
        Optional.empty(),
        false,
        false,
        false,
        outcomes);
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(Recorded.class.getResourceAsStream(resource), resource);
  }
}
