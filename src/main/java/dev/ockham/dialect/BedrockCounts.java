package dev.ockham.dialect;

import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.EnumMap;
import java.util.Optional;

/**
 * Bedrock's token counts: input is only what no cache gave or took; reasoning is not told from
 * output.
 */
final class BedrockCounts {
  private long input = Counts.UNSAID;
  private long cacheRead = Counts.UNSAID;
  private long cacheWrite = Counts.UNSAID;
  private long write1h = Counts.UNSAID;
  private long write5m = Counts.UNSAID;
  private long output = Counts.UNSAID;
  private Optional<ServiceTier> tier = Optional.empty();

  /** Reads the {@code usage} object stood on. */
  void read(JsonReader in) {
    while (in.nextField()) {
      switch (in.name()) {
        case "inputTokens" -> input = Counts.later(in, input);
        case "cacheReadInputTokens" -> cacheRead = Counts.later(in, cacheRead);
        case "cacheWriteInputTokens" -> cacheWrite = Counts.later(in, cacheWrite);
        case "cacheDetails" -> details(in);
        case "outputTokens" -> output = Counts.later(in, output);
        default -> in.skip();
      }
    }
  }

  /** Reads the {@code serviceTier} object that stands beside the usage. */
  void readTier(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      if (in.name().equals("type")) {
        tier = Counts.tierOf(in.textOrEmpty());
      } else {
        in.skip();
      }
    }
  }

  private void details(JsonReader in) {
    if (!in.isArray()) {
      in.skip();
      return;
    }
    while (in.nextElement()) {
      if (in.isObject()) {
        detail(in);
      } else {
        in.skip();
      }
    }
  }

  private void detail(JsonReader in) {
    String lifetime = "";
    long count = Counts.UNSAID;
    while (in.nextField()) {
      switch (in.name()) {
        case "ttl" -> lifetime = in.textOrEmpty();
        case "inputTokens" -> count = in.count();
        default -> in.skip();
      }
    }
    switch (lifetime) {
      case "1h" -> write1h = count;
      case "5m" -> write5m = count;
      default -> {}
    }
  }

  Usage usage() {
    var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
    Counts.put(tokens, TokenClass.INPUT, input);
    Counts.put(tokens, TokenClass.CACHE_READ, cacheRead);
    Counts.put(tokens, TokenClass.CACHE_WRITE_1H, write1h);
    Counts.put(tokens, TokenClass.CACHE_WRITE_5M, shortWrites());
    Counts.put(tokens, TokenClass.OUTPUT, output);
    return new Usage(tokens, tier);
  }

  /** What is not said to be the dearer hour is the usual five minutes. */
  private long shortWrites() {
    long rest = Counts.rest(cacheWrite, Counts.said(write1h));
    boolean onlyHours = write1h != Counts.UNSAID && write5m == Counts.UNSAID && rest <= 0;
    return onlyHours ? Counts.UNSAID : Math.max(rest, write5m);
  }

  /** Writes {@code usage} in Bedrock's words, which always have three counts. */
  static void write(JsonWriter json, Usage usage) {
    json.object("usage").number("inputTokens", Counts.uncached(usage));
    json.number("outputTokens", usage.totalOutput());
    json.number("totalTokens", Math.addExact(usage.totalInput(), usage.totalOutput()));
    if (Counts.readsAreKnown(usage)) {
      json.number("cacheReadInputTokens", Counts.reads(usage));
    }
    boolean hours = usage.reported(TokenClass.CACHE_WRITE_1H).isPresent();
    if (hours || usage.reported(TokenClass.CACHE_WRITE_5M).isPresent()) {
      json.number("cacheWriteInputTokens", Counts.writes(usage)).array("cacheDetails");
      detail(json, "1h", usage.count(TokenClass.CACHE_WRITE_1H));
      detail(json, "5m", usage.count(TokenClass.CACHE_WRITE_5M));
      json.end();
    }
    json.end();
  }

  /** Only what was written is listed. */
  private static void detail(JsonWriter json, String ttl, long count) {
    if (count > 0) {
      json.object().text("ttl", ttl).number("inputTokens", count).end();
    }
  }
}
