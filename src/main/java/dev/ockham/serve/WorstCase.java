package dev.ockham.serve;

import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Quote;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.InputTokens;

/** The most that a call may use, which is held, and what it is expected to. */
final class WorstCase {
  /** Held for models whose longest answer nobody told us, where the client set no cap either. */
  private static final long UNKNOWN_MAX_OUTPUT = 32_768;

  /** Where the router expects nothing. */
  private static final long EXPECTED_OUTPUT = 500;

  private WorstCase() {}

  static Quote quote(Plan plan, Model model) {
    ChatRequest request = plan.asked().request();
    long longest = model.limits().maxOutput().orElse(UNKNOWN_MAX_OUTPUT);
    long output = request.maxOutput().orElse(longest);
    return Quote.of(
        model,
        Usage.of(InputTokens.conservative(request), output),
        Usage.of(plan.inputEstimate(), Math.min(output, expectedOutput(plan, model))));
  }

  private static long expectedOutput(Plan plan, Model model) {
    for (Candidate candidate : plan.why().candidates()) {
      if (candidate instanceof Candidate.Scored scored && scored.model().equals(model.id())) {
        return scored.outputTokens();
      }
    }
    return EXPECTED_OUTPUT;
  }
}
