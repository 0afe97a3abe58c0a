package dev.ockham.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Recorded outcomes in the order of their file: one JSON object a line, gzip. */
record Dataset(List<Row> rows) {
  public Dataset {
    rows = List.copyOf(rows);
  }

  /** Reads a whole file of rows. */
  public static Dataset read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    forEachLine(file, line -> rows.add(row(line)));
    return new Dataset(rows);
  }

  /** Reads recorded answer texts: by row id, then by model. */
  public static Map<String, Map<String, String>> readAnswers(Path file) throws IOException {
    Map<String, Map<String, String>> answers = new LinkedHashMap<>();
    forEachLine(
        file,
        line -> {
          Map<String, String> byModel = new LinkedHashMap<>();
          line.required("answers")
              .forEachEntry((model, text) -> byModel.put(model, text.asString()));
          answers.put(line.required("id").asString(), byModel);
        });
    return answers;
  }

  /** The rows that all these models answered. */
  public Dataset answeredByAll(List<String> models) {
    return new Dataset(
        rows.stream().filter(row -> row.outcomes().keySet().containsAll(models)).toList());
  }

  private interface LineReader {
    void read(JsonNode line);
  }

  private static void forEachLine(Path file, LineReader reader) throws IOException {
    ObjectMapper mapper = new JsonMapper();
    int number = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        reader.read(mapper.readTree(line));
      }
    } catch (JacksonException e) {
      throw new IOException(
          "%s, line %d: expected one JSON row a line with id, domain, prompt and outcomes (%s)"
              .formatted(file, number, e.getOriginalMessage()),
          e);
    }
  }

  private static Row row(JsonNode line) {
    Map<String, Row.Outcome> outcomes = new LinkedHashMap<>();
    line.required("outcomes")
        .forEachEntry((model, outcome) ->
            outcomes.put(
                model,
                new Row.Outcome(
                    outcome.required("quality").asDouble(),
                    outcome.path("output_chars").asInt(-1))));
    return new Row(
        line.required("id").asString(),
        line.path("domain").asString(""),
        line.required("prompt").asString(),
        Optional.ofNullable(line.path("reference").asString(null)),
        line.path("from_mmlu").asBoolean(false),
        line.path("overlaps_routellm").asBoolean(false),
        outcomes);
  }
}
