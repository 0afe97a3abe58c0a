package dev.ockham.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What the questions that are not held out tell of the models: everything the baselines may know.
 *
 * @param dollarsPerGoodAnswer the setting of the route, chosen inside the training part
 * @param cells by domain, then by model
 */
record TrainingFacts(
    double dollarsPerGoodAnswer, SequencedMap<String, SequencedMap<String, Cell>> cells) {
  private static final double PICOS_PER_DOLLAR = 1e12;

  /**
   * A model's record over some questions.
   *
   * @param good sum of the qualities of its answers
   * @param picos what its answers cost in all, in picodollars
   */
  record Cell(long questions, double good, long picos) {
    static final Cell NONE = new Cell(0, 0, 0);

    Cell plus(Cell other) {
      return new Cell(questions + other.questions, good + other.good, picos + other.picos);
    }

    double accuracy() {
      return good / questions;
    }

    double meanPicos() {
      return (double) picos / questions;
    }
  }

  TrainingFacts {
    cells = new LinkedHashMap<>(cells);
  }

  /** Every model's record over all domains. */
  SequencedMap<String, Cell> overall() {
    var overall = new LinkedHashMap<String, Cell>();
    for (Map<String, Cell> domain : cells.values()) {
      domain.forEach((model, cell) -> overall.merge(model, cell, Cell::plus));
    }
    return overall;
  }

  /** The model with the most right answers. */
  String bestSingle() {
    return best(overall(), Cell::accuracy);
  }

  /** The model that costs least. */
  String cheapest() {
    return best(overall(), cell -> -cell.meanPicos());
  }

  /**
   * The domain table: for every domain the model that is best in it on average, at the same worth
   * of a good answer as the router's.
   */
  Map<String, String> domainTable() {
    Map<String, String> table = new LinkedHashMap<>();
    cells.forEach((domain, models) ->
        table.put(
            domain,
            best(
                models,
                cell ->
                    dollarsPerGoodAnswer * cell.accuracy() - cell.meanPicos() / PICOS_PER_DOLLAR)));
    return table;
  }

  /**
   * The models worth mixing, from the cheapest to the best: the corners of the hull over (mean
   * cost, accuracy), so that no mix of two others is both cheaper and better than one of them.
   */
  List<String> hull() {
    SequencedMap<String, Cell> overall = overall();
    var corners = new ArrayList<String>();
    String at = cheapest();
    while (true) {
      corners.add(at);
      Cell from = overall.get(at);
      if (from == null || at.equals(bestSingle())) {
        return corners;
      }
      var dearer = new LinkedHashMap<String, Cell>();
      overall.forEach((model, cell) -> {
        if (cell.accuracy() > from.accuracy()) {
          dearer.put(model, cell);
        }
      });
      at =
          best(
              dearer,
              cell ->
                  (cell.accuracy() - from.accuracy())
                      / Math.max(1e-9, cell.meanPicos() - from.meanPicos()));
    }
  }

  private interface Worth {
    double of(Cell cell);
  }

  private static String best(Map<String, Cell> cells, Worth worth) {
    return cells.entrySet().stream()
        .max(Comparator.comparingDouble(entry -> worth.of(entry.getValue())))
        .map(Map.Entry::getKey)
        .orElseThrow(() -> new IllegalStateException("no model has a record"));
  }
}
