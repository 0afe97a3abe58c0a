package dev.ockham.cli;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Shares of runs, and why. */
final class RungOptions {
  @Option(
      names = "--percent",
      paramLabel = "P",
      description = "Of all runs, in canary: a number such as 10.")
  private @Nullable Double percent;

  @Option(
      names = "--holdout",
      paramLabel = "P",
      description = "Of all runs, always served as without the router, as a measure.")
  private @Nullable Double holdout;

  @Option(names = "--note", paramLabel = "TEXT", description = "Why.")
  private @Nullable String note;

  Map<String, Object> given() {
    var given = new TreeMap<String, Object>();
    if (percent != null) {
      given.put("percent", percent);
    }
    if (holdout != null) {
      given.put("holdout_percent", holdout);
    }
    if (note != null) {
      given.put("note", note);
    }
    return given;
  }
}
