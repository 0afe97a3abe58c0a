package dev.ockham.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The data folder, held by this process until closed: mode 0700, its files 0600. The lock is the
 * operating system's, so that it goes with the process however that ends; the process id in the
 * lock file is for people.
 */
final class DataFolder implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int PEPPER = 32;

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** What became of taking the folder. */
  sealed interface Taking {
    record Taken(DataFolder folder) implements Taking {}

    record ByOther(long pid) implements Taking {}
  }

  static Taking take(Path path) throws IOException {
    make(path);
    make(path.resolve("journal"));
    FileChannel channel =
        FileChannel.open(
            path.resolve("lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            FILE);
    if (tryLock(channel).isEmpty()) {
      long pid = readPid(channel);
      channel.close();
      return new Taking.ByOther(pid);
    }
    channel.truncate(0);
    channel.write(ascii(Long.toString(ProcessHandle.current().pid())), 0);
    return new Taking.Taken(new DataFolder(path, channel));
  }

  Path journal() {
    return path.resolve("journal");
  }

  /** Made beforehand, because SQLite would make it readable for others. */
  Path database() throws IOException {
    return makeFile("ockham.db");
  }

  /** Mixed into the hashes of keys, so that the database alone does not let them be tried out. */
  byte[] pepper(RandomGenerator random) throws IOException {
    Path file = path.resolve("pepper");
    if (!Files.exists(file)) {
      var fresh = new byte[PEPPER];
      random.nextBytes(fresh);
      Path unfinished = makeFile("pepper.unfinished");
      Files.write(unfinished, fresh);
      Files.move(unfinished, file);
    }
    byte[] pepper = Files.readAllBytes(file);
    if (pepper.length != PEPPER) {
      throw new IOException(file + " has " + pepper.length + " bytes (expected: " + PEPPER + ")");
    }
    return pepper;
  }

  /** An empty folder for a backup, with this folder's pepper in it. */
  void prepareBackup(Path target) throws IOException {
    make(target);
    Path copy = target.resolve("pepper");
    Files.createFile(copy, FILE);
    Files.write(copy, Files.readAllBytes(path.resolve("pepper")));
  }

  static void makePrivate(Path file) throws IOException {
    Files.setPosixFilePermissions(file, FILE.value());
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failed) {
      throw new StoreFailure("unlocking " + path, failed);
    }
  }

  private Path makeFile(String name) throws IOException {
    Path file = path.resolve(name);
    try {
      Files.createFile(file, FILE);
    } catch (FileAlreadyExistsException fine) {
      Files.setPosixFilePermissions(file, FILE.value());
    }
    return file;
  }

  private static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, FOLDER);
    }
    Files.setPosixFilePermissions(folder, FOLDER.value());
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException inThisProcess) {
      return Optional.empty();
    }
  }

  private static long readPid(FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(20);
    channel.read(buffer, 0);
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    return text.matches("\\d+") ? Long.parseLong(text) : 0;
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
