package dev.ockham.faults;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.Step;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What a provider does for one request, by a seed: mostly it answers, and mostly not whole. */
enum Weather {
  FAIR,
  RESET,
  CLOSED,
  STALLED,
  ONLY_COMMENTS,
  NO_JSON,
  LOGIN_PAGE,
  THROTTLED,
  FAULTY,
  OVERLOADED_INSIDE;

  private static final Duration OFTEN = Duration.ofMillis(40);
  private static final String COMMENT = "d\r\n: keep-alive\n\r\n";

  private static final ThreadLocal<Random> RANDOM = ThreadLocal.withInitial(Random::new);

  static Weather of(long seed) {
    Random random = RANDOM.get();
    random.setSeed(seed * 0x9E3779B97F4A7C15L);
    return random.nextInt(3) == 0 ? FAIR : values()[random.nextInt(values().length)];
  }

  Reply reply(Received request) {
    boolean anthropic = request.path().endsWith("/messages");
    Reply fair = fair(request, anthropic);
    int cut = 1 + Math.floorMod(request.number() * 7919, Math.max(1, fair.length() - 1));
    return switch (this) {
      case FAIR -> fair;
      case RESET -> fair.cutAfter(cut, new Step.Reset());
      case CLOSED -> fair.cutAfter(cut, new Step.Close());
      case STALLED -> fair.cutAfter(cut, new Step.UntilHungUp());
      case ONLY_COMMENTS -> Reply.streamHead().then(new Step.Repeat(COMMENT, 500, OFTEN));
      case NO_JSON -> Reply.stream(List.of("data: {\"choices\":[{]}\n\n"));
      case LOGIN_PAGE -> Reply.whole(200, "text/html", "<html></html>");
      case THROTTLED -> Reply.json(429, "{\"error\":{\"message\":\"slow\"}}", "retry-after: 1");
      case FAULTY -> Reply.json(500, "{\"error\":{\"message\":\"oh\"}}");
      case OVERLOADED_INSIDE ->
          anthropic && request.asksForStream()
              ? Reply.stream(List.of(AnthropicReplies.errorEvent("overloaded_error", "Overloaded")))
              : fair;
    };
  }

  private static Reply fair(Received request, boolean anthropic) {
    String text = "A quick brown fox jumps over the lazy dog";
    return anthropic
        ? AnthropicReplies.text(text, 11, 9).reply(request)
        : OpenAiReplies.text(text, 11, 9).reply(request);
  }
}
