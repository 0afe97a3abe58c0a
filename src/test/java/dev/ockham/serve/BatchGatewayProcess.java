package dev.ockham.serve;

import dev.ockham.chat.Dialect;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.RunningGateway;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A gateway that works on batches, in a process of its own, which a test may kill. */
final class BatchGatewayProcess {
  private BatchGatewayProcess() {}

  /**
   * @param args data folder, address of the upstream, its dialect
   */
  public static void main(String[] args) {
    Store store =
        RunningGateway.open(
            StoreSettings.of(Path.of(args[0]), Clock.systemUTC(), new SecureRandom()));
    var model = BatchesTest.model(Dialect.valueOf(args[2]), args[1]);
    Gateway gateway = RunningGateway.gateway(store, RunningGateway.fleet(model));
    var batches = new BatchSettings(Duration.ofDays(1), Set.of("house"), Duration.ofMillis(50), 16);
    Server server =
        RunningGateway.server(
            Server.start(
                gateway, ServerSettings.at("127.0.0.1", 0, 2).withBatches(Optional.of(batches))));
    System.out.println("port " + server.port());
  }
}
