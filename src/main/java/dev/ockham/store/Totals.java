package dev.ockham.store;

import java.math.BigDecimal;

/**
 * Sums over everything that is settled.
 *
 * @param attempts that are settled, estimated and unpriced ones among them
 * @param unpriced attempts of these that have no known price; not in {@code dollars}
 * @param estimated attempts of these whose usage is an estimate
 * @param voided attempts that cost nothing, not in {@code attempts}
 * @param dollars exact, to 12 places
 */
public record Totals(
    long requests, long attempts, long unpriced, long estimated, long voided, BigDecimal dollars) {}
