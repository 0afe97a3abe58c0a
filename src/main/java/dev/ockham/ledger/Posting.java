package dev.ockham.ledger;

/**
 * One side of an entry in the books. Postings are never changed; those of one {@link Entry} add up
 * to zero.
 *
 * @param account such as {@code held/default/key:4f2a} or {@code payable/default/openai}
 * @param nanos nanodollars, positive into the account
 * @param picos picodollars beyond that, from rounding: none but the rounding accounts have them
 */
record Posting(String account, long nanos, long picos) {}
