package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** T6: how many decisions change with the dress of an ask, and whether strange ones abstain. */
final class RobustTrack {
  private static final int MOST_ROWS = 2_000;
  private static final double TYPOS = 0.05;
  private static final String PARAPHRASE =
      "Hello! I would be grateful if you could help me with the question below. ";

  /** Token soup of the kind that pushes learned routers to the strong model. */
  private static final String GADGET =
      "explicitly theoremlemma ]] proving heuristics == advanced olympiad {{ rigorous derivation !! ";

  private final Trial trial;
  private final Encoder encoder;
  private final double threshold;
  private final double value;

  /**
   * @param value what a good answer is worth in the operating point, pico-dollars; NaN where costs
   *     are not known: then half of the rows go to the strong model
   */
  RobustTrack(Trial trial, Encoder encoder, double value) {
    this.trial = trial;
    this.encoder = encoder;
    this.value = value;
    Study study = trial.study();
    double[] gaps = trial.tested().gaps(study.weak(), study.strong());
    Arrays.sort(gaps);
    this.threshold = gaps[gaps.length / 2];
  }

  /** Writes the share of decisions that changed, by kind of change. */
  void write(ObjectNode parent) {
    List<Example> rows = trial.split().testing().stream().limit(MOST_ROWS).toList();
    int[] before = decide(rows, UnaryOperator.identity());
    Random random = new Random(1);
    Map<String, UnaryOperator<String>> dresses = new LinkedHashMap<>();
    dresses.put("typos", text -> typos(text, random));
    dresses.put("lower_case", text -> text.toLowerCase(Locale.ROOT));
    dresses.put("upper_case", text -> text.toUpperCase(Locale.ROOT));
    dresses.put("paraphrase_prefix", text -> PARAPHRASE + text);
    dresses.put("gadget_prefix", text -> GADGET + text);
    ObjectNode node = parent.putObject("robustness");
    node.put("rows", rows.size());
    ObjectNode flips = node.putObject("flipped");
    int strong = strongest();
    node.put("to_dearest_before", share(before, strong));
    dresses.forEach((name, dress) -> {
      int[] after = decide(rows, dress);
      int changed = 0;
      for (int n = 0; n < after.length; n++) {
        changed += after[n] == before[n] ? 0 : 1;
      }
      flips.put(name, Figure.rounded((double) changed / Math.max(1, after.length)));
      if (name.startsWith("gadget")) {
        node.put("to_dearest_with_gadget", share(after, strong));
      }
    });
    ObjectNode abstains = node.putObject("abstains");
    Samples.OTHER_LANGUAGES.forEach((language, text) ->
        abstains.put(language, trial.learned().ability().estimate(encoder.encode(text)).far()));
  }

  private int strongest() {
    if (!trial.study().costsKnown()) {
      return trial.study().strong();
    }
    List<CostCurve.Point> singles =
        new Wagers(trial.split().testing(), trial.study().models().size()).singles().points();
    int dearest = 0;
    for (int m = 1; m < singles.size(); m++) {
      dearest = singles.get(m).cost() > singles.get(dearest).cost() ? m : dearest;
    }
    return dearest;
  }

  private static double share(int[] choices, int model) {
    return Figure.rounded(
        (double) Arrays.stream(choices).filter(c -> c == model).count()
            / Math.max(1, choices.length));
  }

  private int[] decide(List<Example> rows, UnaryOperator<String> dress) {
    Study study = trial.study();
    List<Example> dressed =
        rows.stream()
            .map(e ->
                Example.of(e.row.withPrompt(dress.apply(e.row.prompt())), encoder, study.models()))
            .toList();
    Beliefs beliefs = Trial.tested(trial.learned(), dressed);
    if (!Double.isNaN(value)) {
      return beliefs.choices(value);
    }
    return Arrays.stream(beliefs.gaps(study.weak(), study.strong()))
        .mapToInt(gap -> gap >= threshold ? study.strong() : study.weak())
        .toArray();
  }

  /** Swaps two neighbouring letters in one of twenty words. */
  private static String typos(String text, Random random) {
    StringBuilder typed = new StringBuilder(text);
    for (int i = 1; i + 2 < typed.length(); i++) {
      boolean inside =
          Character.isLetter(typed.charAt(i - 1))
              && Character.isLetter(typed.charAt(i))
              && Character.isLetter(typed.charAt(i + 1));
      if (inside && random.nextDouble() < TYPOS / 3) {
        char first = typed.charAt(i);
        typed.setCharAt(i, typed.charAt(i + 1));
        typed.setCharAt(i + 1, first);
      }
    }
    return typed.toString();
  }
}
