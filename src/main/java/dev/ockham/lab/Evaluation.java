package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.WeightsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  public Evaluation(EvalSettings settings, LongSupplier nanos, Consumer<String> progress) {
    this.settings = settings;
    this.nanos = nanos;
    this.progress = progress;
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
    ShareTrack shares = new ShareTrack(study);
    CostTrack costs = new CostTrack(study);
    PointTrack points = new PointTrack(study);
    CalibrationTrack calibration = new CalibrationTrack(study);
    DomainTrack domains = new DomainTrack(study, encoder);
    Timings timings = new Timings(nanos);
    double value = Double.NaN;
    Trial first = null;
    for (int seed = 0; seed < settings.seeds(); seed++) {
      progress.accept("%s: seed %d".formatted(study.file().getFileName(), seed));
      Split split = Split.of(study.examples(), labels, seed, study::mayTest);
      StudyPlan.demandTestRows(study, split);
      Redraws redraws = new Redraws(split.testing().size(), seed, Redraws.DRAWS);
      Trial trial = timings.train(() -> Trial.run(study, split, encoder));
      Approaches approaches = new Approaches(split, study.models().size());
      Map<String, Beliefs> beliefs = new LinkedHashMap<>();
      beliefs.put(Approaches.ROUTER, trial.tested());
      beliefs.putAll(approaches.baselines());
      beliefs.put(
          Approaches.SHUFFLED,
          Trial.run(study, split, approaches.shuffled(seed), encoder).tested());
      shares.add(split, beliefs, redraws);
      if (study.costsKnown()) {
        costs.add(split, beliefs, redraws);
        OperatingSetting setting =
            points.add(trial, beliefs.getOrDefault(Approaches.ORACLE, trial.tested()), redraws);
        value = seed == 0 ? setting.value() : value;
      }
      calibration.add(split, trial.tested());
      domains.ask(prior, split);
      first = first == null ? trial : first;
    }
    shares.write(out);
    if (study.costsKnown()) {
      points.write(costs.write(out));
    }
    calibration.write(out);
    progress.accept("%s: other domains, fewer labels".formatted(study.file().getFileName()));
    domains.leaveOut(labels);
    domains.write(out);
    new LabelTrack(study, encoder, settings.seeds()).write(out, labels);
    if (first != null) {
      new RobustTrack(first, encoder, value).write(out);
      timings.decide(first, encoder);
    }
    timings.write(out, begin);
  }
}
