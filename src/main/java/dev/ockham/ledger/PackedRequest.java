package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.chat.Dialect;
import dev.ockham.ledger.RequestRecord.Answer;
import dev.ockham.ledger.RequestRecord.Asked;
import dev.ockham.ledger.RequestRecord.Asker;
import dev.ockham.ledger.RequestRecord.Status;
import dev.ockham.ledger.RequestRecord.Timings;
import dev.ockham.route.PackReader;
import dev.ockham.route.PackWriter;
import dev.ockham.route.PackedExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link RequestRecord} as the journal and the database keep it: bytes, of which only what rows
 * are found by is unpacked. The features stand apart, because they are deleted sooner.
 */
public final class PackedRequest implements Entry {
  private static final int FORMAT = 1;
  private static final int NAME = 120;
  private static final int NOTE = 200;
  private static final int MAX_NOTES = 6;
  private static final int LONGEST_EXPLANATION = 3000;
  private static final int CAPACITY = 768;

  /**
   * What rows are found by.
   *
   * @param micros when it arrived
   */
  public record Head(
      RequestId id,
      long micros,
      String organisation,
      String route,
      String status,
      Optional<String> servedBy,
      Optional<Money> alternativeCost) {}

  private final Head head;
  private final byte[] record;
  private final byte[] features;

  private PackedRequest(Head head, byte[] record, byte[] features) {
    this.head = head;
    this.record = record;
    this.features = features;
  }

  public Head head() {
    return head;
  }

  /** Everything but the features. Not to be changed. */
  public byte[] record() {
    return record;
  }

  /** Empty if there are none. Not to be changed. */
  public byte[] features() {
    return features;
  }

  public static PackedRequest pack(RequestRecord record) {
    var out = new PackWriter(CAPACITY, 0);
    Answer answer = record.answer();
    out.octet(FORMAT);
    out.uuid(record.id().value());
    out.fixed(Micros.of(record.at()));
    out.text(record.asker().organisation(), NAME);
    out.text(record.why().route(), NAME);
    out.text(answer.status().wireName(), NAME);
    out.maybe(answer.servedBy(), model -> out.text(model, NAME));
    out.maybe(answer.alternativeCost(), cost -> out.signed(cost.picos()));
    out.text(record.asker().keyId(), NAME);
    out.text(record.asker().principal(), NAME);
    write(out, record.asked());
    write(out, answer);
    out.bytes(PackedExplanation.pack(record.why(), LONGEST_EXPLANATION));
    byte[] features = record.why().features().map(PackedExplanation::pack).orElse(new byte[0]);
    return of(out.toBytes(), features);
  }

  /** What {@link #record} and {@link #features} gave. */
  public static PackedRequest of(byte[] record, byte[] features) {
    return new PackedRequest(head(new PackReader(record)), record, features);
  }

  public RequestRecord unpack() {
    var in = new PackReader(record);
    Head read = head(in);
    var asker = new Asker(read.organisation(), in.text(), in.text());
    var asked = new Asked(in.text(), dialect(in.text()), in.flag(), in.maybe(in::text));
    Answer answer = answer(in, read);
    var why =
        PackedExplanation.unpack(
            in.bytes(),
            features.length == 0
                ? Optional.empty()
                : Optional.of(PackedExplanation.unpackFeatures(features)));
    return new RequestRecord(read.id(), Micros.toInstant(read.micros()), asker, asked, why, answer);
  }

  private static Head head(PackReader in) {
    int format = in.octet();
    if (format != FORMAT) {
      throw new IllegalArgumentException("request record format " + format + " (expected: 1)");
    }
    return new Head(
        new RequestId(in.uuid()),
        in.fixed(),
        in.text(),
        in.text(),
        in.text(),
        in.maybe(in::text),
        in.maybe(() -> new Money(in.signed())));
  }

  private static void write(PackWriter out, Asked asked) {
    out.text(asked.model(), NAME);
    out.text(asked.dialect().wireName(), NAME);
    out.flag(asked.streamed());
    out.maybe(asked.conversation(), name -> out.text(name, NAME));
  }

  private static void write(PackWriter out, Answer answer) {
    out.number(answer.httpStatus());
    out.maybe(answer.error(), error -> out.text(error, NOTE));
    notes(out, answer.losses());
    notes(out, answer.edits());
    out.number(Micros.of(answer.timings().decided()));
    out.maybe(answer.timings().firstByte(), time -> out.number(Micros.of(time)));
    out.number(Micros.of(answer.timings().done()));
  }

  private static Answer answer(PackReader in, Head head) {
    return new Answer(
        status(head.status()),
        (int) in.number(),
        in.maybe(in::text),
        head.servedBy(),
        head.alternativeCost(),
        notes(in),
        notes(in),
        new Timings(
            Micros.toDuration(in.number()),
            in.maybe(() -> Micros.toDuration(in.number())),
            Micros.toDuration(in.number())));
  }

  private static void notes(PackWriter out, List<String> notes) {
    int kept = Math.min(notes.size(), MAX_NOTES);
    out.number(kept);
    for (String note : notes.subList(0, kept)) {
      out.text(note, NOTE);
    }
  }

  private static List<String> notes(PackReader in) {
    List<String> notes = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      notes.add(in.text());
    }
    return notes;
  }

  private static Dialect dialect(String wireName) {
    for (Dialect dialect : Dialect.values()) {
      if (dialect.wireName().equals(wireName)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException("dialect \"" + wireName + "\"");
  }

  private static Status status(String wireName) {
    for (Status status : Status.values()) {
      if (status.wireName().equals(wireName)) {
        return status;
      }
    }
    throw new IllegalArgumentException("status \"" + wireName + "\"");
  }
}
