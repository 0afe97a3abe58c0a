package dev.ockham.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells what kind of answer an ask demands, from how it is put and what it is about; not from how
 * long it is, and without knowing any model. A multinomial logistic regression over {@link
 * AskSigns}. Immutable; any thread may use it.
 */
public final class AskKinds {
  private static final List<String> SECTIONS =
      List.of("kinds", "cues", "heads", "hashed", "hashed-scale", "limits");
  private static final int KINDS = AskKind.NUMBERED.size();

  /** How much less demanding an ask must be to count without its noisy beginning. */
  private static final double WITHOUT_NOISE = 0.7;

  private final AskReader reader;
  private final Layer heads;
  private final float[] hashed;
  private final float[] limits;
  private final String checksum;

  private AskKinds(WeightsFile file, Encoder encoder) {
    reader = new AskReader(encoder, file.lines("cues"));
    heads = new Layer(file.floats("heads"), KINDS);
    byte[] packed = file.bytes("hashed");
    float scale = file.floats("hashed-scale")[0];
    hashed = new float[packed.length];
    for (int i = 0; i < packed.length; i++) {
      hashed[i] = packed[i] * scale;
    }
    limits = file.floats("limits");
    checksum = file.checksum();
  }

  /** Reads weights of ask kinds; they must have been trained with this encoder's table. */
  public static Loaded<AskKinds> load(WeightsFile file, Encoder encoder) {
    String lacking = file.lacking(SECTIONS);
    if (!lacking.isEmpty()) {
      return unusable(file, "has no section '" + lacking + "'");
    }
    if (!encoder.checksum().equals(file.metadata().get("encoder"))) {
      return unusable(file, "was trained with another encoder table than " + encoder.checksum());
    }
    List<String> kinds = new ArrayList<>();
    for (AskKind kind : AskKind.NUMBERED) {
      kinds.add(kind.label());
    }
    AskKinds loaded = new AskKinds(file, encoder);
    boolean fits =
        file.lines("kinds").equals(kinds)
            && loaded.heads.inputs() == loaded.reader.denseInputs()
            && loaded.hashed.length == AskSigns.BUCKETS * KINDS
            && loaded.limits.length == 2;
    return fits ? new Loaded.Ready<>(loaded) : unusable(file, "does not fit together");
  }

  private static Loaded<AskKinds> unusable(WeightsFile file, String problem) {
    return new Loaded.Unusable<>(
        "Weights file %s %s: train it again with `./ockham lab asks`."
            .formatted(file.checksum(), problem));
  }

  /** How explanations refer to these weights. */
  public String checksum() {
    return checksum;
  }

  /**
   * Reads an ask. A noisy beginning is passed over where what follows is clearly everyday.
   *
   * @param whole what the encoder made of the same text
   */
  public AskReading read(String text, Features whole) {
    AskReading reading = judged(text, whole, 1);
    if (reading.everyday()) {
      return reading;
    }
    String rest = AskReader.withoutNoise(text);
    if (rest.length() == text.length()) {
      return reading;
    }
    AskReading ofRest = judged(rest, reader.encode(rest), WITHOUT_NOISE);
    return ofRest.everyday() && !ofRest.cues().isEmpty() ? ofRest : reading;
  }

  private AskReading judged(String text, Features whole, double strictness) {
    AskReader.Page page = reader.read(text, whole);
    float[] scores = scores(page.signs());
    Layer.softmax(scores, 0, KINDS, 1);
    List<Double> shares = new ArrayList<>(KINDS);
    double demand = 0;
    for (AskKind kind : AskKind.NUMBERED) {
      double share = scores[kind.number()];
      shares.add(share);
      demand += kind.demanding() ? share : 0;
    }
    double limit = page.language() == AskReader.Language.ENGLISH ? limits[0] : limits[1];
    boolean readable = page.language() != AskReader.Language.UNKNOWN;
    boolean everyday = readable && demand <= limit * strictness;
    return new AskReading(shares, readable, everyday, page.leading());
  }

  private float[] scores(AskSigns signs) {
    float[] scores = heads.apply(signs.dense);
    for (int i = 0; i < signs.count; i++) {
      int at = signs.buckets[i] * KINDS;
      float value = signs.values[i];
      for (int k = 0; k < KINDS; k++) {
        scores[k] += value * hashed[at + k];
      }
    }
    return scores;
  }
}
