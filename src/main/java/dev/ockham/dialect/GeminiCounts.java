package dev.ockham.dialect;

import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Optional;

/**
 * Token counts in Gemini's words: the prompt includes what a cache gave, what tools added comes on
 * top of it, and thoughts are counted beside the answer. A count of zero is often left out; the
 * total tells it from one that is not known.
 */
final class GeminiCounts {
  private static final int AUDIO = 0;
  private static final int IMAGE = 1;

  private long prompt = Counts.UNSAID;
  private long toolUse = Counts.UNSAID;
  private long cached = Counts.UNSAID;
  private long answer = Counts.UNSAID;
  private long thoughts = Counts.UNSAID;
  private long total = Counts.UNSAID;
  private long audioIn = Counts.UNSAID;
  private long audioToolUse = Counts.UNSAID;
  private long audioCached = Counts.UNSAID;
  private long audioOut = Counts.UNSAID;
  private long imageOut = Counts.UNSAID;
  private Optional<ServiceTier> tier = Optional.empty();

  /** Reads the {@code usageMetadata} object stood on. */
  void read(JsonReader in) {
    while (in.nextField()) {
      switch (in.name()) {
        case "promptTokenCount" -> prompt = Counts.later(in, prompt);
        case "toolUsePromptTokenCount" -> toolUse = Counts.later(in, toolUse);
        case "cachedContentTokenCount" -> cached = Counts.later(in, cached);
        case "candidatesTokenCount" -> answer = Counts.later(in, answer);
        case "thoughtsTokenCount" -> thoughts = Counts.later(in, thoughts);
        case "totalTokenCount" -> total = Counts.later(in, total);
        case "promptTokensDetails" -> audioIn = modalities(in)[AUDIO];
        case "toolUsePromptTokensDetails" -> audioToolUse = modalities(in)[AUDIO];
        case "cacheTokensDetails" -> audioCached = modalities(in)[AUDIO];
        case "candidatesTokensDetails" -> {
          long[] shown = modalities(in);
          audioOut = shown[AUDIO];
          imageOut = shown[IMAGE];
        }
        case "serviceTier" -> tier = Counts.tierOf(in.textOrEmpty().toLowerCase(Locale.ROOT));
        case "trafficType" -> traffic(in.textOrEmpty());
        default -> in.skip();
      }
    }
  }

  /** Vertex's word for it. */
  private void traffic(String word) {
    switch (word) {
      case "ON_DEMAND_FLEX" -> tier = Optional.of(ServiceTier.FLEX);
      case "ON_DEMAND_PRIORITY" -> tier = Optional.of(ServiceTier.PRIORITY);
      default -> {}
    }
  }

  /** Sound and pictures of a list by modality; the last word on each holds. */
  private static long[] modalities(JsonReader in) {
    long[] counts = {Counts.UNSAID, Counts.UNSAID};
    if (!in.isArray()) {
      in.skip();
      return counts;
    }
    while (in.nextElement()) {
      if (in.isObject()) {
        modality(in, counts);
      } else {
        in.skip();
      }
    }
    return counts;
  }

  private static void modality(JsonReader in, long[] counts) {
    String modality = "";
    long count = Counts.UNSAID;
    while (in.nextField()) {
      switch (in.name()) {
        case "modality" -> modality = in.textOrEmpty();
        case "tokenCount" -> count = in.count();
        default -> in.skip();
      }
    }
    switch (modality) {
      case "AUDIO" -> counts[AUDIO] = count;
      case "IMAGE" -> counts[IMAGE] = count;
      default -> {}
    }
  }

  Usage usage() {
    var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
    long input = prompt == Counts.UNSAID ? prompt : prompt + Counts.said(toolUse);
    long heardBefore = Math.min(Counts.said(audioCached), Counts.said(cached));
    long heard = Counts.said(audioIn) + Counts.said(audioToolUse) - heardBefore;
    long text = Counts.rest(input, Counts.said(cached));
    Counts.put(
        tokens,
        TokenClass.CACHE_READ,
        Counts.apart(tokens, TokenClass.AUDIO_CACHE_READ, heardBefore, cached));
    Counts.put(tokens, TokenClass.INPUT, Counts.apart(tokens, TokenClass.AUDIO_INPUT, heard, text));
    Counts.put(tokens, TokenClass.REASONING, thoughts);
    boolean left = answer == Counts.UNSAID && input != Counts.UNSAID;
    long rest = left ? Counts.rest(total, input + Counts.said(thoughts)) : answer;
    rest = Counts.apart(tokens, TokenClass.AUDIO_OUTPUT, audioOut, rest);
    rest = Counts.apart(tokens, TokenClass.IMAGE_OUTPUT, imageOut, rest);
    Counts.put(tokens, TokenClass.OUTPUT, rest);
    return new Usage(tokens, tier);
  }

  /** Writes {@code usage}; nothing where nothing is known. */
  static void write(JsonWriter json, Usage usage) {
    if (usage.isAbsent()) {
      return;
    }
    json.object("usageMetadata").number("promptTokenCount", usage.totalInput());
    if (Counts.readsAreKnown(usage)) {
      json.number("cachedContentTokenCount", Counts.reads(usage));
    }
    json.number("candidatesTokenCount", usage.totalOutput() - usage.count(TokenClass.REASONING));
    usage.reported(TokenClass.REASONING).ifPresent(n -> json.number("thoughtsTokenCount", n));
    json.number("totalTokenCount", Math.addExact(usage.totalInput(), usage.totalOutput())).end();
  }
}
