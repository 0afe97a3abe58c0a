package dev.ockham.store;

import static dev.ockham.store.Stores.get;

import dev.ockham.ledger.JournalSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints what a request costs: on the path (hold, dispatch, settle, record) and in the drain. Run
 * it by hand; the first rounds warm up.
 */
final class DrainCost {
  private static final int REQUESTS = 20_000;

  private DrainCost() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("ockham-drain");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    StoreSettings settings =
        Stores.settings(folder).withJournalSegment(512 * JournalSettings.SMALLEST_SEGMENT);
    try (Store store = Stores.open(settings)) {
      for (int round = 0; round < 8; round++) {
        long cpu = threads.getCurrentThreadCpuTime();
        long drain = drainCpu(threads);
        for (int i = 0; i < REQUESTS; i++) {
          Stores.serve(store);
        }
        long path = threads.getCurrentThreadCpuTime() - cpu;
        get(store.drained());
        System.out.printf(
            "path %.2f µs, drain %.2f µs CPU per request; database %d bytes, wal %d bytes%n",
            path / 1e3 / REQUESTS,
            (drainCpu(threads) - drain) / 1e3 / REQUESTS,
            Files.size(folder.resolve("ockham.db")),
            Files.size(folder.resolve("ockham.db-wal")));
      }
    }
  }

  private static long drainCpu(ThreadMXBean threads) {
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("ockham-store")) {
        return threads.getThreadCpuTime(id);
      }
    }
    return 0;
  }
}
