package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Scope;
import dev.ockham.route.PackReader;
import dev.ockham.route.PackWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries as bytes and back: one octet for the kind, then its values. What an enum constant is
 * written as is fixed here, apart from its order in the source. Every text is cut, so that no entry
 * is longer than {@link Journal#LONGEST_RECORD}.
 */
final class EntryBytes {
  /** Of format 1, in which a hold had one amount. */
  private static final int RESERVED_1 = 1;

  private static final int DISPATCHED = 2;
  private static final int SETTLED_1 = 3;
  private static final int VOIDED_1 = 4;
  private static final int REQUEST = 5;
  private static final int RESERVED = 6;
  private static final int SETTLED = 7;
  private static final int VOIDED = 8;
  private static final int TOPPED_UP = 9;
  private static final int REACHED = 10;

  private static final int NAME = 120;
  private static final int NOTE = 200;

  private EntryBytes() {}

  static void write(PackWriter out, Entry entry) {
    switch (entry) {
      case Entry.Reserved reserved -> {
        out.octet(RESERVED);
        write(out, reserved.hold());
      }
      case Entry.ToppedUp more -> {
        out.octet(TOPPED_UP);
        out.uuid(more.attempt().value());
        out.text(more.organisation(), NAME);
        write(out, more.scopes());
        out.number(more.added());
        out.fixed(Micros.of(more.at()));
      }
      case Entry.Reached reached -> {
        out.octet(REACHED);
        out.text(reached.organisation(), NAME);
        out.text(reached.scope().toString(), NAME);
        out.text(reached.period().wireName(), NAME);
        out.fixed(Micros.of(reached.since()));
        out.text(reached.threshold().toString(), NAME);
        out.fixed(Micros.of(reached.at()));
        out.signed(reached.spent());
        out.number(reached.limit());
      }
      case Entry.Dispatched dispatched -> {
        out.octet(DISPATCHED);
        out.uuid(dispatched.attempt().value());
        out.fixed(Micros.of(dispatched.at()));
      }
      case Entry.Settled settled -> {
        out.octet(SETTLED);
        ending(out, settled);
        AmountBytes.write(out, settled.usage());
        out.text(settled.basis().wireName(), NAME);
        out.maybe(settled.cost(), cost -> out.signed(cost.picos()));
      }
      case Entry.Voided voided -> {
        out.octet(VOIDED);
        ending(out, voided);
        out.text(voided.reason(), NOTE);
      }
      case PackedRequest request -> {
        out.octet(REQUEST);
        out.bytes(request.record());
        out.bytes(request.features());
      }
    }
  }

  static Entry read(PackReader in) {
    int kind = in.octet();
    return switch (kind) {
      case RESERVED, RESERVED_1 -> new Entry.Reserved(hold(in, kind == RESERVED));
      case TOPPED_UP ->
          new Entry.ToppedUp(
              new AttemptId(in.uuid()),
              in.text(),
              scopes(in),
              in.number(),
              Micros.toInstant(in.fixed()));
      case REACHED ->
          new Entry.Reached(
              in.text(),
              Scope.parse(in.text()),
              Budget.Period.parse(in.text()),
              Micros.toInstant(in.fixed()),
              Threshold.parse(in.text()),
              Micros.toInstant(in.fixed()),
              in.signed(),
              in.number());
      case DISPATCHED ->
          new Entry.Dispatched(new AttemptId(in.uuid()), Micros.toInstant(in.fixed()));
      case SETTLED, SETTLED_1 ->
          new Entry.Settled(
              hold(in, kind == SETTLED),
              in.maybe(() -> Micros.toInstant(in.fixed())),
              Micros.toInstant(in.fixed()),
              AmountBytes.usage(in),
              basis(in.text()),
              in.maybe(() -> new Money(in.signed())));
      case VOIDED, VOIDED_1 ->
          new Entry.Voided(
              hold(in, kind == VOIDED),
              in.maybe(() -> Micros.toInstant(in.fixed())),
              Micros.toInstant(in.fixed()),
              in.text());
      case REQUEST -> PackedRequest.of(in.bytes(), in.bytes());
      default -> throw new IllegalArgumentException("journal entry of kind " + kind);
    };
  }

  private static void ending(PackWriter out, Entry.Ended ended) {
    write(out, ended.hold());
    out.maybe(ended.dispatchedAt(), at -> out.fixed(Micros.of(at)));
    out.fixed(Micros.of(ended.at()));
  }

  private static void write(PackWriter out, Hold hold) {
    out.uuid(hold.request().value());
    out.uuid(hold.attempt().value());
    out.text(hold.organisation(), NAME);
    write(out, hold.scopes());
    out.text(hold.quote().model(), NAME);
    out.text(hold.quote().provider(), NAME);
    PriceBytes.write(out, hold.quote().price());
    AmountBytes.write(out, hold.quote().worstCase());
    AmountBytes.write(out, hold.quote().expected());
    out.fixed(Micros.of(hold.at()));
    out.number(hold.nanos());
    out.number(hold.likely());
  }

  private static void write(PackWriter out, List<Scope> scopes) {
    out.number(scopes.size());
    for (Scope scope : scopes) {
      out.text(scope.toString(), NAME);
    }
  }

  private static List<Scope> scopes(PackReader in) {
    List<Scope> scopes = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      scopes.add(Scope.parse(in.text()));
    }
    return scopes;
  }

  private static Hold hold(PackReader in, boolean twoAmounts) {
    var request = new RequestId(in.uuid());
    var attempt = new AttemptId(in.uuid());
    String organisation = in.text();
    List<Scope> scopes = scopes(in);
    var quote =
        new Quote(
            in.text(),
            in.text(),
            PriceBytes.read(in),
            AmountBytes.usage(in),
            AmountBytes.usage(in));
    return new Hold(
        request,
        attempt,
        organisation,
        scopes,
        quote,
        Micros.toInstant(in.fixed()),
        in.number(),
        twoAmounts ? in.number() : 0);
  }

  private static Basis basis(String wireName) {
    for (Basis basis : Basis.values()) {
      if (basis.wireName().equals(wireName)) {
        return basis;
      }
    }
    throw new IllegalArgumentException("basis \"" + wireName + "\"");
  }
}
