package dev.ockham.faults;

import dev.ockham.catalog.Endpoint;
import dev.ockham.chat.Dialect;
import dev.ockham.provider.Patience;
import dev.ockham.testing.RunningGateway;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A gateway in a process of its own. Prints its port and a key; then, for each line that it is
 * told, the bytes it holds in its heap and outside of it, after collections.
 */
final class MeasuredGatewayProcess {
  private static final Duration LONG = Duration.ofMinutes(10);

  private MeasuredGatewayProcess() {}

  public static void main(String[] arguments) throws IOException {
    var endpoint = new Endpoint("openai", Dialect.OPENAI_CHAT, arguments[1] + "/v1", LONG);
    try (var gateway =
            RunningGateway.start(
                Path.of(arguments[0]),
                settings ->
                    settings
                        .withPatience(new Patience(LONG, LONG, LONG, LONG))
                        .withDeadlines(LONG, Duration.ofMillis(100)),
                RunningGateway.model("gpt", endpoint));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      System.out.println(gateway.port() + " " + gateway.clientKey());
      while (in.readLine() != null) {
        System.out.println(held());
      }
    }
  }

  private static long held() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return heap + Math.max(0, PlatformDependent.usedDirectMemory());
  }
}
