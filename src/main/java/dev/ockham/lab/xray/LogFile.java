package dev.ockham.lab.xray;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** One file of a log: JSON lines, a JSON array, a page of an export, or CSV; plain or gzip. */
final class LogFile {
  private static final int GZIP = 0x1f8b;
  private static final int BUFFER = 1 << 16;

  /** A line may hold a long prompt; one longer than this is not a log's. */
  private static final int LONGEST_STRING = 64 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST_STRING).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final CsvMapper CSV = new CsvMapper();

  private final Path file;
  private final List<LogFormat> formats;
  private Optional<LogFormat> format = Optional.empty();
  private long lines;
  private long unread;
  private Optional<String> trouble = Optional.empty();

  LogFile(Path file, Set<String> seen) {
    this.file = file;
    this.formats = LogFormat.all(seen);
  }

  /**
   * What a file was found to be.
   *
   * @param format empty where nothing in it was recognised
   * @param unread lines that could not be understood
   * @param trouble why reading stopped before its end
   */
  record Found(
      Path path, Optional<String> format, long lines, long unread, Optional<String> trouble) {}

  Found read(Consumer<LogRow> rows) throws IOException {
    try (InputStream in = opened()) {
      if (isCsv(in)) {
        csv(in, rows);
      } else {
        json(in, rows);
      }
    } catch (JacksonException broken) {
      // Its own words may quote the log.
      trouble =
          Optional.of("is not " + (lines == 0 ? "JSON or CSV" : "whole") + " after line " + lines);
    }
    format.ifPresent(known -> known.end(rows));
    return new Found(file, format.map(LogFormat::name), lines, unread, trouble);
  }

  private void json(InputStream in, Consumer<LogRow> rows) {
    try (MappingIterator<JsonNode> each = JSON.readerFor(JsonNode.class).readValues(in)) {
      while (each.hasNextValue()) {
        JsonNode line = each.nextValue();
        boolean page = line.path("data").path(0).has("request_id");
        if (page) {
          line.path("data").forEach(row -> line(row, rows));
        } else {
          line(line, rows);
        }
      }
    }
  }

  private void csv(InputStream in, Consumer<LogRow> rows) {
    try (MappingIterator<Map<String, String>> each =
        CSV.readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(in)) {
      while (each.hasNextValue()) {
        line(JSON.valueToTree(each.nextValue()), rows);
      }
    }
  }

  private void line(JsonNode line, Consumer<LogRow> rows) {
    lines++;
    if (format.isEmpty()) {
      format = formats.stream().filter(each -> each.knows(line)).findFirst();
    }
    if (format.isEmpty()) {
      unread++;
    } else if (!format.get().knows(line) || !format.get().read(line, rows)) {
      unread++;
    }
  }

  private InputStream opened() throws IOException {
    var raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    raw.mark(2);
    int magic = (raw.read() << 8) | raw.read();
    raw.reset();
    return magic == GZIP ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
  }

  /** JSON begins with a bracket. */
  private static boolean isCsv(InputStream in) throws IOException {
    in.mark(64);
    int first = in.read();
    for (int i = 0; i < 60 && (Character.isWhitespace(first) || isMark(first)); i++) {
      first = in.read();
    }
    in.reset();
    return first >= 0 && first != '{' && first != '[';
  }

  private static boolean isMark(int octet) {
    return octet == 0xEF || octet == 0xBB || octet == 0xBF;
  }
}
