package dev.ockham.store;

import java.math.BigDecimal;

/**
 * Sums over everything that is settled.
 *
 * @param settled attempts, estimated and unpriced ones among them
 * @param unpriced settled attempts that have no known price; not in {@code dollars}
 * @param estimated settled attempts whose usage is an estimate
 * @param voided attempts that cost nothing
 * @param dollars exact, to 12 places
 */
public record Totals(
    long requests, long settled, long unpriced, long estimated, long voided, BigDecimal dollars) {}
