package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** T4: what fewer labels give. */
record LabelTrack(Study study, Encoder encoder, int seeds) {
  private static final int[] LABELS = {50, 200, 600, 1_500, 7_000};

  /** A curve at more labels than this is not drawn: it would leave too little to test on. */
  private static final double MOST = 0.7;

  /** Trains with each number of labels and writes the curve. */
  void write(ObjectNode parent, int labels) {
    ArrayNode curve = parent.putArray("label_curve");
    none(curve.addObject());
    for (int count : LABELS) {
      if (count <= MOST * study.examples().size() && count != labels) {
        one(curve.addObject(), count);
      }
    }
  }

  /** Without labels the router mixes at random. */
  private void none(ObjectNode point) {
    point.put("labels", 0);
    point.putObject("apgr").put("mean", 0.5);
  }

  private void one(ObjectNode point, int count) {
    point.put("labels", count);
    ShareTrack shares = new ShareTrack(study);
    CostTrack costs = new CostTrack(study);
    for (int seed = 0; seed < seeds; seed++) {
      Split split = Split.of(study.examples(), count, seed, study::mayTest);
      Map<String, Beliefs> beliefs =
          Map.of(Approaches.ROUTER, Trial.run(study, split, encoder).tested());
      Redraws few = new Redraws(split.testing().size(), seed, 0);
      shares.add(split, beliefs, few);
      if (study.costsKnown()) {
        costs.add(split, beliefs, few);
      }
    }
    shares.apgr(Approaches.ROUTER).write(point, "apgr");
    if (study.costsKnown()) {
      costs.aiq(Approaches.ROUTER).write(point, "aiq");
    }
  }
}
