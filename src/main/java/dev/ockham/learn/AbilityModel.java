package dev.ockham.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What models can do, learned from recorded outcomes. Three views of an ask are blended: the
 * average of its predicted domain, the averages of the prototypes near it, and a ridge head over
 * its features; the blend is calibrated per model. The time of an estimate does not depend on how
 * much data it was trained on. Immutable; any thread may use it.
 */
public final class AbilityModel {
  static final int MOST_PROTOTYPES = 512;

  /** Where the limit of letters beyond ASCII is; files of earlier releases have none. */
  private static final int SCRIPT = 3;

  private static final List<String> SECTIONS =
      List.of(
          "models",
          "domains",
          "domain-head",
          "domain-table",
          "prototypes",
          "prototype-groups",
          "prototype-table",
          "prototype-counts",
          "ridge",
          "lengths",
          "blend",
          "calibration",
          "skills",
          "limits");

  /** Files of earlier releases have none. */
  private static final List<String> PHRASES = List.of("phrase-table", "phrase-scales");

  private final String checksum;
  private final Map<String, Integer> index = new LinkedHashMap<>();
  private final List<String> domains;
  private final Layer domainHead;
  private final Layer ridge;
  private final Layer lengths;
  private final Prototypes prototypes;
  private final Rows domainTable;
  private final float[] blend;
  private final float[] calibration;
  private final float[] skills;
  private final float[] limits;
  private final PhraseTable phrases;

  private AbilityModel(WeightsFile file) {
    checksum = file.checksum();
    for (String model : file.lines("models")) {
      index.put(model, index.size());
    }
    domains = file.lines("domains");
    domainHead = new Layer(file.floats("domain-head"), domains.size());
    ridge = new Layer(file.floats("ridge"), index.size());
    lengths = new Layer(file.floats("lengths"), index.size());
    prototypes =
        new Prototypes(
            file.floats("prototypes"),
            file.floats("prototype-groups"),
            new Rows(file.floats("prototype-table"), index.size()),
            file.floats("prototype-counts"));
    domainTable = new Rows(file.floats("domain-table"), index.size());
    blend = file.floats("blend");
    calibration = file.floats("calibration");
    skills = file.floats("skills");
    limits = file.floats("limits");
    phrases =
        file.lacking(PHRASES).isEmpty()
            ? new PhraseTable(file.bytes("phrase-table"), file.floats("phrase-scales"))
            : PhraseTable.NONE;
  }

  /** Reads ability weights; they must have been trained with this encoder's table. */
  public static Loaded<AbilityModel> load(WeightsFile file, Encoder encoder) {
    String lacking = file.lacking(SECTIONS);
    if (!lacking.isEmpty()) {
      return new Loaded.Unusable<>(
          "Weights file %s has no section '%s': it holds no ability model. Give a file written by `./ockham lab train`."
              .formatted(file.checksum(), lacking));
    }
    String trainedWith = file.metadata().getOrDefault("encoder", "none");
    if (!trainedWith.equals(encoder.checksum())) {
      return new Loaded.Unusable<>(
          "Weights file %s was trained with encoder table %s, this release has %s: train it again with `./ockham lab train`."
              .formatted(file.checksum(), trainedWith, encoder.checksum()));
    }
    AbilityModel model = new AbilityModel(file);
    String misfit = model.misfit(encoder.dimensions());
    return misfit.isEmpty()
        ? new Loaded.Ready<>(model)
        : new Loaded.Unusable<>(
            "Weights file %s does not fit together: %s. Train it again."
                .formatted(file.checksum(), misfit));
  }

  private String misfit(int dimensions) {
    int models = index.size();
    int inputs = dimensions + TextShape.SIZE;
    if (models == 0 || domains.isEmpty()) {
      return "it names %d models and %d domains".formatted(models, domains.size());
    }
    if (ridge.inputs() != inputs || lengths.inputs() != inputs || domainHead.inputs() != inputs) {
      return "its heads take %d, %d and %d inputs where features have %d"
          .formatted(ridge.inputs(), lengths.inputs(), domainHead.inputs(), inputs);
    }
    if (!domainTable.has(domains.size() * models)
        || blend.length != 3 * models
        || calibration.length != 2 * models
        || skills.length != models
        || limits.length < 3
        || !phrases.fits(models)) {
      return "a table has not one column per model";
    }
    return prototypes.misfit(dimensions, models);
  }

  /** How explanations refer to these weights. */
  public String checksum() {
    return checksum;
  }

  /** The models these weights know. */
  public List<String> models() {
    return List.copyOf(index.keySet());
  }

  /** The domains these weights tell apart. */
  public List<String> domains() {
    return domains;
  }

  /** What every known model is expected to make of an ask with these features. */
  public Estimates estimate(Features features) {
    float[] inputs = features.inputs();
    float[] shares = domainHead.apply(inputs);
    Layer.softmax(shares, 0, shares.length, 1);
    float[] near = prototypes.closeness(features);
    double distance = 1 - Prototypes.nearest(near);
    boolean far =
        distance > limits[0]
            || features.unknownShare() > limits[1]
            || (limits.length > SCRIPT && features.foreignness() > limits[SCRIPT]);
    float[] byDomain = average(shares);
    float[] byPrototype = prototypes.average(near, index.size());
    float[] byRidge = ridge.apply(inputs);
    phrases.addTo(byRidge, features);
    var views = new Views(byDomain, byPrototype, byRidge, lengths.apply(inputs));
    return new Estimates(
        index, new Blend(views, prototypes.evidence(near), far), place(shares, distance, far));
  }

  /** {@link Estimates#ofUnknown} for a caller that has only features. */
  public Estimate estimateUnknown(Features features, double priorSkill) {
    return estimate(features).ofUnknown(priorSkill);
  }

  private Estimates.Place place(float[] shares, double distance, boolean far) {
    int likeliest = 0;
    for (int d = 1; d < shares.length; d++) {
      likeliest = shares[d] > shares[likeliest] ? d : likeliest;
    }
    return new Estimates.Place(domains.get(likeliest), shares[likeliest], distance, far);
  }

  private float[] average(float[] shares) {
    float[] mean = new float[index.size()];
    domainTable.addTo(mean, shares, shares.length);
    return mean;
  }

  /** What each view says of each model: how often it is good enough, how long its answer is. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Views(float[] byDomain, float[] byPrototype, float[] byRidge, float[] tokens) {}

  /** Blends the views and calibrates, model by model. */
  private final class Blend implements Estimates.Outlook {
    private final Views views;
    private final double evidence;
    private final boolean far;

    Blend(Views views, double evidence, boolean far) {
      this.views = views;
      this.evidence = evidence;
      this.far = far;
    }

    @Override
    public Estimate of(int m) {
      double probability = far ? skills[m] : good(m);
      double variance = probability * (1 - probability);
      double error = far ? Math.sqrt(variance) : Math.sqrt(variance / (evidence + 1)) + limits[2];
      return new Estimate(probability, error, Math.max(1, views.tokens[m]));
    }

    private float good(int m) {
      int models = index.size();
      double mixed =
          blend[m] * views.byDomain[m]
              + blend[models + m] * views.byPrototype[m]
              + blend[2 * models + m] * views.byRidge[m];
      double logit = Logits.of(Math.clamp(mixed, 0.02, 0.98));
      return (float) Logits.toProbability(calibration[m] + calibration[models + m] * logit);
    }

    @Override
    public Estimates.Unknowns ofUnknowns() {
      int models = index.size();
      double ease = 0;
      double logTokens = 0;
      for (int m = 0; m < models; m++) {
        Estimate known = of(m);
        ease +=
            Logits.of(Math.clamp(known.good(), 0.01, 0.99))
                - Logits.of(Math.clamp(skills[m], 0.01, 0.99));
        logTokens += Math.log(known.outputTokens());
      }
      return new Estimates.Unknowns(ease / models, Math.exp(logTokens / models));
    }
  }
}
