package dev.ockham.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operating point: the setting is fixed on training rows, then tested, against the model that
 * was the best single one on the training rows.
 */
final class PointTrack {
  /** Standard errors of a one-sided bound of 95 %. */
  private static final double MARGIN = 1.645;

  private static final double DOLLAR = 1e12;

  private final Study study;
  private final Map<String, Figures> byName = new LinkedHashMap<>();

  private record Figures(Figure saved, Figure points, Figure value, Figure catastrophic) {
    Figures() {
      this(new Figure(), new Figure(), new Figure(), new Figure());
    }
  }

  PointTrack(Study study) {
    this.study = study;
  }

  /** Adds one trial; returns the setting without the margin. */
  OperatingSetting add(Trial trial, Beliefs oracle, Redraws redraws) {
    Wagers wagers = new Wagers(trial.split().testing(), study.models().size());
    OperatingSetting plain = OperatingSetting.choose(trial.split().training(), trial.unseen(), 0);
    OperatingSetting careful =
        OperatingSetting.choose(trial.split().training(), trial.unseen(), MARGIN);
    add("router", wagers, plain, plain.choices(trial.tested()), redraws);
    add("router_with_margin", wagers, careful, careful.choices(trial.tested()), redraws);
    OperatingSetting hindsight =
        new OperatingSetting(wagers.values()[wagers.values().length - 1], plain.bestSingle());
    add("oracle", wagers, hindsight, hindsight.choices(oracle), redraws);
    return plain;
  }

  private void add(
      String name, Wagers wagers, OperatingSetting setting, int[] choices, Redraws redraws) {
    Figures figures = byName.computeIfAbsent(name, _ -> new Figures());
    int single = setting.bestSingle();
    Wagers.Against against = wagers.against(choices, single);
    figures.saved.add(
        against.savedPercent(),
        redraws.of(times -> wagers.against(choices, single, times).savedPercent()));
    figures.points.add(
        against.points(), redraws.of(times -> wagers.against(choices, single, times).points()));
    figures.value.add(setting.value() / DOLLAR);
    figures.catastrophic.add(wagers.catastrophic(choices, single));
  }

  /** Writes what each setting came to. */
  void write(ObjectNode parent) {
    ObjectNode node = parent.putObject("operating_point");
    byName.forEach((name, figures) -> {
      ObjectNode point = node.putObject(name);
      figures.saved.write(point, "saved_percent");
      figures.points.write(point, "points");
      figures.value.write(point, "dollars_per_good_answer");
      figures.catastrophic.write(point, "catastrophic_rate");
    });
  }
}
