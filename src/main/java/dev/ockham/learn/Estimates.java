package dev.ockham.learn;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every known model is expected to make of one ask, and how far the ask lies from anything
 * known. When {@link #far} holds the numbers are averages at best: abstain to a default.
 */
public final class Estimates {
  private final Map<String, Integer> index;
  private final Outlook outlook;
  private final Place place;

  /**
   * Where an ask lies.
   *
   * @param domain the likeliest domain
   * @param domainShare its probability
   * @param distance 1 − cosine to the nearest prototype
   * @param far nothing like it was seen in training
   */
  record Place(String domain, double domainShare, double distance, boolean far) {}

  /**
   * What is known of models in general.
   *
   * @param ease how much easier than the average ask this one is, in logits
   * @param outputTokens how long answers to it are, over all known models
   */
  record Unknowns(double ease, double outputTokens) {}

  /**
   * Reckons on demand: a decision asks for a few of the models that are known, and seldom for one
   * that is not.
   */
  interface Outlook {
    Estimate of(int model);

    Unknowns ofUnknowns();
  }

  Estimates(Map<String, Integer> index, Outlook outlook, Place place) {
    this.index = index;
    this.outlook = outlook;
    this.place = place;
  }

  /** The estimate of a model by the name it has in the weights. */
  public Optional<Estimate> of(String model) {
    Integer at = index.get(model);
    return at == null ? Optional.empty() : Optional.of(outlook.of(at));
  }

  /** The models there are estimates of. */
  public List<String> models() {
    return List.copyOf(index.keySet());
  }

  /**
   * The estimate of a model that the weights do not know, from its prior skill: the share of
   * average asks that it is good enough for, 0 to 1. Its uncertainty is large.
   */
  public Estimate ofUnknown(double priorSkill) {
    Unknowns unknowns = outlook.ofUnknowns();
    double skill = Math.clamp(priorSkill, 0.02, 0.98);
    double good = Logits.toProbability(Logits.of(skill) + unknowns.ease());
    double spread = Math.sqrt(good * (1 - good));
    return new Estimate(
        good, place.far() ? 0.5 * spread + 0.1 : 0.3 * spread + 0.05, unknowns.outputTokens());
  }

  /** The likeliest domain, predicted from the text. */
  public String domain() {
    return place.domain();
  }

  /** The probability of that domain, 0 to 1. */
  public double domainShare() {
    return place.domainShare();
  }

  /** How far the ask lies from the nearest known data, 0 (the same) to 2. */
  public double distance() {
    return place.distance();
  }

  /** Nothing like this ask was seen in training: the router should abstain. */
  public boolean far() {
    return place.far();
  }

  /** How much easier than the average ask this one is, in logits. */
  public double ease() {
    return outlook.ofUnknowns().ease();
  }
}
