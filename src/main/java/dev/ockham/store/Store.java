package dev.ockham.store;

import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.Ids;
import dev.ockham.ledger.Journal;
import dev.ockham.ledger.JournalOpening;
import dev.ockham.ledger.JournalSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Everything that is kept, in one folder: the journal that calls append to, and the SQLite database
 * that it drains into. One thread writes the database and a few read it, so that every question and
 * every change is asynchronous; only {@link #open} and {@link #close} block, and they refuse to on
 * an event loop.
 */
public final class Store implements AutoCloseable {
  private final StoreSettings settings;
  private final Parts parts;
  private final Writer writer;
  private final Ids ids;
  private final Keys keys;
  private final byte[] pepper;
  private final Budgets budgets;
  private final Requests requests;
  private final Charges charges;
  private final Corrections corrections;
  private final Readers readers;
  private final Responses responses;
  private final RouteVersions routeVersions;
  private final Rungs rungs;
  private final CatalogVersions catalogVersions;
  private final AdoptionReports adoptionReports;
  private final Bypasses bypasses;
  private final BatchFiles batchFiles;
  private final Batches batches;
  private final BatchWork batchWork;

  /** What is opened, in the order it is closed in. */
  private record Parts(
      Readers readers,
      Drain drain,
      Connection connection,
      Journal journal,
      Accounts accounts,
      Database database,
      DataFolder folder) {}

  private Store(StoreSettings settings, Parts parts, byte[] pepper) throws SQLException {
    this.settings = settings;
    this.parts = parts;
    this.pepper = pepper.clone();
    Connection connection = parts.connection();
    var retention = new Retention(settings.clock(), settings.featuresKept(), parts.journal());
    writer =
        new Writer(
            connection,
            parts.journal(),
            parts.drain(),
            SqlCheckpoint.of(connection).position(),
            retention);
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(settings.random().nextLong());
    ids = new Ids(settings.clock(), random, node(connection));
    keys = new Keys(writer, settings, pepper, Keys.load(connection));
    budgets = new Budgets(writer, parts.accounts(), settings.clock());
    requests = new Requests(writer, parts.readers());
    charges = new Charges(writer, parts.readers());
    responses = new Responses(writer, parts.readers(), settings.clock());
    corrections = new Corrections(writer, parts.readers());
    readers = parts.readers();
    routeVersions = new RouteVersions(writer, connection);
    rungs = new Rungs(writer, connection);
    catalogVersions = new CatalogVersions(writer, parts.readers());
    adoptionReports = new AdoptionReports(writer, parts.readers());
    bypasses = new Bypasses(writer, connection);
    batchFiles = new BatchFiles(writer, parts.readers(), settings.clock());
    batches = new Batches(writer, parts.readers(), settings.clock());
    batchWork = new BatchWork(writer);
    writer.start();
  }

  /** A key of 32 bytes that only who has this folder can know, another one for each purpose. */
  public byte[] derivedKey(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
      return mac.doFinal(("derived key: " + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this JDK has no HmacSHA256", missing);
    }
  }

  /**
   * Opens the folder, recovers what a dead process left open, and starts draining. Blocks.
   *
   * @throws IllegalStateException on an event loop
   */
  public static StoreOpening open(StoreSettings settings) {
    settings.checkMayBlock();
    try {
      return switch (DataFolder.take(settings.folder())) {
        case DataFolder.Taking.ByOther(long pid) -> new StoreOpening.Locked(settings.folder(), pid);
        case DataFolder.Taking.Taken(DataFolder folder) -> open(settings, folder);
      };
    } catch (IOException failed) {
      return unusable(settings, failed);
    }
  }

  private static StoreOpening open(StoreSettings settings, DataFolder folder) {
    try {
      StoreOpening opening = openDatabase(settings, folder);
      if (opening instanceof StoreOpening.NotOpened) {
        folder.close();
      }
      return opening;
    } catch (IOException | SQLException | StoreFailure failed) {
      folder.close();
      return unusable(settings, failed);
    }
  }

  private static StoreOpening openDatabase(StoreSettings settings, DataFolder folder)
      throws IOException, SQLException {
    var database = new Database(folder.database());
    Connection connection = database.openWriter();
    try {
      int format = Database.format(connection);
      if (format > Database.FORMAT) {
        connection.close();
        return new StoreOpening.TooNew(settings.folder(), format, Database.FORMAT);
      }
      Database.migrate(connection);
      begin(connection, settings.random());
      StoreOpening opening = openJournal(settings, folder, database, connection);
      if (opening instanceof StoreOpening.NotOpened) {
        connection.close();
      }
      return opening;
    } catch (IOException | SQLException | StoreFailure failed) {
      connection.close();
      throw failed;
    }
  }

  private static StoreOpening openJournal(
      StoreSettings settings, DataFolder folder, Database database, Connection connection)
      throws IOException, SQLException {
    var checkpoint = SqlCheckpoint.of(connection);
    var journalSettings =
        new JournalSettings(folder.journal(), settings.journalSegment(), settings.syncInterval());
    return switch (Journal.open(journalSettings, checkpoint.position())) {
      case JournalOpening.TooNew(int version, int known) ->
          new StoreOpening.TooNew(settings.folder(), version, known);
      case JournalOpening.Unusable(String problem) ->
          new StoreOpening.Unusable(settings.folder(), problem);
      case JournalOpening.Opened(Journal journal) -> {
        List<Budget> budgets = Budgets.load(connection);
        Accounts accounts = Accounts.recover(journal, settings.clock(), checkpoint, budgets);
        Budgets.loadRateLimits(connection).forEach(accounts::put);
        var parts =
            new Parts(
                new Readers(database),
                new Drain(connection, settings.featuresKept().isPresent()),
                connection,
                journal,
                accounts,
                database,
                folder);
        yield new StoreOpening.Opened(new Store(settings, parts, folder.pepper(settings.random())));
      }
    };
  }

  public Ids ids() {
    return ids;
  }

  public Journal journal() {
    return parts.journal();
  }

  public Accounts accounts() {
    return parts.accounts();
  }

  public Keys keys() {
    return keys;
  }

  public Budgets budgets() {
    return budgets;
  }

  public Charges charges() {
    return charges;
  }

  public Requests requests() {
    return requests;
  }

  public Corrections corrections() {
    return corrections;
  }

  /** Who has called a model since an instant, the most frequent first. */
  public CompletionStage<List<ModelCaller>> callers(String model, Instant since) {
    return readers.ask(connection -> Callers.of(connection, model, since));
  }

  public Responses responses() {
    return responses;
  }

  public RouteVersions routeVersions() {
    return routeVersions;
  }

  public AdoptionReports adoptionReports() {
    return adoptionReports;
  }

  public CatalogVersions catalogVersions() {
    return catalogVersions;
  }

  public Rungs rungs() {
    return rungs;
  }

  public Bypasses bypasses() {
    return bypasses;
  }

  public BatchFiles batchFiles() {
    return batchFiles;
  }

  public Batches batches() {
    return batches;
  }

  public BatchWork batchWork() {
    return batchWork;
  }

  /** Completes when everything appended so far is in the database. */
  public CompletionStage<Void> drained() {
    return writer.submitErrand(_ -> writer.drainAll());
  }

  /** What is wrong with journal or database, for readiness; empty while all is well. */
  public Optional<String> trouble() {
    return parts.journal().trouble().or(writer::trouble);
  }

  /**
   * Writes a snapshot that can be opened as a data folder: the database with everything appended so
   * far, its position in the journal, and what keys are checked with. Calls under way are in it as
   * open, and are settled as estimated when it is opened.
   *
   * @param target must not exist or be empty
   */
  public CompletionStage<Void> backup(Path target) {
    return writer.submitErrand(_ -> {
      writer.drainAll();
      try {
        parts.folder().prepareBackup(target);
        Path copy = target.resolve("ockham.db");
        try (Connection own = parts.database().openReader();
            PreparedStatement vacuum = own.prepareStatement("VACUUM INTO ?")) {
          vacuum.setString(1, copy.toString());
          vacuum.execute();
        }
        DataFolder.makePrivate(copy);
      } catch (IOException failed) {
        throw new StoreFailure("backing up to " + target, failed);
      }
    });
  }

  /** Drains, syncs and unlocks. Blocks. */
  @Override
  public void close() {
    settings.checkMayBlock();
    writer.finish();
    try (DataFolder _ = parts.folder();
        Journal _ = parts.journal();
        Connection _ = parts.connection();
        Drain _ = parts.drain();
        Readers _ = parts.readers()) {
      // Each is closed, the last one first, even if another's closing fails.
    } catch (SQLException | IOException failed) {
      throw new StoreFailure("closing the store", failed);
    }
  }

  /** The single row of a new database, with a name for this node. */
  private static void begin(Connection connection, RandomGenerator random) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR IGNORE INTO position VALUES (1, ?, 0, 0)")) {
      insert.setInt(1, random.nextInt(1 << 16));
      insert.executeUpdate();
    }
  }

  private static int node(Connection connection) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement("SELECT node FROM position");
        ResultSet rows = ask.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static StoreOpening unusable(StoreSettings settings, Exception failed) {
    String kind = Files.isWritable(settings.folder()) ? "" : " (is it writable for this user?)";
    return new StoreOpening.Unusable(settings.folder(), failed.getMessage() + kind);
  }
}
