package dev.ockham.conformance;

import dev.ockham.chat.Dialect;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who speaks what. A new dialect is entered here, once on each side. */
final class Speakers {
  static final Map<Dialect, ClientSpeaker> CLIENTS =
      clients(
          new ChatClient(),
          new ResponsesClient(),
          new AnthropicClient(),
          new GeminiClient(),
          new BedrockClient());

  static final Map<Dialect, UpstreamSpeaker> UPSTREAMS =
      upstreams(
          new ChatUpstream(),
          new ResponsesUpstream(),
          new AnthropicUpstream(),
          new GeminiUpstream(),
          new BedrockUpstream());

  private Speakers() {}

  static boolean areAllAsked() {
    return System.getenv("CONFORMANCE_ONLY") == null;
  }

  /** Whether this run is about a dialect: all of them, unless somebody at work says which. */
  static boolean isAsked(Dialect dialect) {
    String only = System.getenv("CONFORMANCE_ONLY");
    return only == null || only.contains(dialect.wireName());
  }

  private static Map<Dialect, ClientSpeaker> clients(ClientSpeaker... speakers) {
    var map = new EnumMap<Dialect, ClientSpeaker>(Dialect.class);
    List.of(speakers).forEach(speaker -> map.put(speaker.dialect(), speaker));
    return map;
  }

  private static Map<Dialect, UpstreamSpeaker> upstreams(UpstreamSpeaker... speakers) {
    var map = new EnumMap<Dialect, UpstreamSpeaker>(Dialect.class);
    List.of(speakers).forEach(speaker -> map.put(speaker.dialect(), speaker));
    return map;
  }
}
