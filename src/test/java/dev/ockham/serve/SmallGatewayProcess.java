package dev.ockham.serve;

import dev.ockham.catalog.Endpoint;
import dev.ockham.chat.Dialect;
import dev.ockham.policy.Caller;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.RunningGateway;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** A gateway with a small heap, in a process of its own. Prints its port and a client's key. */
final class SmallGatewayProcess {
  private SmallGatewayProcess() {}

  /**
   * @param args data folder, address of an Anthropic upstream, bytes for bodies
   */
  public static void main(String[] args) {
    Store store =
        RunningGateway.open(
            StoreSettings.of(Path.of(args[0]), Clock.systemUTC(), new SecureRandom()));
    var endpoint =
        new Endpoint("anthropic", Dialect.ANTHROPIC_MESSAGES, args[1], Duration.ofSeconds(60));
    Gateway gateway =
        RunningGateway.gateway(
            store, RunningGateway.fleet(RunningGateway.model("claude", endpoint)));
    String key = RunningGateway.key(store, "client", Caller.Role.CLIENT);
    ServerSettings settings =
        ServerSettings.at("127.0.0.1", 0, 2).withBodyBudget(Long.parseLong(args[2]));
    Server server = RunningGateway.server(Server.start(gateway, settings));
    System.out.println(server.port() + " " + key);
  }
}
