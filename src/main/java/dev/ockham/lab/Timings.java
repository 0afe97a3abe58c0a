package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import dev.ockham.learn.Estimates;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** How long training and deciding took here; the bar is held by JMH, not by these. */
final class Timings {
  private static final int ROUNDS = 3;
  private static final double SECOND = 1e9;
  private static final double MICROSECOND = 1e3;

  private final LongSupplier nanos;
  private final Figure training = new Figure();
  private final double[] decision = new double[2];

  Timings(LongSupplier nanos) {
    this.nanos = nanos;
  }

  <T> T train(Supplier<T> work) {
    long begin = nanos.getAsLong();
    T done = work.get();
    training.add((nanos.getAsLong() - begin) / SECOND);
    return done;
  }

  /** Reads and estimates every test row; the last of three rounds counts. */
  void decide(Trial trial, Encoder encoder) {
    List<Example> rows = trial.split().testing();
    double[] times = new double[rows.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int n = 0; n < times.length; n++) {
        long begin = nanos.getAsLong();
        Estimates estimates =
            trial.learned().ability().estimate(encoder.encode(rows.get(n).row.prompt()));
        for (String model : trial.study().models()) {
          var _ = estimates.of(model);
        }
        times[n] = (nanos.getAsLong() - begin) / MICROSECOND;
      }
    }
    Arrays.sort(times);
    decision[0] = times[times.length / 2];
    decision[1] = times[(int) (0.99 * (times.length - 1))];
  }

  void write(ObjectNode parent, long begin) {
    ObjectNode node = parent.putObject("timings");
    training.write(node, "training_seconds");
    Figure.put(node, "decision_micros_p50", decision[0]);
    Figure.put(node, "decision_micros_p99", decision[1]);
    Figure.put(node, "whole_seconds", (nanos.getAsLong() - begin) / SECOND);
  }
}
