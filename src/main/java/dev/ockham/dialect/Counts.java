package dev.ockham.dialect;

import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.EnumMap;
import java.util.Optional;

/**
 * Token counts as a provider words them, from one report or several; -1 where it said nothing.
 * Reports of one answer are cumulative: the last word on each count holds.
 */
final class Counts {
  static final long UNSAID = -1;

  private Counts() {}

  /**
   * OpenAI's: the input count includes what a cache gave or took, sound and pictures; output
   * includes reasoning. Some who speak it count reasoning beside the output, which their total
   * tells.
   */
  static final class OpenAi {
    private final String input;
    private final String output;
    private long prompt = UNSAID;
    private long cached = UNSAID;
    private long cacheWrite = UNSAID;
    private long audioIn = UNSAID;
    private long imageIn = UNSAID;
    private long completion = UNSAID;
    private long reasoning = UNSAID;
    private long audioOut = UNSAID;
    private long imageOut = UNSAID;
    private long total = UNSAID;
    private long searches = UNSAID;
    private Optional<ServiceTier> tier = Optional.empty();

    private OpenAi(String input, String output) {
      this.input = input;
      this.output = output;
    }

    /** In the words of Chat Completions. */
    static OpenAi ofChat() {
      return new OpenAi("prompt_tokens", "completion_tokens");
    }

    static OpenAi ofResponses() {
      return new OpenAi("input_tokens", "output_tokens");
    }

    /** Reads the {@code usage} object stood on. */
    void read(JsonReader in) {
      while (in.nextField()) {
        String name = in.name();
        if (name.equals(input)) {
          prompt = later(in, prompt);
        } else if (name.equals(output)) {
          completion = later(in, completion);
        } else if (name.equals("total_tokens")) {
          total = later(in, total);
        } else if (name.equals("prompt_cache_hit_tokens")) {
          // DeepSeek's word for what others tell in the details
          cached = later(in, cached);
        } else if (name.equals("num_sources_used")) {
          // xAI's: it charges for each source that it reads
          searches = later(in, searches);
        } else if (name.endsWith("_tokens_details")) {
          details(in, name.startsWith(input));
        } else {
          in.skip();
        }
      }
    }

    /** Reads the tier that served, which stands beside the usage. */
    void readTier(JsonReader in) {
      tier = tierOf(in.textOrEmpty()).or(() -> tier);
    }

    private void details(JsonReader in, boolean ofInput) {
      if (!in.isObject()) {
        in.skip();
        return;
      }
      while (in.nextField()) {
        switch (in.name()) {
          case "cached_tokens" -> cached = later(in, cached);
          case "cache_write_tokens" -> cacheWrite = later(in, cacheWrite);
          case "reasoning_tokens" -> reasoning = later(in, reasoning);
          case "audio_tokens" -> {
            audioIn = ofInput ? later(in, audioIn) : audioIn;
            audioOut = ofInput ? audioOut : later(in, audioOut);
          }
          case "image_tokens" -> {
            imageIn = ofInput ? later(in, imageIn) : imageIn;
            imageOut = ofInput ? imageOut : later(in, imageOut);
          }
          default -> in.skip();
        }
      }
    }

    Usage usage() {
      var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
      put(tokens, TokenClass.CACHE_READ, cached);
      put(tokens, TokenClass.CACHE_WRITE_5M, cacheWrite);
      long text = rest(prompt, said(cached) + said(cacheWrite));
      text = apart(tokens, TokenClass.AUDIO_INPUT, audioIn, text);
      text = apart(tokens, TokenClass.IMAGE_INPUT, imageIn, text);
      put(tokens, TokenClass.INPUT, text);
      put(tokens, TokenClass.REASONING, reasoning);
      long shown = reasoningIsBeside() ? completion : rest(completion, said(reasoning));
      shown = apart(tokens, TokenClass.AUDIO_OUTPUT, audioOut, shown);
      shown = apart(tokens, TokenClass.IMAGE_OUTPUT, imageOut, shown);
      put(tokens, TokenClass.OUTPUT, shown);
      if (searches > 0) {
        tokens.put(TokenClass.WEB_SEARCH, searches);
      }
      return new Usage(tokens, tier);
    }

    private boolean reasoningIsBeside() {
      return reasoning > 0
          && completion != UNSAID
          && (reasoning > completion
              || (prompt != UNSAID && total == prompt + completion + reasoning));
    }
  }

  /** Anthropic's: input is only what no cache gave or took; output includes thinking. */
  static final class Anthropic {
    private long input = UNSAID;
    private long cacheRead = UNSAID;
    private long cacheWrite = UNSAID;
    private long write5m = UNSAID;
    private long write1h = UNSAID;
    private long output = UNSAID;
    private long thinking = UNSAID;
    private long searches = UNSAID;
    private Optional<ServiceTier> tier = Optional.empty();
    private boolean fast;

    /** Reads the {@code usage} object stood on. */
    void read(JsonReader in) {
      while (in.nextField()) {
        switch (in.name()) {
          case "input_tokens" -> input = later(in, input);
          case "cache_read_input_tokens" -> cacheRead = later(in, cacheRead);
          case "cache_creation_input_tokens" -> cacheWrite = later(in, cacheWrite);
          case "output_tokens" -> output = later(in, output);
          case "cache_creation", "output_tokens_details", "server_tool_use" -> details(in);
          case "service_tier" -> tier = tierOf(in.textOrEmpty()).or(() -> tier);
          case "speed" -> fast = in.textOrEmpty().equals("fast");
          default -> in.skip();
        }
      }
    }

    private void details(JsonReader in) {
      if (!in.isObject()) {
        in.skip();
        return;
      }
      while (in.nextField()) {
        switch (in.name()) {
          case "ephemeral_5m_input_tokens" -> write5m = later(in, write5m);
          case "ephemeral_1h_input_tokens" -> write1h = later(in, write1h);
          case "thinking_tokens" -> thinking = later(in, thinking);
          case "web_search_requests" -> searches = later(in, searches);
          default -> in.skip();
        }
      }
    }

    Usage usage() {
      var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
      put(tokens, TokenClass.INPUT, input);
      put(tokens, TokenClass.CACHE_READ, cacheRead);
      put(tokens, TokenClass.CACHE_WRITE_1H, write1h);
      // What is not said to be the dearer hour is the usual five minutes.
      put(
          tokens,
          TokenClass.CACHE_WRITE_5M,
          cacheWrite == UNSAID ? write5m : rest(cacheWrite, said(write1h)));
      put(tokens, TokenClass.REASONING, thinking);
      put(tokens, TokenClass.OUTPUT, rest(output, said(thinking)));
      if (searches > 0) {
        tokens.put(TokenClass.WEB_SEARCH, searches);
      }
      return new Usage(tokens, fast ? Optional.of(ServiceTier.FAST) : tier);
    }
  }

  /** The tier of a provider's word; empty for what is no tier of ours. */
  static Optional<ServiceTier> tierOf(String word) {
    return switch (word) {
      case "default", "standard" -> Optional.of(ServiceTier.STANDARD);
      case "flex" -> Optional.of(ServiceTier.FLEX);
      case "priority" -> Optional.of(ServiceTier.PRIORITY);
      case "batch" -> Optional.of(ServiceTier.BATCH);
      case "fast" -> Optional.of(ServiceTier.FAST);
      default -> Optional.empty();
    };
  }

  /** Takes a class out of what includes it, where there was any of it; says what is left. */
  static long apart(EnumMap<TokenClass, Long> tokens, TokenClass kind, long part, long all) {
    long taken = all == UNSAID ? said(part) : Math.min(said(part), all);
    if (taken > 0) {
      tokens.put(kind, taken);
    }
    return rest(all, taken);
  }

  static long later(JsonReader in, long before) {
    long count = in.count();
    return count == UNSAID ? before : count;
  }

  static long said(long count) {
    return Math.max(0, count);
  }

  static long rest(long all, long part) {
    return all == UNSAID ? UNSAID : Math.max(0, all - part);
  }

  static void put(EnumMap<TokenClass, Long> tokens, TokenClass kind, long count) {
    if (count != UNSAID) {
      tokens.put(kind, count);
    }
  }

  /** Writes {@code usage} in OpenAI's words; nothing where nothing is known. */
  static void writeOpenAi(JsonWriter json, Usage usage) {
    if (usage.isAbsent()) {
      return;
    }
    json.object("usage");
    json.number("prompt_tokens", usage.totalInput());
    json.number("completion_tokens", usage.totalOutput());
    json.number("total_tokens", Math.addExact(usage.totalInput(), usage.totalOutput()));
    boolean writes =
        usage.reported(TokenClass.CACHE_WRITE_5M).isPresent()
            || usage.reported(TokenClass.CACHE_WRITE_1H).isPresent();
    if (readsAreKnown(usage) || writes) {
      json.object("prompt_tokens_details");
      if (readsAreKnown(usage)) {
        json.number("cached_tokens", reads(usage));
      }
      if (writes) {
        json.number("cache_write_tokens", writes(usage));
      }
      json.end();
    }
    if (usage.reported(TokenClass.REASONING).isPresent()) {
      json.object("completion_tokens_details")
          .number("reasoning_tokens", usage.count(TokenClass.REASONING))
          .end();
    }
    json.end();
  }

  /** Writes {@code usage} in the words of Responses, whose counts are all required. */
  static void writeResponses(JsonWriter json, Usage usage) {
    json.object("usage").number("input_tokens", usage.totalInput());
    json.object("input_tokens_details");
    json.number("cached_tokens", reads(usage));
    json.number("cache_write_tokens", writes(usage)).end();
    json.number("output_tokens", usage.totalOutput());
    json.object("output_tokens_details");
    json.number("reasoning_tokens", usage.count(TokenClass.REASONING)).end();
    json.number("total_tokens", Math.addExact(usage.totalInput(), usage.totalOutput())).end();
  }

  /** Writes {@code usage} in Anthropic's words, which always have input and output counts. */
  static void writeAnthropic(JsonWriter json, Usage usage) {
    json.object("usage").number("input_tokens", uncached(usage));
    if (readsAreKnown(usage)) {
      json.number("cache_read_input_tokens", reads(usage));
    }
    boolean hours = usage.reported(TokenClass.CACHE_WRITE_1H).isPresent();
    if (hours || usage.reported(TokenClass.CACHE_WRITE_5M).isPresent()) {
      json.number("cache_creation_input_tokens", writes(usage));
    }
    if (hours) {
      json.object("cache_creation")
          .number("ephemeral_5m_input_tokens", usage.count(TokenClass.CACHE_WRITE_5M))
          .number("ephemeral_1h_input_tokens", usage.count(TokenClass.CACHE_WRITE_1H))
          .end();
    }
    json.number("output_tokens", usage.totalOutput());
    if (usage.reported(TokenClass.REASONING).isPresent()) {
      json.object("output_tokens_details")
          .number("thinking_tokens", usage.count(TokenClass.REASONING))
          .end();
    }
    json.end();
  }

  static boolean readsAreKnown(Usage usage) {
    return usage.reported(TokenClass.CACHE_READ).isPresent()
        || usage.reported(TokenClass.AUDIO_CACHE_READ).isPresent();
  }

  static long reads(Usage usage) {
    return usage.count(TokenClass.CACHE_READ) + usage.count(TokenClass.AUDIO_CACHE_READ);
  }

  /** Input that no cache gave or took. */
  static long uncached(Usage usage) {
    return usage.totalInput() - reads(usage) - writes(usage);
  }

  static long writes(Usage usage) {
    return usage.count(TokenClass.CACHE_WRITE_5M) + usage.count(TokenClass.CACHE_WRITE_1H);
  }
}
