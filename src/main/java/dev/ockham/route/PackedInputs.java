package dev.ockham.route;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import dev.ockham.route.Adoption.Rung;
import dev.ockham.route.Explanation.Mode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** {@link Inputs} in about a hundred bytes, and back. The name asked for stands beside them. */
@SuppressWarnings("EnumOrdinal") // new constants are added at the end
final class PackedInputs {
  private static final int NAME = 120;

  /**
   * Characters of a key's scopes, or of the names it may use, so that a record fits the journal.
   */
  private static final int MOST = 600;

  private PackedInputs() {}

  static void write(PackWriter out, Inputs inputs) {
    out.text(inputs.requested(), NAME);
    out.text(inputs.defaultRoute(), NAME);
    write(out, inputs.needs());
    out.flag(inputs.turn().toolResults());
    out.flag(inputs.turn().reasoning());
    write(out, inputs.caller());
    write(out, inputs.conversation());
    out.flag(inputs.wish().optedOut());
    out.flag(inputs.wish().bypassed());
    out.maybe(
        inputs.rung(),
        rung -> {
          out.octet(rung.mode().ordinal());
          out.number(rung.canary());
          out.number(rung.holdout());
        });
    out.fixed(inputs.seed());
    out.maybe(
        inputs.reading(),
        reading -> {
          out.text(reading.domain(), NAME);
          out.fixed(Double.doubleToLongBits(reading.distance()));
          out.flag(reading.far());
        });
  }

  static Inputs read(PackReader in) {
    return new Inputs(
        in.text(),
        in.text(),
        needs(in),
        new Inputs.Turn(in.flag(), in.flag()),
        caller(in),
        conversation(in),
        new Inputs.Wish(in.flag(), in.flag()),
        in.maybe(() -> new Rung(Mode.values()[in.octet()], (int) in.number(), (int) in.number())),
        in.fixed(),
        in.maybe(
            () -> new Inputs.Reading(in.text(), Double.longBitsToDouble(in.fixed()), in.flag())));
  }

  private static void write(PackWriter out, Needs needs) {
    int bits = 0;
    for (Capability capability : needs.capabilities()) {
      bits |= 1 << capability.ordinal();
    }
    out.number(bits);
    out.number(needs.inputTokens());
    out.flag(needs.output().isPresent());
    out.number(needs.output().orElse(0));
  }

  private static Needs needs(PackReader in) {
    long bits = in.number();
    var capabilities = EnumSet.noneOf(Capability.class);
    for (Capability capability : Capability.values()) {
      if ((bits & (1L << capability.ordinal())) != 0) {
        capabilities.add(capability);
      }
    }
    long input = in.number();
    boolean capped = in.flag();
    long cap = in.number();
    return new Needs(capabilities, input, capped ? OptionalLong.of(cap) : OptionalLong.empty());
  }

  private static void write(PackWriter out, Caller caller) {
    out.text(caller.organisation(), NAME);
    out.text(caller.keyId(), NAME);
    out.text(caller.principal(), NAME);
    out.flag(caller.role() == Caller.Role.ADMIN);
    texts(out, caller.scopes().stream().map(Scope::toString).toList());
    texts(out, new TreeSet<>(caller.allowed()));
  }

  private static Caller caller(PackReader in) {
    return new Caller(
        in.text(),
        in.text(),
        in.text(),
        in.flag() ? Caller.Role.ADMIN : Caller.Role.CLIENT,
        texts(in).stream().map(Scope::parse).toList(),
        Set.copyOf(texts(in)));
  }

  private static void write(PackWriter out, Conversation conversation) {
    out.text(conversation.id(), NAME);
    boolean ownRoot = conversation.root().equals(conversation.id());
    out.text(ownRoot ? "" : conversation.root(), NAME);
    out.maybe(
        conversation.pin(),
        pin -> {
          out.text(pin.route(), 256);
          out.text(pin.model(), NAME);
        });
    out.number(conversation.turns());
  }

  private static Conversation conversation(PackReader in) {
    String id = in.text();
    String root = in.text();
    return new Conversation(
        id,
        root.isEmpty() ? id : root,
        in.maybe(() -> new Conversation.Pin(in.text(), in.text())),
        (int) in.number());
  }

  private static void texts(PackWriter out, Collection<String> texts) {
    int left = MOST;
    for (String text : texts) {
      left -= Math.min(text.length(), NAME) + 2;
      if (left < 0) {
        break;
      }
      out.flag(true);
      out.text(text, NAME);
    }
    out.flag(false);
  }

  private static List<String> texts(PackReader in) {
    var texts = new ArrayList<String>();
    while (in.flag()) {
      texts.add(in.text());
    }
    return texts;
  }
}
