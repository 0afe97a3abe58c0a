package dev.ockham.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.ledger.BudgetRefusal;
import java.util.Arrays;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A budget's refusal in figures, so that a program can tell it from a passing rate limit: an extra
 * top-level field {@code ockham} of the error body, which every dialect's clients skip.
 */
final class BudgetDetails {
  private BudgetDetails() {}

  /** The error body, a JSON object, with the figures as its last field. */
  static byte[] addedTo(byte[] errorBody, BudgetRefusal why) {
    byte[] field = (",\"ockham\":" + json(why) + "}").getBytes(UTF_8);
    int end = errorBody.length - 1;
    byte[] longer = Arrays.copyOf(errorBody, end + field.length);
    System.arraycopy(field, 0, longer, end, field.length);
    return longer;
  }

  /** Whether the same request may be let through by itself after a while. */
  static boolean isRetryable(BudgetRefusal why) {
    return why instanceof BudgetRefusal.TooMany many && many.retryAfter().isPresent();
  }

  private static ObjectNode json(BudgetRefusal why) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("retryable", isRetryable(why));
    json.put("scope", why.scope().toString());
    switch (why) {
      case BudgetRefusal.OverLimit over -> {
        json.put("reason", "over_limit");
        json.put("limit_usd", over.limit().toDecimalString());
        json.put("spent_usd", over.spent().toDecimalString());
        json.put("held_usd", over.held().toDecimalString());
        json.put("needed_usd", over.needed().toDecimalString());
        over.resetsAt().ifPresent(at -> json.put("resets_at", at.toString()));
      }
      case BudgetRefusal.Stopped stopped -> {
        json.put("reason", stopped.mayBeApproved() ? "approval_needed" : "closed");
        json.put("limit_usd", stopped.limit().toDecimalString());
        json.put("spent_usd", stopped.spent().toDecimalString());
        json.put("held_usd", stopped.held().toDecimalString());
        json.put("at_percent", stopped.threshold().percent());
        stopped.resetsAt().ifPresent(at -> json.put("resets_at", at.toString()));
      }
      case BudgetRefusal.TooMany many -> {
        json.put("reason", "rate_limit");
        json.put("metric", many.metric().wireName());
        json.put("limit_per_minute", many.perMinute());
        json.put("used", many.used());
        many.retryAfter().ifPresent(wait -> json.put("retry_after_seconds", wait.toSeconds()));
      }
      case BudgetRefusal.PriceUnknown unknown -> {
        json.put("reason", "price_unknown");
        json.put("model", unknown.model());
      }
    }
    return json;
  }
}
