package dev.ockham.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** CPU and memory of a process and all its children, as Linux counts them. */
record ProcessTree(Process root) {
  /** Linux reports CPU time to user space in hundredths of a second. */
  private static final long MICROS_PER_TICK = 10_000;

  /** User and system time spent so far, in microseconds, in steps of 10 ms. */
  long cpuMicros() {
    return pids().map(ProcessTree::ticks).sum() * MICROS_PER_TICK;
  }

  /** Resident memory in KiB. */
  long residentKib() {
    return pids().map(ProcessTree::residentKib).sum();
  }

  /**
   * Waits until the process rests (at most one step of CPU time in 200 ms, twice in a row); false
   * after the limit.
   */
  boolean awaitRest(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long before = cpuMicros();
    int rests = 0;
    while (rests < 2 && System.nanoTime() < deadline) {
      Thread.sleep(200);
      long now = cpuMicros();
      rests = now - before <= MICROS_PER_TICK ? rests + 1 : 0;
      before = now;
    }
    return rests == 2;
  }

  private LongStream pids() {
    return Stream.concat(Stream.of(root.toHandle()), root.descendants())
        .mapToLong(ProcessHandle::pid);
  }

  private static long ticks(long pid) {
    String stat = read(Path.of("/proc/" + pid + "/stat"));
    if (stat.isEmpty()) {
      return 0;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static long residentKib(long pid) {
    return read(Path.of("/proc/" + pid + "/status"))
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** The file's text, or nothing when the process has just ended. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
