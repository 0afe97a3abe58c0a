package dev.ockham.demo;

import java.math.BigDecimal;

/**
 * What a model of the fleet charges, in picodollars per token. This is the demo's own arithmetic:
 * it shares nothing with the ledger, which it checks.
 */
record Tariff(long inputPicos, long outputPicos) {
  private static final int PICOS_PER_TOKEN_SCALE = 6;
  private static final int PICOS_SCALE = 12;

  /** Reads list prices in dollars per million tokens. */
  static Tariff perMillion(BigDecimal input, BigDecimal output) {
    return new Tariff(
        input.movePointRight(PICOS_PER_TOKEN_SCALE).longValueExact(),
        output.movePointRight(PICOS_PER_TOKEN_SCALE).longValueExact());
  }

  /** What a question and its answer cost, in picodollars. */
  long cost(String prompt, String answer) {
    return Math.addExact(
        Math.multiplyExact(Question.tokens(prompt), inputPicos),
        Math.multiplyExact(Question.tokens(answer), outputPicos));
  }

  /** Picodollars as dollars, a plain decimal without trailing zeros. */
  static String dollars(long picos) {
    BigDecimal dollars = BigDecimal.valueOf(picos, PICOS_SCALE).stripTrailingZeros();
    return dollars.scale() < 0 ? dollars.setScale(0).toPlainString() : dollars.toPlainString();
  }
}
