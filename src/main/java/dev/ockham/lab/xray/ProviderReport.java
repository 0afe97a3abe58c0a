package dev.ockham.lab.xray;

import dev.ockham.chat.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What OpenAI and Anthropic report of a day: pages of their administration APIs' usage and cost
 * reports, or rows of their CSV exports.
 */
public final class ProviderReport {
  private static final String OPENAI = "openai";
  private static final String ANTHROPIC = "anthropic";

  private ProviderReport() {}

  /**
   * One line of a report.
   *
   * @param provider {@code openai} or {@code anthropic}
   * @param usage absent where the report tells costs
   * @param dollars empty where the report tells usage
   */
  public record Line(
      String provider, LocalDate day, String model, Usage usage, Optional<BigDecimal> dollars) {}

  /** What a file was found to hold. */
  public sealed interface Reading {
    record Read(List<Line> lines) implements Reading {
      public Read {
        lines = List.copyOf(lines);
      }
    }

    record NotAReport(String why) implements Reading {}
  }

  /** Reads a file once; plain or gzip. */
  public static Reading read(Path file) {
    var lines = new ArrayList<Line>();
    var strange = new HashSet<String>();
    try {
      LogFile.Found found =
          new LogFile(file, new HashSet<>())
              .read(row -> {
                Optional<String> provider = provider(row.source());
                if (provider.isEmpty()) {
                  strange.add(row.source());
                } else {
                  lines.add(
                      new Line(
                          provider.get(),
                          LocalDate.ofInstant(row.at(), ZoneOffset.UTC),
                          row.model(),
                          row.usage(),
                          row.stated()));
                }
              });
      if (found.trouble().isPresent()) {
        return new Reading.NotAReport(found.trouble().get());
      }
      if (found.unread() > 0) {
        return new Reading.NotAReport(
            found.unread() + " of its " + found.lines() + " entries are not understood");
      }
    } catch (IOException _) {
      return new Reading.NotAReport("cannot be read");
    }
    return strange.isEmpty()
        ? new Reading.Read(lines)
        : new Reading.NotAReport("holds " + strange + ", which is no provider's report");
  }

  private static Optional<String> provider(String source) {
    return switch (source) {
      case "OpenAI usage export", Xray.COSTS_OF_OPENAI -> Optional.of(OPENAI);
      case "Anthropic usage export", Xray.COSTS_OF_ANTHROPIC -> Optional.of(ANTHROPIC);
      default -> Optional.empty();
    };
  }
}
