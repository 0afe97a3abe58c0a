package dev.ockham.cli;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.Mode;
import dev.ockham.ledger.Threshold;
import dev.ockham.policy.Scope;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a budget is written on a command line. */
final class BudgetTerms {
  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      description =
          "day, week, month, quarter, year or total (default: what the limit says, else month).")
  private @Nullable String period;

  @Option(
      names = "--zone",
      defaultValue = "UTC",
      description = "Whose midnight begins a period (default ${DEFAULT-VALUE}).")
  private String zone = "UTC";

  @Option(names = "--hard", description = "Nothing gets past it (as --mode strict; the default).")
  private boolean hard;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = {
        "strict holds the worst case; quantile:950 holds what 95 %% of such calls cost and cuts",
        "streams that run out; soft lets through and tells; observe only counts."
      })
  private @Nullable String mode;

  @Option(
      names = "--at",
      paramLabel = "PERCENT:ACTION",
      split = ",",
      description =
          "What to do when so much is spent: notify, cheaper, throttle:PER_MINUTE, ask, block.")
  private List<String> actions = new ArrayList<>();

  /**
   * @param limit dollars, such as 12.50 or 500/month
   * @throws IllegalArgumentException for what cannot be read
   */
  Budget budget(String scope, String limit) {
    int slash = limit.indexOf('/');
    String dollars = slash < 0 ? limit : limit.substring(0, slash);
    Optional<String> said = slash < 0 ? Optional.empty() : Optional.of(limit.substring(slash + 1));
    if (hard && mode != null && !Mode.parse(mode).isHard()) {
      throw new IllegalArgumentException("--hard and --mode " + mode + " (expected: one of them)");
    }
    return new Budget(
        "default",
        Scope.parse(scope),
        dollars(dollars),
        Budget.Period.parse(said.or(() -> Optional.ofNullable(period)).orElse("month")),
        zone(),
        new Budget.Terms(
            mode == null ? new Mode.Strict() : Mode.parse(mode),
            actions.stream().map(Threshold::parse).toList(),
            List.of()));
  }

  /**
   * @throws IllegalArgumentException for what is none
   */
  static Money dollars(String text) {
    if (!text.matches("[0-9]{1,7}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" (expected: dollars such as 12.50, at most 9 decimals)");
    }
    return Money.ofDollars(text);
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "zone \"" + zone + "\" (expected: one such as Europe/Paris)", unknown);
    }
  }
}
