package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.WeightsFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All tracks of the protocol on files of recorded outcomes. The figures are one JSON tree, from
 * which text and report are written.
 */
public final class Evaluation {
  private static final int FORMAT = 1;

  private final EvalSettings settings;
  private final LongSupplier nanos;
  private final Consumer<String> progress;
  private final Encoder encoder = ShippedWeights.encoder();
  private final AbilityModel prior = ShippedWeights.prior(encoder);

  private final DecisionLines decisions;

  /** Keeps no decisions. */
  public Evaluation(EvalSettings settings, LongSupplier nanos, Consumer<String> progress) {
    this(settings, nanos, progress, Writer.nullWriter());
  }

  /** Writes each decision on a test row as a line of JSON. */
  public Evaluation(
      EvalSettings settings, LongSupplier nanos, Consumer<String> progress, Writer decisions) {
    this.settings = settings;
    this.nanos = nanos;
    this.progress = progress;
    this.decisions = new DecisionLines(decisions);
  }

  /** The metrics as a page that needs nothing else. */
  public static String report(ObjectNode metrics) {
    return EvalReport.of(metrics);
  }

  /** Evaluates every file; what cannot be evaluated is said before anything is trained. */
  public ObjectNode run() throws IOException {
    List<WeightsFile> shipped =
        List.of(
            ShippedWeights.file("/dev/ockham/learn/encoder.bin"),
            ShippedWeights.file("/dev/ockham/learn/prior.bin"));
    List<Study> studies = new ArrayList<>();
    for (Path file : settings.data()) {
      studies.add(Study.read(file, settings, encoder, shipped));
    }
    ObjectNode metrics = new JsonMapper().createObjectNode();
    metrics.put("format", FORMAT);
    metrics.put("encoder", encoder.checksum());
    metrics.put("shipped_weights", prior.checksum());
    metrics.put("recipe", Recipe.standard().toString());
    metrics.put("seeds", settings.seeds());
    ArrayNode data = metrics.putArray("data");
    for (Study study : studies) {
      evaluate(study, data.addObject());
    }
    return metrics;
  }

  private void evaluate(Study study, ObjectNode out) throws Study.Unusable {
    long begin = nanos.getAsLong();
    int labels = StudyPlan.labels(study, settings);
    StudyPlan.write(study, labels, out);
    var timings = new Timings(nanos);
    var tracks = new Tracks(study, encoder, decisions);
    DomainTrack domains = new DomainTrack(study, encoder);
    for (int seed = 0; seed < settings.seeds(); seed++) {
      progress.accept("%s: seed %d".formatted(study.file().getFileName(), seed));
      Split split = Split.of(study.examples(), labels, seed, study::mayTest);
      StudyPlan.demandTestRows(study, split);
      Trial trial = timings.train(() -> Trial.run(study, split, encoder));
      tracks.add(seed, trial);
      domains.ask(prior, split);
    }
    tracks.write(out);
    progress.accept("%s: other domains, fewer labels".formatted(study.file().getFileName()));
    domains.leaveOut(labels);
    domains.write(out);
    new LabelTrack(study, encoder, settings.seeds()).write(out, labels);
    tracks
        .first()
        .ifPresent(first -> {
          new RobustTrack(first.trial(), encoder, first.value()).write(out);
          timings.decide(first.trial(), encoder);
        });
    timings.write(out, begin);
  }
}
