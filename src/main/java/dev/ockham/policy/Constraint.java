package dev.ockham.policy;

import dev.ockham.catalog.Capability;

/** Why a model may not serve a request, whatever its score. */
public sealed interface Constraint {
  record LacksCapability(Capability missing) implements Constraint {}

  /** The request, with room for the answer, does not fit the model's context window. */
  record WindowTooSmall(long needed, long window) implements Constraint {}

  /** The caller's key does not allow this model. */
  record NotAllowed() implements Constraint {}

  /** A rule of the route excludes it. */
  record ExcludedByRule(String rule) implements Constraint {}

  /** No price is known and a hard budget applies. */
  record PriceUnknown() implements Constraint {}

  /** The model's dialect cannot express something the request needs. */
  record CannotExpress(String what) implements Constraint {}

  /** It makes embeddings and does not chat. */
  record OnlyEmbeds() implements Constraint {}

  /** Plain words for an Explanation. */
  default String describe() {
    return switch (this) {
      case LacksCapability c -> "lacks " + c.missing().name().toLowerCase(java.util.Locale.ROOT);
      case WindowTooSmall c -> "needs " + c.needed() + " tokens, window is " + c.window();
      case NotAllowed() -> "not allowed for this key";
      case ExcludedByRule c -> "excluded by rule \"" + c.rule() + "\"";
      case PriceUnknown() -> "price unknown under a hard budget";
      case OnlyEmbeds() -> "makes embeddings only";
      case CannotExpress c -> "its dialect cannot express " + c.what();
    };
  }
}
