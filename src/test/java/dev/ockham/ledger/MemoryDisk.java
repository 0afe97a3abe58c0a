package dev.ockham.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A disk that can fill up, die in the middle of a write, and forget what was not forced. */
final class MemoryDisk implements Disk {
  private static final int PAGE = 64;

  /** The process is gone: nothing after this happens. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private final TreeMap<Long, MemoryRegion> regions = new TreeMap<>();
  private boolean full;
  private long bytesUntilKill = Long.MAX_VALUE;

  void full(boolean now) {
    full = now;
  }

  void killAfter(long bytes) {
    bytesUntilKill = bytes;
  }

  /** The process is started anew; what was written is still there. */
  void revive() {
    bytesUntilKill = Long.MAX_VALUE;
    regions.values().forEach(region -> region.closed = false);
  }

  /** Of what was not forced, any part is lost. */
  void cutPower(RandomGenerator random) {
    regions.values().forEach(region -> region.cutPower(random));
  }

  int count() {
    return regions.size();
  }

  @Override
  public List<Region> regions() {
    return new ArrayList<>(regions.values());
  }

  @Override
  public Region allocate(long number, int bytes) throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
    var region = new MemoryRegion(number, bytes);
    regions.put(number, region);
    return region;
  }

  private final class MemoryRegion implements Region {
    private final long number;
    private final byte[] now;
    private final byte[] durable;
    private boolean closed;

    MemoryRegion(long number, int size) {
      this.number = number;
      now = new byte[size];
      durable = new byte[size];
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public int size() {
      return now.length;
    }

    @Override
    public void write(int at, byte[] from, int length) {
      check();
      int fits = (int) Math.min(length, bytesUntilKill);
      System.arraycopy(from, 0, now, at, fits);
      bytesUntilKill -= fits;
      if (fits < length) {
        throw new Killed();
      }
    }

    @Override
    public void read(int at, byte[] into, int length) {
      check();
      System.arraycopy(now, at, into, 0, length);
    }

    @Override
    public void force(int from, int until) {
      check();
      System.arraycopy(now, from, durable, from, until - from);
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void delete() {
      closed = true;
      regions.remove(number);
    }

    private void check() {
      if (closed) {
        throw new IllegalStateException("segment " + number + " is closed");
      }
    }

    private void cutPower(RandomGenerator random) {
      boolean inOrder = random.nextBoolean();
      boolean gone = false;
      for (int page = 0; page < now.length; page += PAGE) {
        int end = Math.min(page + PAGE, now.length);
        if (Arrays.equals(now, page, end, durable, page, end)) {
          continue;
        }
        gone = (inOrder && gone) || random.nextInt(3) == 0;
        if (gone) {
          System.arraycopy(durable, page, now, page, end - page);
        } else {
          System.arraycopy(now, page, durable, page, end - page);
        }
      }
    }
  }
}
