package dev.ockham.store;

import java.math.BigDecimal;

/**
 * Sums over everything that is settled.
 *
 * @param dollars exact, to 12 places
 * @param unpriced attempts that are settled but have no known price; not in {@code dollars}
 * @param estimated settled attempts whose usage is an estimate
 */
public record Totals(
    long requests, long attempts, long unpriced, long estimated, BigDecimal dollars) {}
