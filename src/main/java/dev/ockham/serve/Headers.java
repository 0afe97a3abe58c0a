package dev.ockham.serve;

import io.vertx.core.http.HttpHeaders;

/** The header names and values written on the path, as the bytes they become. */
final class Headers {
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-ockham-request-id");
  static final CharSequence MODEL = HttpHeaders.createOptimized("x-ockham-model");
  static final CharSequence ROUTE = HttpHeaders.createOptimized("x-ockham-route");
  static final CharSequence REQUESTED = HttpHeaders.createOptimized("x-ockham-requested-model");
  static final CharSequence MODE = HttpHeaders.createOptimized("x-ockham-mode");
  static final CharSequence OPT_OUT = HttpHeaders.createOptimized("x-ockham-opt-out");
  static final CharSequence COST = HttpHeaders.createOptimized("x-ockham-cost-usd");
  static final CharSequence BUDGET_LEFT =
      HttpHeaders.createOptimized("x-ockham-budget-remaining-usd");
  static final CharSequence BUDGET_SCOPE = HttpHeaders.createOptimized("x-ockham-budget-scope");
  static final CharSequence BUDGET_RESETS = HttpHeaders.createOptimized("x-ockham-budget-resets");
  static final CharSequence TAGS = HttpHeaders.createOptimized("x-ockham-tags");
  static final CharSequence RUN = HttpHeaders.createOptimized("x-ockham-run");
  static final CharSequence WARNINGS = HttpHeaders.createOptimized("x-ockham-warnings");
  static final CharSequence SHOULD_RETRY = HttpHeaders.createOptimized("x-should-retry");
  static final CharSequence X_API_KEY = HttpHeaders.createOptimized("x-api-key");
  static final CharSequence API_KEY = HttpHeaders.createOptimized("api-key");
  static final CharSequence X_GOOG_API_KEY = HttpHeaders.createOptimized("x-goog-api-key");
  static final CharSequence ANTHROPIC_VERSION = HttpHeaders.createOptimized("anthropic-version");
  static final CharSequence ANTHROPIC_BETA = HttpHeaders.createOptimized("anthropic-beta");
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence PROBLEM = HttpHeaders.createOptimized("application/problem+json");
  static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized("text/event-stream");
  static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("idempotency-key");
  static final CharSequence REPLAYED = HttpHeaders.createOptimized("idempotent-replayed");
  static final CharSequence TRUE = HttpHeaders.createOptimized("true");
  static final CharSequence FALSE = HttpHeaders.createOptimized("false");

  private Headers() {}
}
