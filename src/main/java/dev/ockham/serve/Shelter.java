package dev.ockham.serve;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * What is turned away while memory runs short: new streams first, then all new requests, and never
 * what is under way. Measured once a second; any loop may ask.
 */
final class Shelter {
  static final double NO_NEW_STREAMS = 0.85;
  static final double NO_NEW_REQUESTS = 0.95;

  /** When to try again, in seconds. */
  static final String RETRY_AFTER = "2";

  private final DoubleSupplier load;
  private final LongAdder shed = new LongAdder();
  private volatile double last;

  /**
   * @param load how much of what there is, is in use: 0 to 1
   */
  Shelter(DoubleSupplier load) {
    this.load = load;
  }

  /** By what the heap holds after collections: what garbage fills says nothing. */
  static Shelter ofHeap() {
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
            .toList();
    long most = Runtime.getRuntime().maxMemory();
    return new Shelter(() -> (double) held(pools) / most);
  }

  private static long held(List<MemoryPoolMXBean> pools) {
    long sum = 0;
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage usage = pool.getCollectionUsage();
      sum += usage == null ? 0 : usage.getUsed();
    }
    return sum;
  }

  void measure() {
    last = load.getAsDouble();
  }

  boolean refusesStreams() {
    return refuses(NO_NEW_STREAMS);
  }

  boolean refusesAll() {
    return refuses(NO_NEW_REQUESTS);
  }

  private boolean refuses(double from) {
    return last >= from;
  }

  /** Why a request is not taken; counted. */
  Refusal refusal() {
    shed.increment();
    return Refusal.retryLater(Errors.busy("too much at once"), RETRY_AFTER);
  }

  double load() {
    return last;
  }

  long shed() {
    return shed.sum();
  }
}
