package dev.ockham.demo;

import dev.ockham.demo.Bootstrap.Interval;
import dev.ockham.demo.Exchange.Answered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What a run came to: the router beside its baselines. Costs are in picodollars, accuracies in per
 * cent, differences in points.
 *
 * @param ledgerPicos what the ledger says the same answers cost
 * @param saved per cent of the best single model's cost
 */
record Figures(
    Row router,
    long ledgerPicos,
    Baselines baselines,
    Gain saved,
    Gain accuracyGain,
    Shares shares) {

  /** One way to choose and what it came to. */
  record Row(String label, double accuracy, long picos) {
    static Row of(String label, Tally counted) {
      return new Row(label, counted.accuracy(), counted.totalPicos());
    }
  }

  /** Each computed on the same questions. */
  record Baselines(Row bestSingle, Row cheapest, Row randomMix, Row domainTable, Row oracle) {}

  /** A difference to the best single model with its 95 % interval. */
  record Gain(double value, Interval interval) {}

  /** A part of the questions: how many, how good and how dear their answers were. */
  record Part(int questions, double accuracy, long picos, SequencedMap<String, Integer> models) {}

  /**
   * Where the questions went.
   *
   * @param byModel by the model that served, most questions first
   * @param byDomain by the recorded domain
   */
  record Shares(
      int questions, SequencedMap<String, Part> byModel, SequencedMap<String, Part> byDomain) {}

  /** Counts a run up. The order of the answers decides nothing. */
  static Figures of(
      List<Answered> answers,
      long ledgerPicos,
      TrainingFacts training,
      Map<String, Tariff> tariffs,
      RandomGenerator random) {
    List<Question> questions = answers.stream().map(Answered::question).toList();
    Tally router = Tally.of(questions, answers.stream().map(Answered::model).toList(), tariffs);
    Tally best = Strategy.always(training.bestSingle()).over(questions, tariffs);
    int[] all = IntStream.range(0, questions.size()).toArray();
    return new Figures(
        Row.of("auto", router),
        ledgerPicos,
        baselines(questions, router.totalPicos(), training, tariffs),
        new Gain(
            router.savedPercent(best, all),
            Bootstrap.interval(all.length, sample -> router.savedPercent(best, sample), random)),
        new Gain(
            router.accuracyDifference(best, all),
            Bootstrap.interval(
                all.length, sample -> router.accuracyDifference(best, sample), random)),
        shares(answers, tariffs));
  }

  private static Baselines baselines(
      List<Question> questions, long spent, TrainingFacts training, Map<String, Tariff> tariffs) {
    RandomMix mix = RandomMix.costing(spent, training.hull(), questions, tariffs);
    Strategy table = Strategy.byDomain(training.domainTable(), training.bestSingle());
    return new Baselines(
        row(Strategy.always(training.bestSingle()), questions, tariffs),
        row(Strategy.always(training.cheapest()), questions, tariffs),
        new Row(mix.label(), mix.accuracy(), mix.picos()),
        row(table, questions, tariffs),
        row(Strategy.oracle(tariffs), questions, tariffs));
  }

  private static Row row(Strategy strategy, List<Question> questions, Map<String, Tariff> tariffs) {
    return Row.of(strategy.label(), strategy.over(questions, tariffs));
  }

  private static Shares shares(List<Answered> answers, Map<String, Tariff> tariffs) {
    var byModel = new TreeMap<String, List<Answered>>();
    var byDomain = new TreeMap<String, List<Answered>>();
    for (Answered answer : answers) {
      byModel.computeIfAbsent(answer.model(), name -> new ArrayList<>()).add(answer);
      byDomain.computeIfAbsent(answer.question().domain(), name -> new ArrayList<>()).add(answer);
    }
    return new Shares(answers.size(), largestFirst(byModel, tariffs), parts(byDomain, tariffs));
  }

  private static SequencedMap<String, Part> largestFirst(
      Map<String, List<Answered>> groups, Map<String, Tariff> tariffs) {
    var sorted = new LinkedHashMap<String, Part>();
    parts(groups, tariffs).entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                (Map.Entry<String, Part> entry) -> -entry.getValue().questions()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static SequencedMap<String, Part> parts(
      Map<String, List<Answered>> groups, Map<String, Tariff> tariffs) {
    var parts = new LinkedHashMap<String, Part>();
    groups.forEach((name, answers) -> parts.put(name, part(answers, tariffs)));
    return parts;
  }

  private static Part part(List<Answered> answers, Map<String, Tariff> tariffs) {
    double quality = 0;
    long picos = 0;
    var models = new TreeMap<String, Integer>();
    for (Answered answer : answers) {
      quality += answer.quality();
      picos = Math.addExact(picos, Tally.cost(answer.question(), answer.model(), tariffs));
      models.merge(answer.model(), 1, Integer::sum);
    }
    return new Part(answers.size(), 100 * quality / answers.size(), picos, models);
  }
}
