package dev.ockham.ledger;

import dev.ockham.route.PackReader;
import dev.ockham.route.PackWriter;
import java.time.Instant;
import java.util.Optional;

/** An attempt that has not ended. */
public record OpenAttempt(Hold hold, Optional<Instant> dispatchedAt) {
  public OpenAttempt dispatched(Instant at) {
    return new OpenAttempt(hold, Optional.of(at));
  }

  public OpenAttempt toppedUpBy(long added) {
    return new OpenAttempt(hold.toppedUpBy(added), dispatchedAt);
  }

  /** The hold as bytes, for keeping it outside of the journal. */
  public byte[] packedHold() {
    var out = new PackWriter(256, 0);
    EntryBytes.write(out, new Entry.Reserved(hold));
    return out.toBytes();
  }

  /** What {@link #packedHold} gave. */
  public static Hold unpackHold(byte[] packed) {
    if (EntryBytes.read(new PackReader(packed)) instanceof Entry.Reserved(Hold hold)) {
      return hold;
    }
    throw new IllegalArgumentException("these bytes are not a hold");
  }
}
