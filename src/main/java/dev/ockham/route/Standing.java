package dev.ockham.route;

import dev.ockham.route.Adoption.Rung;
import dev.ockham.route.Explanation.Mode;
import dev.ockham.route.Explanation.Serving;
import java.util.Optional;

/** On which rung a request stands, and whether the router's choice or the baseline serves it. */
record Standing(Mode mode, Serving serving) {

  /** Salts: a run's place in the holdout says nothing of its place in the canary. */
  private static final long HOLDOUT = 0x686f6c646f757421L;

  private static final long CANARY = 0x63616e6172792121L;

  /**
   * @param named whether the request names a model and not a route
   */
  static Standing of(Inputs inputs, boolean named) {
    Optional<Rung> rung = inputs.rung();
    Mode mode = rung.map(Rung::mode).orElse(named ? Mode.OBSERVE : Mode.ENFORCE);
    if (mode == Mode.OBSERVE || mode == Mode.ADVISE) {
      return new Standing(mode, Serving.BASELINE);
    }
    if (inputs.wish().bypassed()) {
      return new Standing(mode, Serving.BYPASSED);
    }
    if (named && inputs.wish().optedOut()) {
      return new Standing(mode, Serving.OPTED_OUT);
    }
    int holdout = rung.map(Rung::holdout).orElse(0);
    if (holdout > 0 && place(inputs, HOLDOUT) < holdout) {
      return new Standing(mode, Serving.HELD_OUT);
    }
    boolean routed =
        mode == Mode.ENFORCE || place(inputs, CANARY) < rung.map(Rung::canary).orElse(0);
    return new Standing(mode, routed ? Serving.ROUTED : Serving.BASELINE);
  }

  boolean isRouted() {
    return serving == Serving.ROUTED;
  }

  /** A run's place among 10,000, the same for each of its requests. */
  private static int place(Inputs inputs, long salt) {
    long hash = mix(inputs.seed() ^ salt);
    String root = inputs.conversation().root();
    for (int i = 0; i < root.length(); i++) {
      hash = (hash ^ root.charAt(i)) * 0x100000001b3L;
    }
    return (int) Long.remainderUnsigned(mix(hash), Adoption.PARTS);
  }

  /** The finisher of SplitMix64. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
