package dev.ockham.demo;

import dev.ockham.chat.Dialect;
import dev.ockham.demo.Question.Answer;
import dev.ockham.demo.TrainingFacts.Cell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/**
 * What ships with the demo, in resources beside this class:
 *
 * <ul>
 *   <li>{@code held-out.jsonl.gz}: 3,000 rows, one for each of the first 3,000 question stems by
 *       SHA-256, in that order: {@code {"id", "domain", "prompt", "outcomes": {model: {"quality",
 *       "answer"}}}}
 *   <li>{@code prices.json}: {@code {model: {"input", "output"}}} in dollars per million tokens
 *   <li>{@code training-facts.json}, computed from all other rows only: {@code
 *       {"dollars_per_good_answer", "domains": {domain: {model: {"questions", "good" (sum of
 *       qualities), "cost_picos" (sum)}}}}}
 * </ul>
 */
record DemoData(List<Question> questions, List<FleetModel> models, TrainingFacts training) {
  /** How many questions are held out. */
  static final int HELD_OUT = 3_000;

  DemoData {
    questions = List.copyOf(questions);
    models = List.copyOf(models);
  }

  /** The first held-out questions, in the order of their stems' SHA-256: a sample by lot. */
  static DemoData read(int questions) {
    try {
      return new DemoData(heldOut(questions), readModels(), readTraining());
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's data in this program is damaged", e);
    }
  }

  Map<String, Tariff> tariffs() {
    return models.stream()
        .collect(
            Collectors.toMap(
                FleetModel::name, FleetModel::tariff, (a, b) -> a, LinkedHashMap::new));
  }

  private static List<Question> heldOut(int questions) throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(resource("held-out.jsonl.gz"), 1 << 16),
                StandardCharsets.UTF_8))) {
      var read = new ArrayList<Question>();
      while (read.size() < questions) {
        String line = lines.readLine();
        if (line == null) {
          break;
        }
        read.add(question(Voice.JSON.readTree(line)));
      }
      return read;
    }
  }

  private static Question question(JsonNode line) {
    var answers = new LinkedHashMap<String, Answer>();
    line.required("outcomes")
        .forEachEntry((model, outcome) ->
            answers.put(
                model,
                new Answer(
                    outcome.required("answer").asString(),
                    outcome.required("quality").asDouble())));
    return new Question(
        line.required("id").asString(),
        line.required("domain").asString(),
        line.required("prompt").asString(),
        answers);
  }

  /** In the order of the price list, every second one behind Anthropic's dialect. */
  private static List<FleetModel> readModels() throws IOException {
    var models = new ArrayList<FleetModel>();
    try (InputStream prices = resource("prices.json")) {
      Voice.JSON
          .readTree(prices)
          .forEachEntry((name, price) -> {
            boolean even = models.size() % 2 == 0;
            Dialect dialect = even ? Dialect.OPENAI_CHAT : Dialect.ANTHROPIC_MESSAGES;
            var tariff =
                Tariff.perMillion(
                    price.required("input").decimalValue(),
                    price.required("output").decimalValue());
            models.add(new FleetModel(name, dialect, tariff));
          });
    }
    return models;
  }

  private static TrainingFacts readTraining() throws IOException {
    try (InputStream facts = resource("training-facts.json")) {
      JsonNode json = Voice.JSON.readTree(facts);
      var domains = new LinkedHashMap<String, SequencedMap<String, Cell>>();
      json.required("domains").forEachEntry((domain, models) -> domains.put(domain, cells(models)));
      return new TrainingFacts(json.required("dollars_per_good_answer").asDouble(), domains);
    }
  }

  private static SequencedMap<String, Cell> cells(JsonNode models) {
    var cells = new LinkedHashMap<String, Cell>();
    models.forEachEntry((model, cell) ->
        cells.put(
            model,
            new Cell(
                cell.required("questions").asLong(),
                cell.required("good").asDouble(),
                cell.required("cost_picos").asLong())));
    return cells;
  }

  private static InputStream resource(String name) throws IOException {
    InputStream stream = DemoData.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IOException("no resource " + name + " (expected: one beside this class)");
    }
    return stream;
  }
}
