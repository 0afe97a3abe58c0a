package dev.ockham.learn;

/**
 * What one model is expected to make of one ask.
 *
 * @param good the probability that its answer is good enough, 0 to 1
 * @param uncertainty the standard error of {@code good}
 * @param outputTokens the expected length of its answer, characters / 4
 */
public record Estimate(double good, double uncertainty, double outputTokens) {}
