package dev.ockham.lab;

import dev.ockham.lab.AskCorpus.Labelled;
import dev.ockham.lab.SoftmaxRegression.Example;
import dev.ockham.learn.AskKind;
import dev.ockham.learn.AskReader;
import dev.ockham.learn.AskSigns;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.WeightsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Trains what tells the kinds of asks apart: on patterns and asks that we wrote and labelled, and
 * on clean rows of recorded outcomes for the wording of exam questions. The sealed half is never
 * read.
 */
public final class AskTrainer {
  private static final int VARIANTS = 24;
  private static final int OPEN_VARIANTS = 6;
  private static final double OPEN_WEIGHT = 1.0;
  private static final double ROW_WEIGHT = 0.5;
  private static final int ROWS_PER_TASK = 150;
  private static final int FOLDS = 5;

  /** Up to this probability of being demanding an ask in English is clearly everyday. */
  static final float LIMIT = 0.1f;

  /** The same in another language that the cues know. */
  private static final float LIMIT_ELSEWHERE = 0.05f;

  private static final double DENSE_PENALTY = 2e-4;
  private static final double HASHED_PENALTY = 2e-4;

  /** Tasks of recorded outcomes whose rows are of one kind. */
  private static final Map<String, AskKind> ROWS =
      Map.of(
          "trivia_qa", AskKind.RECALL,
          "natural_qa", AskKind.RECALL,
          "math", AskKind.REASON,
          "gpqa", AskKind.REASON,
          "agentverse-logicgrid", AskKind.REASON,
          "agentverse-mgsm", AskKind.REASON);

  private static final int KINDS = AskKind.NUMBERED.size();

  private final AskReader reader;
  private final List<String> cues;
  private final Encoder encoder;
  private final List<Example> examples = new ArrayList<>();

  /** What must not stand on both sides of a split: the variants of one pattern, or one ask. */
  private final List<Integer> groups = new ArrayList<>();

  private int group;

  /** Whether an example is an ask of the open half as it was written. */
  private final List<Boolean> open = new ArrayList<>();

  private final List<String> texts = new ArrayList<>();

  private AskTrainer(List<String> cues, Encoder encoder) {
    this.cues = cues;
    this.encoder = encoder;
    reader = new AskReader(encoder, cues);
  }

  /** Reads the folder of patterns and the one of recorded outcomes. */
  public static AskTrainer of(Path patterns, Path outcomes, Encoder encoder) throws IOException {
    List<String> cues =
        AskCorpus.lines(patterns.resolve("cues.txt")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    AskTrainer trainer = new AskTrainer(cues, encoder);
    AskGrammar grammar =
        new AskGrammar(
            AskCorpus.sections(AskCorpus.lines(patterns.resolve("slots.txt"))),
            new SplittableRandom(1));
    for (Labelled pattern : AskCorpus.read(AskCorpus.lines(patterns.resolve("asks.txt")))) {
      trainer.group++;
      for (String text : grammar.variants(pattern, VARIANTS)) {
        trainer.add(text, pattern.kind(), 1, false);
      }
    }
    for (Labelled ask : AskCorpus.half("open")) {
      trainer.group++;
      trainer.add(ask.text(), ask.kind(), OPEN_WEIGHT, true);
      for (int i = 0; i < OPEN_VARIANTS; i++) {
        trainer.add(grammar.worn(ask.text()), ask.kind(), OPEN_WEIGHT, false);
      }
    }
    trainer.addRows(outcomes);
    return trainer;
  }

  private void addRows(Path outcomes) throws IOException {
    List<String> pool = Prices.read(RoutingData.in(outcomes).prices()).models();
    Map<String, Integer> taken = new HashMap<>();
    for (Row row : CleanRows.read(outcomes, pool).rows()) {
      AskKind kind = ROWS.get(row.domain());
      if (kind != null && taken.merge(row.domain(), 1, Integer::sum) <= ROWS_PER_TASK) {
        group++;
        add(row.prompt(), kind, ROW_WEIGHT, false);
      }
    }
  }

  private void add(String text, AskKind kind, double weight, boolean asWritten) {
    AskSigns signs = reader.signs(text);
    examples.add(Example.of(signs, kind.number(), weight));
    groups.add(group);
    open.add(asWritten);
    texts.add(text);
  }

  /** What was said of each example by a model that had not seen its group. */
  public record Unseen(String text, AskKind kind, boolean open, double demand) {}

  /** Cross-fits. */
  public List<Unseen> crossFit() {
    List<Unseen> unseen = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      int held = fold;
      SoftmaxRegression fitted = fit(g -> Math.floorMod(g * 7919, FOLDS) != held);
      for (int i = 0; i < examples.size(); i++) {
        if (Math.floorMod(groups.get(i) * 7919, FOLDS) == fold) {
          double[] shares = fitted.shares(examples.get(i));
          AskKind kind = AskKind.NUMBERED.get(examples.get(i).kind());
          unseen.add(new Unseen(texts.get(i), kind, open.get(i), demand(shares)));
        }
      }
    }
    return unseen;
  }

  private static double demand(double[] shares) {
    double demand = 0;
    for (AskKind kind : AskKind.NUMBERED) {
      demand += kind.demanding() ? shares[kind.number()] : 0;
    }
    return demand;
  }

  private SoftmaxRegression fit(IntPredicate groupsUsed) {
    List<Example> used = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      if (groupsUsed.test(groups.get(i))) {
        used.add(examples.get(i));
      }
    }
    return new SoftmaxRegression(reader.denseInputs(), KINDS, DENSE_PENALTY, HASHED_PENALTY)
        .fit(used);
  }

  private long[] stems() {
    return texts.stream()
        .mapToLong(text -> QuestionStem.of(text).digest64())
        .sorted()
        .distinct()
        .toArray();
  }

  /** Trains on everything. */
  public byte[] weights() {
    SoftmaxRegression fitted = fit(g -> true);
    float most = 0;
    for (float weight : fitted.hashed) {
      most = Math.max(most, Math.abs(weight));
    }
    float scale = Math.max(most, Float.MIN_NORMAL) / Byte.MAX_VALUE;
    byte[] packed = new byte[fitted.hashed.length];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (byte) Math.round(fitted.hashed[i] / scale);
    }
    List<String> kinds = new ArrayList<>();
    for (AskKind kind : AskKind.NUMBERED) {
      kinds.add(kind.name().toLowerCase(Locale.ROOT));
    }
    return new WeightsFile.Builder()
        .note("kind", "asks")
        .note("encoder", encoder.checksum())
        .note("examples", String.valueOf(examples.size()))
        .longs("stems", stems())
        .lines("kinds", kinds)
        .lines("cues", cues)
        .floats("heads", fitted.dense)
        .bytes("hashed", packed)
        .floats("hashed-scale", new float[] {scale})
        .floats("limits", new float[] {LIMIT, LIMIT_ELSEWHERE})
        .build();
  }
}
