package dev.ockham.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What one window of load saw.
 *
 * @param latency nanoseconds until the reply was complete, from the intended start in open loop
 * @param firstEvent nanoseconds until the first event of a stream
 */
record LoadResult(
    long requests,
    long failures,
    long events,
    Duration took,
    Histogram latency,
    Histogram firstEvent) {

  double perSecond() {
    return requests / (took.toNanos() / 1e9);
  }
}
