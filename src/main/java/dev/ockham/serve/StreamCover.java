package dev.ockham.serve;

import dev.ockham.catalog.Money;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.BudgetRefusal;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.Nanos;
import dev.ockham.ledger.Quote;
import dev.ockham.ledger.TopUpOutcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what is held for a stream ahead of what it has used, where budgets hold what is likely; and
 * says when there is no more. For one event loop.
 */
final class StreamCover {
  /** The usual size of a token in Latin script. */
  private static final int CHARS_PER_TOKEN = 4;

  /** What is held is looked at again after so much more. */
  private static final long LOOK_TOKENS = 128;

  /** It is to be ahead by so much, so that the next look comes in time. */
  private static final long AHEAD_TOKENS = 2 * LOOK_TOKENS;

  /** A top-up asks for this part of the worst case beyond what is needed: so there are few. */
  private static final int GENEROUS = 8;

  private final Accounts accounts;
  private Hold hold;
  private long nextLookAtChars;

  StreamCover(Accounts accounts, Hold hold) {
    this.accounts = accounts;
    this.hold = hold;
  }

  /** Why the stream must be cut; empty while it may go on. */
  Optional<ChatError> mustStop(Usage reported, long outputChars) {
    if (outputChars < nextLookAtChars) {
      return Optional.empty();
    }
    nextLookAtChars = outputChars + LOOK_TOKENS * CHARS_PER_TOKEN;
    Quote quote = hold.quote();
    Optional<Money> ahead =
        quote.price().of(ahead(quote, reported, outputChars), hold.at()).total();
    Optional<Money> worst = quote.worstCost(hold.at());
    if (ahead.isEmpty() || worst.isEmpty() || covers(ahead.get())) {
      return Optional.empty();
    }
    Money wanted = ahead.get().plus(new Money(worst.get().picos() / GENEROUS));
    return switch (accounts.topUp(hold, ahead.get(), wanted)) {
      case TopUpOutcome.Granted(Hold more) -> {
        hold = more;
        yield Optional.empty();
      }
      case TopUpOutcome.Refused(BudgetRefusal why) -> Optional.of(cut(why));
    };
  }

  private boolean covers(Money cost) {
    return Nanos.up(cost) <= Math.max(hold.likely(), 0) || hold.likely() >= hold.nanos();
  }

  /** What it has used as far as it can be seen, and a little more output. */
  private static Usage ahead(Quote quote, Usage reported, long outputChars) {
    Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
    Usage input = reported.totalInput() > 0 ? reported : quote.expected();
    input
        .tokens()
        .forEach((kind, count) -> {
          if (kind.isInput()) {
            tokens.put(kind, count);
          }
        });
    long seen = Math.max(reported.totalOutput(), Math.ceilDiv(outputChars, CHARS_PER_TOKEN));
    tokens.put(TokenClass.OUTPUT, seen + AHEAD_TOKENS);
    return new Usage(tokens);
  }

  private static ChatError cut(BudgetRefusal why) {
    return new ChatError(
        402,
        ChatError.Kind.BUDGET,
        "budget_exceeded",
        "the answer was cut: "
            + why.describe()
            + " What was produced so far is billed, reasoning that is not shown included.");
  }
}
