package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what ships with the demo. Held out are the first 3,000 question stems by SHA-256, one
 * question each; weights, setting and facts come from the rows of all other stems only.
 */
public final class DemoFiles {
  static final int HELD_OUT = 3_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final RoutingData data;
  private final Encoder encoder;

  public DemoFiles(RoutingData data, Encoder encoder) {
    this.data = data;
    this.encoder = encoder;
  }

  /** The pool, parted. */
  record Parts(List<Example> heldOut, List<Example> training) {
    static Parts of(List<Example> pool) {
      SortedSet<String> stems = new TreeSet<>();
      pool.forEach(example -> stems.add(example.stem));
      Set<String> first = new HashSet<>(stems.stream().limit(HELD_OUT).toList());
      SortedMap<String, Example> heldOut = new TreeMap<>();
      List<Example> training = new ArrayList<>();
      for (Example example : pool) {
        if (first.contains(example.stem)) {
          heldOut.putIfAbsent(example.stem, example);
        } else {
          training.add(example);
        }
      }
      return new Parts(List.copyOf(heldOut.values()), training);
    }
  }

  /**
   * Writes {@code held-out.jsonl.gz}, {@code prices.json}, {@code training-facts.json} and {@code
   * demo.bin}.
   */
  public FoldEvaluation.Result write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Prices prices = Prices.read(data.prices());
    Parts parts = Parts.of(data.pool(encoder));
    writeHeldOut(parts.heldOut(), prices.models(), folder.resolve("held-out.jsonl.gz"));
    Files.copy(
        data.prices(),
        folder.resolve("prices.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    TrainedRouter router =
        TrainedRouter.train(parts.training(), encoder, prices, Recipe.standard());
    byte[] weights =
        router
            .weights()
            .note(
                "sources",
                "MMLU-Pro (Apache-2.0): the pool of ten without the demo's held-out stems")
            .note("value_picodollars", String.valueOf(router.point().value()))
            .build();
    Files.write(folder.resolve("demo.bin"), weights);
    Files.writeString(
        folder.resolve("training-facts.json"), facts(parts.training(), prices, router.point()));
    Trainer trainer = new Trainer(encoder, prices.models(), Recipe.standard());
    return new FoldEvaluation(encoder, prices, Recipe.standard())
        .measure(router, trainer.load(weights), parts.heldOut());
  }

  private void writeHeldOut(List<Example> heldOut, List<String> models, Path file)
      throws IOException {
    Map<String, Map<String, String>> answers = Dataset.readAnswers(data.answers());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (Example example : heldOut) {
        Map<String, String> texts = answers.getOrDefault(example.row.id(), Map.of());
        out.write((line(example, texts, models) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String line(Example example, Map<String, String> texts, List<String> models) {
    ObjectNode line = JSON.createObjectNode();
    line.put("id", example.row.id())
        .put("domain", example.row.domain())
        .put("prompt", example.row.prompt());
    example.row.reference().ifPresent(reference -> line.put("reference", reference));
    ObjectNode outcomes = line.putObject("outcomes");
    for (int m = 0; m < models.size(); m++) {
      String text = texts.get(models.get(m));
      if (text == null || Prices.tokens(text.length()) != example.outputTokens[m]) {
        throw new IllegalStateException(
            "Row %s: the answer of %s is not as long as the outcomes say; the two files do not belong together"
                .formatted(example.row.id(), models.get(m)));
      }
      outcomes.putObject(models.get(m)).put("quality", example.quality[m]).put("answer", text);
    }
    return line.toString();
  }

  private static String facts(List<Example> training, Prices prices, OperatingPoint point) {
    ObjectNode facts = JSON.createObjectNode();
    facts.put("dollars_per_good_answer", BigDecimal.valueOf(point.value(), 12));
    facts.put("rows", training.size());
    Map<String, List<Example>> byDomain = new TreeMap<>();
    training.forEach(example ->
        byDomain.computeIfAbsent(example.row.domain(), _ -> new ArrayList<>()).add(example));
    ObjectNode domains = facts.putObject("domains");
    byDomain.forEach((domain, examples) -> {
      ObjectNode cells = domains.putObject(domain);
      for (int m = 0; m < prices.models().size(); m++) {
        int model = m;
        cells
            .putObject(prices.models().get(m))
            .put("questions", examples.size())
            .put("good", examples.stream().mapToDouble(e -> e.quality[model]).sum())
            .put("cost_picos", examples.stream().mapToLong(e -> e.cost[model]).sum());
      }
    });
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(facts) + "\n";
  }
}
