package dev.ockham.catalog;

import dev.ockham.chat.TokenClass;
import java.math.BigInteger;
import java.util.Map;

/**
 * What a machine of one's own costs, and what it does in return: from these follows what a token
 * costs there. Idle hours are paid for by the tokens of the busy ones: picodollars per token =
 * picodollars per hour ÷ (3600 × tokens per second × utilisation), rounded up.
 *
 * @param nodePicosPerHour what the node costs in an hour, in picodollars
 * @param inputPerSecond tokens read in a second, when busy with nothing else
 * @param outputPerSecond tokens written in a second, when busy with nothing else, over all calls
 * @param utilisationPpm parts per million of its hours in which it is busy
 */
public record RateCard(
    long nodePicosPerHour, long inputPerSecond, long outputPerSecond, long utilisationPpm) {
  private static final long SECONDS = 3_600;
  private static final long MILLION = 1_000_000;

  public RateCard {
    if (nodePicosPerHour < 0
        || inputPerSecond < 1
        || outputPerSecond < 1
        || utilisationPpm < 1
        || utilisationPpm > MILLION) {
      throw new IllegalArgumentException(
          "rate card of %d picodollars per hour, %d and %d tokens per second, %d ppm used"
                  .formatted(nodePicosPerHour, inputPerSecond, outputPerSecond, utilisationPpm)
              + " (expected: a cost, speeds, and a share above 0 and up to 1)");
    }
  }

  public Map<TokenClass, Long> picosPerToken() {
    return Map.of(
        TokenClass.INPUT, picos(inputPerSecond),
        TokenClass.OUTPUT, picos(outputPerSecond));
  }

  private long picos(long tokensPerSecond) {
    BigInteger tokens =
        BigInteger.valueOf(SECONDS)
            .multiply(BigInteger.valueOf(tokensPerSecond))
            .multiply(BigInteger.valueOf(utilisationPpm));
    BigInteger[] parts =
        BigInteger.valueOf(nodePicosPerHour)
            .multiply(BigInteger.valueOf(MILLION))
            .divideAndRemainder(tokens);
    long whole = parts[0].longValueExact();
    return parts[1].signum() == 0 ? whole : Math.addExact(whole, 1);
  }
}
