package dev.ockham.ledger;

import dev.ockham.ledger.Disk.Region;
import dev.ockham.route.PackWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What happened, in order, append-only, in preallocated mapped segments. When {@code append}
 * returns, the record is in the kernel's page cache: a killed process loses nothing appended. A
 * thread of its own forces it to disk on an interval, which is what a power cut may lose, and makes
 * the next segment ahead of time. Where that fails, {@link #admits} turns false while there is
 * still room for every running call to settle, and true again when the disk has room.
 *
 * <p>Thread-safe. Appending never waits for a disk; it may be done on an event loop.
 */
public final class Journal implements AutoCloseable {
  /** No record is longer, its header included. */
  static final int LONGEST_RECORD = 10 << 10;

  /** Room kept for each running call: dispatch mark, top-ups, last entry and its record. */
  static final int ROOM_PER_CALL = 10 << 10;

  /** Calls that have settled and whose requests' records are still to come. */
  private static final int SPARE_CALLS = 2;

  /** A drain that stands still for so many segments stops admission. */
  private static final int MOST_SEGMENTS = 4_096;

  private final Disk disk;
  private final int segmentBytes;
  private final Object writing = new Object();
  private final Object syncing = new Object();

  // Under `writing`:
  private final Deque<Segment> written = new ArrayDeque<>();
  private final Deque<Region> blank = new ArrayDeque<>();
  private Segment current;
  private long nextNumber;

  private volatile long end;
  private volatile long room;
  private volatile int running;
  private volatile boolean failing;
  private volatile Optional<String> trouble = Optional.empty();
  private Optional<JournalThread> thread = Optional.empty();

  private Journal(Disk disk, int segmentBytes, JournalScan scan) {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    this.nextNumber = scan.nextNumber();
    this.end = scan.end();
    written.addAll(scan.written());
    blank.addAll(scan.blank());
    current = Segment.begin(blank.remove(), end);
    written.add(current);
    countRoom();
  }

  /**
   * Opens the journal and continues it in a new segment.
   *
   * @param stored up to where the database has it already, which may be further than the journal
   *     reaches after a power cut
   */
  public static JournalOpening open(JournalSettings settings, Position stored) {
    JournalOpening opening = open(new FileDisk(settings.folder()), settings.segmentBytes(), stored);
    if (opening instanceof JournalOpening.Opened(Journal journal)) {
      var thread = new JournalThread(journal, settings.syncInterval());
      journal.thread = Optional.of(thread);
      thread.start();
    }
    return opening;
  }

  /** Without a thread: syncing and making segments is left to the caller. */
  static JournalOpening open(Disk disk, int segmentBytes, Position stored) {
    try {
      JournalScan scan = JournalScan.of(disk, segmentBytes, stored);
      if (scan.problem().isPresent()) {
        return scan.problem().get();
      }
      return new JournalOpening.Opened(new Journal(disk, segmentBytes, scan));
    } catch (IOException failed) {
      return new JournalOpening.Unusable(
          "the journal cannot be opened: " + failed.getMessage() + ". Make room and try again.");
    }
  }

  /** Keeps a request's record; there is always room for that of a call that was held. */
  public Position append(RequestRecord record) {
    return append(PackedRequest.pack(record));
  }

  /**
   * Keeps a record that can be done without, such as that of a refused request.
   *
   * @return false where room is short; then it is not kept
   */
  public boolean offer(RequestRecord record) {
    byte[] bytes = encoded(PackedRequest.pack(record));
    synchronized (writing) {
      if (!hasRoomFor(running + 1 + SPARE_CALLS)) {
        return false;
      }
      write(bytes);
      return true;
    }
  }

  /** Whether there is room for another call until it has settled. */
  public boolean admits() {
    return !failing && hasRoomFor(running + 1 + SPARE_CALLS);
  }

  /** Why {@link #admits} is false or soon will be; empty while all is well. */
  public Optional<String> trouble() {
    return trouble;
  }

  /** Where the next record will be. */
  public Position end() {
    return new Position(end);
  }

  /** Reads from a position on that is not forgotten. For one thread. */
  public JournalReader reader(Position from) {
    return new JournalReader(this, from);
  }

  Position append(Entry entry) {
    byte[] bytes = encoded(entry);
    synchronized (writing) {
      return write(bytes);
    }
  }

  /** How many calls may still settle. */
  void running(int calls) {
    running = calls;
  }

  /** Forces everything appended so far to disk. */
  public void sync() throws IOException {
    synchronized (syncing) {
      for (Segment segment : unforced()) {
        int until = segment.end();
        segment.region().force(segment.forced(), until);
        segment.forced(until);
      }
    }
  }

  /** Makes the next segment ahead of time, and more where many calls run. */
  void prepare() throws IOException {
    synchronized (syncing) {
      while (wantsSegment()) {
        Region region = disk.allocate(nextNumber, segmentBytes);
        synchronized (writing) {
          nextNumber++;
          blank.add(region);
          countRoom();
        }
      }
    }
  }

  /** Leaves the current segment for the next, so that what is in it can be forgotten. */
  public void rotate() {
    synchronized (writing) {
      if (current.end() > Segment.HEADER && !blank.isEmpty()) {
        next();
      }
    }
  }

  /** Whether {@link #forget} would delete something. */
  public boolean hasForgettable(Position before) {
    synchronized (writing) {
      return written.size() > 1 && second().base() <= before.sequence();
    }
  }

  /** Deletes every segment that has only records before this position. */
  public void forget(Position before) throws IOException {
    synchronized (syncing) {
      while (true) {
        Segment oldest;
        synchronized (writing) {
          if (!hasForgettable(before)) {
            return;
          }
          oldest = written.remove();
        }
        oldest.region().delete();
      }
    }
  }

  /**
   * One round of the work that is done off the path.
   *
   * @return false if something could not be done; it should be tried again later
   */
  boolean tend() {
    try {
      sync();
      failing = false;
    } catch (IOException failed) {
      failing = true;
      trouble = Optional.of("the journal cannot be forced to disk: " + failed.getMessage());
      return false;
    }
    try {
      prepare();
      trouble = Optional.empty();
      return true;
    } catch (IOException failed) {
      trouble = Optional.of("there is no room for the next segment: " + failed.getMessage());
      return false;
    }
  }

  /** The segment that holds this sequence number, or would be the one to. */
  Segment segmentOf(long sequence) {
    synchronized (writing) {
      Segment found = written.getFirst();
      for (Segment segment : written) {
        if (segment.base() > sequence) {
          break;
        }
        found = segment;
      }
      return found;
    }
  }

  /** Syncs and lets go of the files. */
  @Override
  public void close() throws IOException {
    thread.ifPresent(JournalThread::finish);
    sync();
    synchronized (syncing) {
      synchronized (writing) {
        written.forEach(segment -> segment.region().close());
        blank.forEach(Region::close);
        written.clear();
        blank.clear();
        room = 0;
      }
    }
  }

  private static byte[] encoded(Entry entry) {
    var out = new PackWriter(512, Segment.RECORD_HEADER);
    EntryBytes.write(out, entry);
    if (out.length() > LONGEST_RECORD) {
      throw new IllegalStateException(
          "a record of " + out.length() + " bytes (expected: at most " + LONGEST_RECORD + ")");
    }
    return out.toBytes();
  }

  private Position write(byte[] record) {
    if (current.room() < record.length) {
      next();
    }
    long sequence = end;
    current.append(record, record.length, sequence);
    end = sequence + 1;
    countRoom();
    return new Position(sequence);
  }

  private void next() {
    Region region = blank.poll();
    if (region == null) {
      throw new IllegalStateException("the journal is full though it admitted a call");
    }
    current = Segment.begin(region, end);
    written.add(current);
    thread.ifPresent(JournalThread::wake);
  }

  private boolean hasRoomFor(int calls) {
    return room >= (long) calls * ROOM_PER_CALL;
  }

  /** What is certainly left, whatever the lengths of the records that come. */
  private void countRoom() {
    long sum = Math.max(0, current.room() - (blank.isEmpty() ? 0 : LONGEST_RECORD));
    for (Region region : blank) {
      sum += region.size() - Segment.HEADER - LONGEST_RECORD;
    }
    room = sum;
  }

  private boolean wantsSegment() throws IOException {
    synchronized (writing) {
      long wanted = 1 + 2L * running * ROOM_PER_CALL / segmentBytes;
      if (blank.size() >= wanted) {
        return false;
      }
      if (written.size() + blank.size() >= MOST_SEGMENTS) {
        throw new IOException(MOST_SEGMENTS + " segments wait to be put into the database");
      }
      return true;
    }
  }

  private List<Segment> unforced() {
    synchronized (writing) {
      List<Segment> some = new ArrayList<>();
      for (Segment segment : written) {
        if (segment.forced() < segment.end()) {
          some.add(segment);
        }
      }
      return some;
    }
  }

  private Segment second() {
    var segments = written.iterator();
    segments.next();
    return segments.next();
  }
}
