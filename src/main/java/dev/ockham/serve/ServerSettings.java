package dev.ockham.serve;

import dev.ockham.provider.Patience;
import dev.ockham.provider.Retries;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server listens and what it allows.
 *
 * @param port 0 lets the system choose
 * @param loops event loops, each with its own connections; usually one per core
 * @param maxBodyBytes longer request bodies are refused
 * @param bodyBudgetBytes what bodies and replies under way may hold together; room for one of the
 *     longest bodies at least
 * @param request how long a client may take to send its request
 * @param drain how long requests under way may go on when the server is told to stop
 * @param responsesKept how long turns of OpenAI's Responses are kept whose clients ask for it;
 *     empty keeps none
 * @param batches what is permitted of batches; empty permits none
 */
public record ServerSettings(
    String host,
    int port,
    int loops,
    long maxBodyBytes,
    long bodyBudgetBytes,
    Duration request,
    Duration drain,
    Patience patience,
    Retries retries,
    Optional<Duration> responsesKept,
    Optional<BatchSettings> batches) {
  private static final long MAX_BODY = 32L << 20;

  public ServerSettings {
    if (loops < 1) {
      throw new IllegalArgumentException("loops " + loops + " (expected: >= 1)");
    }
    bodyBudgetBytes = Math.max(bodyBudgetBytes, BodyReader.WEIGHT * maxBodyBytes);
    if (maxBodyBytes < 1 || maxBodyBytes > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(
          "max body " + maxBodyBytes + " (expected: 1 to 2147483583 bytes)");
    }
  }

  /**
   * The defaults at an address: 32 MiB bodies, a quarter of the heap for all, 60 s to send them, 30
   * s to drain.
   */
  public static ServerSettings at(String host, int port, int loops) {
    return new ServerSettings(
        host,
        port,
        loops,
        MAX_BODY,
        Runtime.getRuntime().maxMemory() / 4,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Patience.DEFAULT,
        Retries.DEFAULT,
        Optional.empty(),
        Optional.empty());
  }

  public ServerSettings withMaxBody(long bytes) {
    return new ServerSettings(
        host,
        port,
        loops,
        bytes,
        bodyBudgetBytes,
        request,
        drain,
        patience,
        retries,
        responsesKept,
        batches);
  }

  public ServerSettings withBodyBudget(long bytes) {
    return new ServerSettings(
        host,
        port,
        loops,
        maxBodyBytes,
        bytes,
        request,
        drain,
        patience,
        retries,
        responsesKept,
        batches);
  }

  public ServerSettings withResponsesKept(Optional<Duration> forSoLong) {
    return new ServerSettings(
        host,
        port,
        loops,
        maxBodyBytes,
        bodyBudgetBytes,
        request,
        drain,
        patience,
        retries,
        forSoLong,
        batches);
  }

  public ServerSettings withDeadlines(Duration newRequest, Duration newDrain) {
    return new ServerSettings(
        host,
        port,
        loops,
        maxBodyBytes,
        bodyBudgetBytes,
        newRequest,
        newDrain,
        patience,
        retries,
        responsesKept,
        batches);
  }

  public ServerSettings withPatience(Patience other) {
    return new ServerSettings(
        host,
        port,
        loops,
        maxBodyBytes,
        bodyBudgetBytes,
        request,
        drain,
        other,
        retries,
        responsesKept,
        batches);
  }

  public ServerSettings withBatches(Optional<BatchSettings> permitted) {
    return new ServerSettings(
        host,
        port,
        loops,
        maxBodyBytes,
        bodyBudgetBytes,
        request,
        drain,
        patience,
        retries,
        responsesKept,
        permitted);
  }

  public ServerSettings withRetries(Retries other) {
    return new ServerSettings(
        host,
        port,
        loops,
        maxBodyBytes,
        bodyBudgetBytes,
        request,
        drain,
        patience,
        other,
        responsesKept,
        batches);
  }
}
