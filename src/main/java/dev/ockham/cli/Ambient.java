package dev.ockham.cli;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time and chance, as the machine gives them.
 *
 * @param nanos monotonic, for durations
 * @param random good enough for keys
 */
public record Ambient(InstantSource clock, LongSupplier nanos, RandomGenerator random) {}
