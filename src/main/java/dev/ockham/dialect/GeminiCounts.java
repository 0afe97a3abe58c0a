package dev.ockham.dialect;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.EnumMap;

/**
 * Token counts in Gemini's words: the prompt includes what a cache gave, what tools added comes on
 * top of it, and thoughts are counted beside the answer. A count of zero is often left out; the
 * total tells it from one that is not known.
 */
final class GeminiCounts {
  private long prompt = Counts.UNSAID;
  private long toolUse = Counts.UNSAID;
  private long cached = Counts.UNSAID;
  private long answer = Counts.UNSAID;
  private long thoughts = Counts.UNSAID;
  private long total = Counts.UNSAID;

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
        default -> in.skip();
      }
    }
  }

  Usage usage() {
    var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
    long input = prompt == Counts.UNSAID ? prompt : prompt + Counts.said(toolUse);
    Counts.put(tokens, TokenClass.CACHE_READ, cached);
    Counts.put(tokens, TokenClass.INPUT, Counts.rest(input, Counts.said(cached)));
    Counts.put(tokens, TokenClass.REASONING, thoughts);
    boolean left = answer == Counts.UNSAID && input != Counts.UNSAID;
    long rest = left ? Counts.rest(total, input + Counts.said(thoughts)) : answer;
    Counts.put(tokens, TokenClass.OUTPUT, rest);
    return new Usage(tokens);
  }

  /** Writes {@code usage}; nothing where nothing is known. */
  static void write(JsonWriter json, Usage usage) {
    if (usage.isAbsent()) {
      return;
    }
    json.object("usageMetadata").number("promptTokenCount", usage.totalInput());
    usage.reported(TokenClass.CACHE_READ).ifPresent(n -> json.number("cachedContentTokenCount", n));
    json.number("candidatesTokenCount", usage.count(TokenClass.OUTPUT));
    usage.reported(TokenClass.REASONING).ifPresent(n -> json.number("thoughtsTokenCount", n));
    json.number("totalTokenCount", Math.addExact(usage.totalInput(), usage.totalOutput())).end();
  }
}
