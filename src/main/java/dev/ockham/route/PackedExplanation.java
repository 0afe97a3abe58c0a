package dev.ockham.route;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Money;
import dev.ockham.policy.Constraint;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Explanation.TextFeatures;
import dev.ockham.route.Explanation.Versions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An {@link Explanation} in a few hundred bytes, and back. Qualities, uncertainties and scores come
 * back rounded to seven digits; everything else as it was. Features are packed apart, because they
 * are deleted sooner.
 */
@SuppressWarnings("EnumOrdinal") // new constants are added at the end
public final class PackedExplanation {
  private static final int FORMAT = 2;

  /** Without inputs, and with two modes. */
  private static final int FIRST_FORMAT = 1;

  private static final int NAME = 120;
  private static final int REASON = 300;
  private static final int MOST_LABELS = 8;
  private static final int LABEL = 60;

  private PackedExplanation() {}

  /** Without its features. Candidates that would take it past {@code longest} are left out. */
  public static byte[] pack(Explanation why, int longest) {
    var out = new PackWriter(512, 0);
    out.octet(FORMAT);
    out.text(why.requested(), NAME);
    out.text(why.route(), NAME);
    out.octet(why.mode().ordinal());
    out.octet(why.serving().ordinal());
    out.maybe(why.inputs(), inputs -> PackedInputs.write(out, inputs));
    int labels = Math.min(why.labels().size(), MOST_LABELS);
    out.octet(labels);
    why.labels().subList(0, labels).forEach(label -> out.text(label, LABEL));
    out.maybe(why.alternative(), name -> out.text(name, NAME));
    out.text(why.reason(), REASON);
    out.text(why.versions().catalog(), NAME);
    out.text(why.versions().route(), NAME);
    out.text(why.versions().weights(), NAME);
    for (Candidate candidate : why.candidates()) {
      int before = out.length();
      out.flag(true);
      write(out, candidate);
      if (out.length() >= longest) {
        out.truncate(before);
        break;
      }
    }
    out.flag(false);
    return out.toBytes();
  }

  /**
   * @param features if they are still there
   */
  public static Explanation unpack(byte[] packed, Optional<TextFeatures> features) {
    var in = new PackReader(packed);
    int format = in.octet();
    if (format == FIRST_FORMAT) {
      return unpackFirst(in, features);
    }
    if (format != FORMAT) {
      throw new IllegalArgumentException("explanation format " + format + " (expected: 1 or 2)");
    }
    String requested = in.text();
    String route = in.text();
    Explanation.Mode mode = Explanation.Mode.values()[in.octet()];
    Explanation.Serving serving = Explanation.Serving.values()[in.octet()];
    Optional<Inputs> inputs = in.maybe(() -> PackedInputs.read(in));
    List<String> labels = new ArrayList<>();
    for (int left = in.octet(); left > 0; left--) {
      labels.add(in.text());
    }
    Optional<String> alternative = in.maybe(in::text);
    String reason = in.text();
    var versions = new Versions(in.text(), in.text(), in.text());
    return new Explanation(
        requested,
        route,
        mode,
        serving,
        candidates(in),
        alternative,
        reason,
        versions,
        features,
        inputs,
        labels);
  }

  private static Explanation unpackFirst(
      PackReader in,
      @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<TextFeatures> features) {
    String requested = in.text();
    String route = in.text();
    boolean observed = in.octet() == 0;
    Optional<String> alternative = in.maybe(in::text);
    String reason = in.text();
    var versions = new Versions(in.text(), in.text(), in.text());
    return new Explanation(
        requested,
        route,
        observed ? Explanation.Mode.OBSERVE : Explanation.Mode.ENFORCE,
        observed ? Explanation.Serving.BASELINE : Explanation.Serving.ROUTED,
        candidates(in),
        alternative,
        reason,
        versions,
        features,
        Optional.empty(),
        List.of());
  }

  private static List<Candidate> candidates(PackReader in) {
    List<Candidate> candidates = new ArrayList<>();
    while (in.flag()) {
      candidates.add(readCandidate(in));
    }
    return candidates;
  }

  public static byte[] pack(TextFeatures features) {
    ByteBuffer vector = features.vector().duplicate();
    var values = new byte[vector.remaining()];
    vector.get(values);
    var out = new PackWriter(values.length + 32, 0);
    out.octet(FIRST_FORMAT);
    out.bytes(values);
    out.text(features.domain(), NAME);
    out.fixed(Double.doubleToLongBits(features.distance()));
    out.flag(features.far());
    return out.toBytes();
  }

  public static TextFeatures unpackFeatures(byte[] packed) {
    var in = new PackReader(packed);
    in.octet();
    return new TextFeatures(
        ByteBuffer.wrap(in.bytes()), in.text(), Double.longBitsToDouble(in.fixed()), in.flag());
  }

  private static void write(PackWriter out, Candidate candidate) {
    switch (candidate) {
      case Candidate.Excluded excluded -> {
        out.octet(0);
        out.text(excluded.model(), NAME);
        write(out, excluded.constraint());
      }
      case Candidate.Scored scored -> {
        out.octet(scored.basis() == Scores.Basis.LEARNED ? 1 : 2);
        out.text(scored.model(), NAME);
        real(out, scored.quality());
        real(out, scored.uncertainty());
        out.number(scored.outputTokens());
        out.signed(scored.expectedCost().picos());
        real(out, scored.score());
      }
      case Candidate.Unranked unranked -> {
        out.octet(unranked.lacking() == Explanation.Lacking.ABILITY ? 3 : 4);
        out.text(unranked.model(), NAME);
      }
    }
  }

  private static Candidate readCandidate(PackReader in) {
    int kind = in.octet();
    String model = in.text();
    return switch (kind) {
      case 0 -> new Candidate.Excluded(model, readConstraint(in));
      case 1 -> readScored(in, model, Scores.Basis.LEARNED);
      case 2 -> readScored(in, model, Scores.Basis.PRESUMED);
      case 3 -> new Candidate.Unranked(model, Explanation.Lacking.ABILITY);
      case 4 -> new Candidate.Unranked(model, Explanation.Lacking.PRICE);
      default -> throw new IllegalArgumentException("candidate of kind " + kind);
    };
  }

  private static Candidate readScored(PackReader in, String model, Scores.Basis basis) {
    return new Candidate.Scored(
        model, basis, real(in), real(in), in.number(), new Money(in.signed()), real(in));
  }

  private static void write(PackWriter out, Constraint constraint) {
    switch (constraint) {
      case Constraint.LacksCapability c -> {
        out.octet(0);
        out.text(c.missing().name(), NAME);
      }
      case Constraint.WindowTooSmall c -> {
        out.octet(1);
        out.number(c.needed());
        out.number(c.window());
      }
      case Constraint.NotAllowed() -> out.octet(2);
      case Constraint.ExcludedByRule c -> {
        out.octet(3);
        out.text(c.rule(), NAME);
      }
      case Constraint.PriceUnknown() -> out.octet(4);
      case Constraint.CannotExpress c -> {
        out.octet(5);
        out.text(c.what(), NAME);
      }
      case Constraint.OnlyEmbeds() -> out.octet(6);
    }
  }

  private static Constraint readConstraint(PackReader in) {
    int kind = in.octet();
    return switch (kind) {
      case 0 -> new Constraint.LacksCapability(Capability.valueOf(in.text()));
      case 1 -> new Constraint.WindowTooSmall(in.number(), in.number());
      case 2 -> new Constraint.NotAllowed();
      case 3 -> new Constraint.ExcludedByRule(in.text());
      case 4 -> new Constraint.PriceUnknown();
      case 5 -> new Constraint.CannotExpress(in.text());
      case 6 -> new Constraint.OnlyEmbeds();
      default -> throw new IllegalArgumentException("constraint of kind " + kind);
    };
  }

  private static void real(PackWriter out, double value) {
    int bits = Float.floatToIntBits((float) value);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.octet(bits >>> shift);
    }
  }

  private static double real(PackReader in) {
    int bits = 0;
    for (int i = 0; i < Float.BYTES; i++) {
      bits = (bits << 8) | in.octet();
    }
    return Float.intBitsToFloat(bits);
  }
}
