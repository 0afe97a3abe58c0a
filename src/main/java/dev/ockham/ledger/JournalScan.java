package dev.ockham.ledger;

import dev.ockham.ledger.Disk.Region;
import dev.ockham.ledger.Segment.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an earlier process left: segments up to the last whole record. What comes after a gap or a
 * torn record was never forced to disk, and is deleted, the last first, so that a scan cut short is
 * repeated with the same result.
 *
 * @param blank at least one
 * @param end the sequence number to continue with
 */
record JournalScan(
    List<Segment> written,
    List<Region> blank,
    long nextNumber,
    long end,
    Optional<JournalOpening> problem) {

  static JournalScan of(Disk disk, int segmentBytes, Position stored) throws IOException {
    List<Segment> written = new ArrayList<>();
    List<Region> blank = new ArrayList<>();
    List<Region> lost = new ArrayList<>();
    long number = 0;
    for (Region region : disk.regions()) {
      number = region.number() + 1;
      switch (Segment.header(region)) {
        case Header.OtherFormat(int version) -> {
          return failed(new JournalOpening.TooNew(version, Segment.FORMAT));
        }
        case Header.Blank() -> (region.size() == segmentBytes ? blank : lost).add(region);
        case Header.Torn() -> lost.add(region);
        case Header.Written(long base) -> {
          boolean follows = written.isEmpty() || written.getLast().sequenceAfter() == base;
          if (follows && blank.isEmpty() && lost.isEmpty()) {
            written.add(Segment.reopen(region, base));
          } else {
            lost.add(region);
          }
        }
      }
    }
    if (!written.isEmpty() && written.getFirst().base() > stored.sequence()) {
      return failed(gap(written.getFirst().base(), stored));
    }
    long end = stored.sequence();
    if (!written.isEmpty()) {
      end = Math.max(end, written.getLast().sequenceAfter());
    }
    dropAll(lost);
    if (end > 0 && !written.isEmpty() && written.getLast().sequenceAfter() < end) {
      dropAll(written.stream().map(Segment::region).toList());
      written.clear();
    }
    if (blank.isEmpty()) {
      blank.add(disk.allocate(number, segmentBytes));
      number++;
    }
    return new JournalScan(written, blank, number, end, Optional.empty());
  }

  private static void dropAll(List<Region> regions) throws IOException {
    for (Region region : regions.reversed()) {
      region.delete();
    }
  }

  private static JournalOpening gap(long base, Position stored) {
    return new JournalOpening.Unusable(
        "the journal begins at record %d, the database ends at %d: they do not belong together. "
                .formatted(base, stored.sequence())
            + "Restore both from the same backup.");
  }

  private static JournalScan failed(JournalOpening problem) {
    return new JournalScan(List.of(), List.of(), 0, 0, Optional.of(problem));
  }
}
