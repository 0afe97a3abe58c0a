package dev.ockham.dialect;

/**
 * How reasoning state crosses between dialects on one attempt.
 *
 * @param seal of the model that is asked
 * @param memory of the caller
 */
public record Carriage(Seals.Seal seal, CallMemory memory) {}
