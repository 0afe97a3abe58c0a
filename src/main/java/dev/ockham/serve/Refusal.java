package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.ledger.BudgetRefusal;
import java.util.Optional;

/**
 * The answer to a request is an error: what a {@code Future} on the request's path fails with. It
 * carries no stack trace, because it is not a bug.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ChatError error;
  private final transient Optional<BudgetRefusal> budget;
  private final transient Optional<String> retryAfter;

  private Refusal(ChatError error, Optional<BudgetRefusal> budget, Optional<String> retryAfter) {
    super(error.code(), null, false, false);
    this.error = error;
    this.budget = budget;
    this.retryAfter = retryAfter;
  }

  static Refusal because(ChatError error) {
    return new Refusal(error, Optional.empty(), Optional.empty());
  }

  /** One that may be tried again after a while, given in seconds as the header has it. */
  static Refusal retryLater(ChatError error, String seconds) {
    return new Refusal(error, Optional.empty(), Optional.of(seconds));
  }

  static Refusal overBudget(BudgetRefusal why) {
    if (why instanceof BudgetRefusal.TooMany many) {
      var error =
          new ChatError(429, ChatError.Kind.RATE_LIMIT, "rate_limit_exceeded", why.describe());
      return new Refusal(
          error, Optional.of(why), many.retryAfter().map(wait -> Long.toString(wait.toSeconds())));
    }
    var error = new ChatError(402, ChatError.Kind.BUDGET, "budget_exceeded", why.describe());
    return new Refusal(error, Optional.of(why), Optional.empty());
  }

  ChatError error() {
    return error;
  }

  Optional<BudgetRefusal> budget() {
    return budget;
  }

  Optional<String> retryAfter() {
    return retryAfter;
  }
}
