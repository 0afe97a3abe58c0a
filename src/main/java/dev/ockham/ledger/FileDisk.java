package dev.ockham.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Segments as mapped files {@code 000000000012.journal} in one folder, mode 0600. */
final class FileDisk implements Disk {
  private static final String SUFFIX = ".journal";
  private static final String UNFINISHED = ".unfinished";
  private static final int CHUNK = 1 << 20;
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path folder;

  FileDisk(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<Region> regions() throws IOException {
    List<Region> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(UNFINISHED)) {
          Files.delete(file);
        } else if (name.matches("\\d{12}\\.journal")) {
          found.add(map(Long.parseLong(name, 0, 12, 10), file));
        }
      }
    }
    found.sort(Comparator.comparingLong(Region::number));
    return found;
  }

  @Override
  public Region allocate(long number, int bytes) throws IOException {
    String name = "%012d".formatted(number) + SUFFIX;
    Path unfinished = folder.resolve(name + UNFINISHED);
    Files.deleteIfExists(unfinished);
    try {
      fill(unfinished, bytes);
      Path file = folder.resolve(name);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      forceFolder();
      return map(number, file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void fill(Path file, int bytes) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, PRIVATE)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(bytes, CHUNK));
      for (int left = bytes; left > 0; ) {
        zeros.clear().limit(Math.min(left, zeros.capacity()));
        left -= channel.write(zeros);
      }
      channel.force(true);
    }
  }

  /** A file's name survives a power cut only when its folder is on disk too. */
  private void forceFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Region map(long number, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Arena arena = Arena.ofShared();
      return new Mapped(
          number, file, arena, channel.map(MapMode.READ_WRITE, 0, channel.size(), arena));
    }
  }

  private record Mapped(long number, Path file, Arena arena, MemorySegment memory)
      implements Region {
    @Override
    public int size() {
      return Math.toIntExact(memory.byteSize());
    }

    @Override
    public void write(int at, byte[] from, int length) {
      MemorySegment.copy(from, 0, memory, ValueLayout.JAVA_BYTE, at, length);
    }

    @Override
    public void read(int at, byte[] into, int length) {
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, into, 0, length);
    }

    @Override
    public void force(int from, int until) throws IOException {
      try {
        memory.asSlice(from, until - from).force();
      } catch (UncheckedIOException failed) {
        throw new IOException(file + ": " + failed.getMessage(), failed);
      }
    }

    @Override
    public void close() {
      arena.close();
    }

    @Override
    public void delete() throws IOException {
      arena.close();
      Files.deleteIfExists(file);
    }
  }
}
