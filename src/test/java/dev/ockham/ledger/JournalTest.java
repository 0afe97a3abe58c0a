package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
  private static final int SEGMENT = JournalSettings.SMALLEST_SEGMENT;

  @TempDir private Path folder;

  private final Ids ids = new Ids(() -> Samples.NOON, RandomGenerator.getDefault(), 1);

  private Journal open(Position stored) {
    var settings = new JournalSettings(folder, SEGMENT, Duration.ofMillis(10));
    return ((JournalOpening.Opened) Journal.open(settings, stored)).journal();
  }

  private RequestRecord record() {
    return Samples.record(ids.nextRequest(), Samples.NOON, "gpt-mid");
  }

  private static List<Entry> read(Journal journal) {
    List<Entry> entries = new ArrayList<>();
    JournalReader reader = journal.reader(Position.START);
    for (Optional<Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
      entries.add(next.get());
    }
    return entries;
  }

  private Path lastSegment() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> holdsRecords(file)).sorted().toList().getLast();
    }
  }

  private static boolean holdsRecords(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return ByteBuffer.wrap(bytes).getInt(Segment.HEADER) != 0;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void a_record_comes_back_as_it_was_also_after_a_restart() throws IOException {
    RequestRecord record = record();
    try (Journal journal = open(Position.START)) {
      journal.append(record);
    }
    try (Journal journal = open(Position.START)) {
      List<Entry> entries = read(journal);
      assertThat(entries).hasSize(1);
      assertThat(((PackedRequest) entries.getFirst()).unpack()).isEqualTo(record);
    }
  }

  @Test
  void a_usual_record_takes_less_than_a_kilobyte() {
    PackedRequest packed = PackedRequest.pack(record());
    assertThat(packed.record().length + packed.features().length).isLessThan(1_000);
  }

  @Test
  void a_torn_last_record_ends_the_journal_and_what_comes_after_is_read_again() throws IOException {
    try (Journal journal = open(Position.START)) {
      for (int i = 0; i < 10; i++) {
        journal.append(record());
      }
    }
    Path segment = lastSegment();
    byte[] bytes = Files.readAllBytes(segment);
    int at = Segment.HEADER;
    for (int i = 0; i < 9; i++) {
      at += ByteBuffer.wrap(bytes).getInt(at);
    }
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[100]), at + 200);
    }
    try (Journal journal = open(Position.START)) {
      assertThat(journal.end()).isEqualTo(new Position(9));
      journal.append(record());
      assertThat(read(journal)).hasSize(10);
    }
    try (Journal journal = open(Position.START)) {
      assertThat(read(journal)).hasSize(10);
    }
  }

  @Test
  void a_database_that_is_ahead_after_a_power_cut_is_believed() throws IOException {
    try (Journal journal = open(Position.START)) {
      journal.append(record());
    }
    try (Journal journal = open(new Position(5))) {
      assertThat(journal.append(record())).isEqualTo(new Position(5));
      JournalReader reader = journal.reader(new Position(5));
      assertThat(reader.next()).isPresent();
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void a_journal_that_begins_after_the_database_ends_is_not_opened() throws IOException {
    try (Journal journal = open(new Position(7))) {
      journal.append(record());
    }
    var settings = new JournalSettings(folder, SEGMENT, Duration.ofMillis(10));
    assertThat(Journal.open(settings, new Position(3)))
        .isInstanceOfSatisfying(
            JournalOpening.Unusable.class,
            opening -> assertThat(opening.problem()).contains("record 7", "ends at 3"));
  }

  @Test
  void a_newer_format_is_refused_by_name() throws IOException {
    try (Journal journal = open(Position.START)) {
      journal.append(record());
    }
    Path segment = lastSegment();
    byte[] bytes = Files.readAllBytes(segment);
    var header = ByteBuffer.wrap(bytes);
    header.putInt(8, 3);
    var crc = new java.util.zip.CRC32C();
    crc.update(bytes, 0, 24);
    header.putInt(24, (int) crc.getValue());
    Files.write(segment, bytes);
    var settings = new JournalSettings(folder, SEGMENT, Duration.ofMillis(10));
    assertThat(Journal.open(settings, Position.START)).isEqualTo(new JournalOpening.TooNew(3, 2));
  }

  @Test
  void the_format_before_is_read() throws IOException {
    try (Journal journal = open(Position.START)) {
      journal.append(record());
    }
    Path segment = lastSegment();
    byte[] bytes = Files.readAllBytes(segment);
    var header = ByteBuffer.wrap(bytes);
    header.putInt(8, 1);
    var crc = new java.util.zip.CRC32C();
    crc.update(bytes, 0, 24);
    header.putInt(24, (int) crc.getValue());
    Files.write(segment, bytes);
    try (Journal journal = open(Position.START)) {
      assertThat(journal.reader(Position.START).next()).isPresent();
    }
  }

  @Test
  void on_a_full_disk_running_calls_settle_new_ones_are_refused_and_it_ends_by_itself() {
    var disk = new MemoryDisk();
    Journal journal =
        ((JournalOpening.Opened) Journal.open(disk, SEGMENT, Position.START)).journal();
    var accounts =
        Accounts.recover(journal, () -> Samples.NOON, new RowsInMemory().checkpoint(), List.of());
    disk.full(true);
    List<Hold> held = new ArrayList<>();
    HoldOutcome outcome = hold(accounts);
    while (outcome instanceof HoldOutcome.Held(Hold hold, _)) {
      held.add(hold);
      journal.tend();
      outcome = hold(accounts);
    }
    assertThat(held).hasSizeGreaterThan(3);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            HoldOutcome.Unavailable.class,
            no -> assertThat(no.why()).contains("No space left on device"));
    assertThat(journal.offer(record())).isFalse();
    for (Hold hold : held) {
      accounts.dispatched(hold);
      accounts.settle(hold, hold.quote().worstCase(), Basis.REPORTED);
      journal.append(Samples.record(hold.request(), Samples.NOON, "gpt-mid"));
    }
    disk.full(false);
    assertThat(journal.tend()).isTrue();
    assertThat(hold(accounts)).isInstanceOf(HoldOutcome.Held.class);
    assertThat(journal.trouble()).isEmpty();
  }

  private HoldOutcome hold(Accounts accounts) {
    var request =
        new HoldRequest(
            ids.nextRequest(),
            ids.nextAttempt(),
            Samples.caller("k1"),
            Samples.quote(Samples.PRICE, 1_000, 400));
    return accounts.hold(request).toCompletableFuture().join();
  }

  @Test
  void a_file_system_without_room_makes_no_half_segment() throws IOException {
    // A file where the segment should go fails the same way as a full disk, everywhere.
    Files.createDirectory(folder.resolve("000000000000.journal.unfinished"));
    Files.createFile(folder.resolve("000000000000.journal.unfinished/in-the-way"));
    var disk = new FileDisk(folder);
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> disk.allocate(0, SEGMENT)))
        .isInstanceOf(IOException.class);
    assertThat(Files.exists(folder.resolve("000000000000.journal"))).isFalse();
  }

  @Test
  void ids_grow_while_the_clock_stands_still_and_tell_when_they_were_made() {
    RequestId before = ids.nextRequest();
    for (int i = 0; i < 10_000; i++) {
      RequestId next = ids.nextRequest();
      assertThat(next).isGreaterThan(before);
      before = next;
    }
    assertThat(before.value().version()).isEqualTo(7);
    assertThat(before.value().variant()).isEqualTo(2);
    assertThat(Ids.madeAt(before.value())).isBetween(Samples.NOON, Samples.NOON.plusMillis(5));
    assertThat(RequestId.parse(before.toString())).contains(before);
    assertThat(RequestId.parse("not-an-id")).isEmpty();
  }
}
