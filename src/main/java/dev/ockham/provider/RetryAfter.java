package dev.ockham.provider;

import dev.ockham.chat.ChatError;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a provider asks to stay away, in the headers that providers use for it. */
final class RetryAfter {
  /** Where it does not say. */
  static final Duration USUAL = Duration.ofSeconds(1);

  private static final int MAX_LENGTH = 12;

  private static final Duration OUT_OF_FUNDS = Duration.ofSeconds(30);

  private RetryAfter() {}

  /** How long a deployment is left alone that has too much to do; empty where that is not why. */
  static Optional<Duration> cooling(AttemptEnd.Failed failed) {
    return switch (failed.failure()) {
      case ProviderFailure.Throttled _ -> Optional.of(of(failed.head()).orElse(USUAL));
      case ProviderFailure.Faulty(var error) when error.kind() == ChatError.Kind.OVERLOADED ->
          Optional.of(of(failed.head()).orElse(USUAL));
      case ProviderFailure.AccountRefused _ -> Optional.of(OUT_OF_FUNDS);
      default -> Optional.empty();
    };
  }

  /** Empty where it does not say, or says it as a date. */
  static Optional<Duration> of(ReplyHead head) {
    Map<String, String> advice = head.advice();
    return number(advice.get("retry-after-ms"), 1)
        .or(() -> number(advice.get("retry-after"), 1000));
  }

  private static Optional<Duration> number(@Nullable String text, int millis) {
    if (text == null || text.length() > MAX_LENGTH || !text.matches("[0-9]+(\\.[0-9]+)?")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * millis)));
  }
}
