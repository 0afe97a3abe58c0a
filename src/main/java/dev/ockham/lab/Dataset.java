package dev.ockham.lab;

import java.io.BufferedInputStream;
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
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Recorded outcomes in the order of their file: one JSON object a line, plain or gzip. */
record Dataset(List<Row> rows) {
  public Dataset {
    rows = List.copyOf(rows);
  }

  /** Reads a whole file of rows. */
  public static Dataset read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    forEachLine(file, line -> rows.add(RowReader.row(line)));
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
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          reader.read(mapper.readTree(line));
        }
      }
    } catch (JacksonException e) {
      throw new IOException(unreadable(file, number, e.getOriginalMessage()), e);
    } catch (RowReader.Unreadable e) {
      throw new IOException(unreadable(file, number, String.valueOf(e.getMessage())), e);
    }
  }

  private static String unreadable(Path file, int line, String why) {
    return "%s, line %d: expected one JSON row a line with id, domain, prompt and outcomes (%s)"
        .formatted(file, line, why);
  }

  /** Looks at the first two bytes, not at the name. */
  private static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    raw.mark(2);
    boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return zipped ? new GZIPInputStream(raw, 1 << 16) : raw;
  }
}
