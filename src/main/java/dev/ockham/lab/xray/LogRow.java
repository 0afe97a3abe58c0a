package dev.ockham.lab.xray;

import dev.ockham.chat.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What one line of a log says: one call, or a bucket of calls where a provider reports buckets.
 *
 * @param source the format it was read from
 * @param who the person or key that asked, as far as the log tells
 * @param run the agent run or session it belongs to
 * @param workload what calls of this shape have in common; never text of a prompt
 * @param calls how many calls it stands for
 * @param stated dollars, where the log itself says what it cost
 * @param action what the model did, as a hash of its tool calls or answer; 0 where the log does not
 *     hold it
 */
record LogRow(
    String source,
    Instant at,
    String model,
    String who,
    Optional<String> run,
    String workload,
    Usage usage,
    long calls,
    Optional<BigDecimal> stated,
    long action) {}
