package dev.ockham.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * What rows say about models, each view for itself: ridge heads over the features at several
 * penalties, the averages around typical asks, ridge heads over the shares in them, and the
 * averages of the predicted domain.
 */
final class Views {
  private static final double[] HEAD_PENALTIES = {0.005, 0.02, 0.08, 0.3};
  private static final double[] SHARE_PENALTIES = {0.6, 2};
  private static final double DOMAIN_SHRINKAGE = 5;
  private static final int AVERAGE = HEAD_PENALTIES.length;
  private static final int DOMAIN = AVERAGE + 1 + SHARE_PENALTIES.length;

  /** The view of words and pairs of words, which {@link PhraseRidge} has. */
  static final int PHRASES = DOMAIN + 1;

  /** How many views there are. */
  static final int COUNT = PHRASES + 1;

  private final int models;
  private final int groups;
  private final int domains;
  private final float[] skills;
  private final List<float[]> heads = new ArrayList<>();
  private final float[] prototypeAverages;
  private final List<float[]> shareHeads = new ArrayList<>();
  private final float[] domainHead;
  private final float[] domainAverages;
  private final float[] lengths;

  /**
   * What views are made from.
   *
   * @param features targets: qualities, output tokens, domains
   * @param shares of typical asks; targets: qualities
   * @param domains targets: qualities
   */
  record Seen(Moments features, Moments shares, Moments domains) {
    Seen plus(Seen other, int sign) {
      return new Seen(
          features.plus(other.features, sign),
          shares.plus(other.shares, sign),
          domains.plus(other.domains, sign));
    }
  }

  /** The sizes of what is predicted. */
  record Sizes(int models, int domains, int groups) {}

  Views(Seen seen, Sizes sizes, Recipe recipe) {
    models = sizes.models();
    groups = sizes.groups();
    domains = sizes.domains();
    skills = seen.features().means(models);
    for (double penalty : HEAD_PENALTIES) {
      heads.add(seen.features().layer(penalty, 0, models));
    }
    lengths = seen.features().layer(recipe.lengthPenalty(), models, 2 * models);
    domainHead = seen.features().layer(recipe.domainPenalty(), 2 * models, 2 * models + domains);
    for (int i = 0; i < domainHead.length; i++) {
      domainHead[i] *= (float) recipe.domainSharpness();
    }
    domainAverages = seen.domains().averages(DOMAIN_SHRINKAGE, skills);
    prototypeAverages = seen.shares().averages(recipe.prototypes().getFirst().shrinkage(), skills);
    double spread = seen.shares().spread();
    for (double penalty : SHARE_PENALTIES) {
      shareHeads.add(seen.shares().layer(penalty * spread, 0, models));
    }
  }

  /** Per view and model what is to be expected of an ask; the view of phrases is given. */
  double[][] predict(float[] inputs, float[] shares, double[] phrases) {
    double[][] views = new double[COUNT][];
    for (int h = 0; h < HEAD_PENALTIES.length; h++) {
      views[h] = Moments.apply(heads.get(h), inputs, models);
    }
    views[AVERAGE] = average(prototypeAverages, shares, 1.0 / groups);
    for (int h = 0; h < SHARE_PENALTIES.length; h++) {
      views[AVERAGE + 1 + h] = Moments.apply(shareHeads.get(h), shares, models);
    }
    views[DOMAIN] = average(domainAverages, domainShares(inputs), 1);
    views[PHRASES] = phrases;
    return views;
  }

  /** Expected output tokens by model. */
  double[] lengths(float[] inputs) {
    return Moments.apply(lengths, inputs, models);
  }

  private float[] domainShares(float[] inputs) {
    double[] scores = Moments.apply(domainHead, inputs, domains);
    double most = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      most = Math.max(most, score);
    }
    float[] shares = new float[domains];
    float sum = 0;
    for (int d = 0; d < domains; d++) {
      shares[d] = (float) Math.exp(scores[d] - most);
      sum += shares[d];
    }
    for (int d = 0; d < domains; d++) {
      shares[d] /= sum;
    }
    return shares;
  }

  private double[] average(float[] table, float[] shares, double factor) {
    double[] average = new double[models];
    for (int i = 0; i < shares.length; i++) {
      double share = factor * shares[i];
      if (share != 0) {
        for (int m = 0; m < models; m++) {
          average[m] += share * table[i * models + m];
        }
      }
    }
    return average;
  }

  float[] skills() {
    return skills.clone();
  }

  float[] domainHead() {
    return domainHead.clone();
  }

  float[] lengthHead() {
    return lengths.clone();
  }

  /**
   * All views in one set of tables, each as far as it is believed: what the decision adds up is
   * then one head, one prototype table and one domain table.
   */
  Tables tables(Stacking stacking) {
    float[] head = new float[heads.getFirst().length];
    for (int h = 0; h < heads.size(); h++) {
      stacking.addWeighed(h, heads.get(h), head, models);
    }
    float[] prototypes = new float[prototypeAverages.length];
    stacking.addWeighed(AVERAGE, prototypeAverages, prototypes, models);
    for (int h = 0; h < SHARE_PENALTIES.length; h++) {
      float[] layer = shareHeads.get(h);
      float[] table = java.util.Arrays.copyOf(layer, prototypes.length);
      for (int i = 0; i < table.length; i++) {
        // The decision divides by the number of groups.
        table[i] *= groups;
      }
      stacking.addWeighed(AVERAGE + 1 + h, table, prototypes, models);
      float[] bias = java.util.Arrays.copyOfRange(layer, prototypes.length, layer.length);
      addBias(head, bias, AVERAGE + 1 + h, stacking);
    }
    float[] domain = new float[domainAverages.length];
    stacking.addWeighed(DOMAIN, domainAverages, domain, models);
    addBias(head, skills, PHRASES, stacking);
    double meanSkill = 0;
    for (float skill : skills) {
      meanSkill += skill / models;
    }
    for (int m = 0; m < models; m++) {
      head[head.length - models + m] += (float) stacking.constant(skills[m], meanSkill);
    }
    return new Tables(head, prototypes, domain);
  }

  private void addBias(float[] head, float[] bias, int view, Stacking stacking) {
    float[] weighed = new float[models];
    stacking.addWeighed(view, bias, weighed, models);
    for (int m = 0; m < models; m++) {
      head[head.length - models + m] += weighed[m];
    }
  }

  /** What the decision reads. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Tables(float[] head, float[] prototypes, float[] domains) {}
}
