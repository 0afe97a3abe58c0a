package dev.ockham.serve;

import dev.ockham.catalog.Endpoint;
import dev.ockham.chat.Dialect;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.RunningGateway;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** A gateway in a process of its own, which a test may kill. Prints its port when it listens. */
final class GatewayProcess {
  private GatewayProcess() {}

  /**
   * @param args data folder, address of the upstream
   */
  public static void main(String[] args) {
    Store store =
        RunningGateway.open(
            StoreSettings.of(Path.of(args[0]), Clock.systemUTC(), new SecureRandom())
                .withJournalSegment(1 << 20));
    var endpoint =
        new Endpoint("openai", Dialect.OPENAI_CHAT, args[1] + "/v1", Duration.ofSeconds(30));
    Gateway gateway =
        RunningGateway.gateway(store, RunningGateway.fleet(RunningGateway.model("gpt", endpoint)));
    Server server =
        RunningGateway.server(Server.start(gateway, ServerSettings.at("127.0.0.1", 0, 2)));
    System.out.println("port " + server.port());
  }
}
