package dev.ockham.cli;

import dev.ockham.catalog.Money;
import dev.ockham.config.Environment;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.BudgetStanding;
import dev.ockham.policy.Scope;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sets and shows budgets. */
@Command(
    name = "budget",
    description = {
      "Sets and shows budgets, while the gateway is stopped.",
      "Example: ./ockham budget set team:claims 50 --period month"
    })
final class BudgetCommand implements Runnable {
  private static final int DECIMALS = 9;

  private final Environment environment;
  private final Terminal terminal;
  private final Ambient ambient;

  @Spec private CommandSpec spec = CommandSpec.create();

  BudgetCommand(Environment environment, Terminal terminal, Ambient ambient) {
    this.environment = environment;
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of set, show?");
  }

  @Command(
      name = "set",
      description = {
        "Puts a limit in force that nothing gets past.",
        "Example: ./ockham budget set key:4f2a 5 --period day"
      })
  int set(
      @Mixin OpenStore store,
      @Parameters(paramLabel = "SCOPE", description = "org:NAME, team:NAME or key:ID.")
          String scope,
      @Parameters(paramLabel = "DOLLARS", description = "The limit, such as 12.50.") String limit,
      @Option(
              names = "--period",
              defaultValue = "month",
              description = "day, month or total (default ${DEFAULT-VALUE}).")
          String period,
      @Option(
              names = "--zone",
              defaultValue = "UTC",
              description = "Whose midnight begins a period (default ${DEFAULT-VALUE}).")
          String zone) {
    Budget budget = budget(scope, limit, period, zone);
    return store.with(
        environment,
        terminal,
        ambient,
        opened -> {
          var _ = opened.budgets().set(budget).toCompletableFuture().join();
          terminal
              .out()
              .println("budget of " + budget.scope() + ": " + budget.limit() + " per " + period);
          return OckhamCommand.OK;
        });
  }

  private Budget budget(String scope, String limit, String period, String zone) {
    try {
      if (!limit.matches("[0-9]{1,7}(\\.[0-9]{1," + DECIMALS + "})?")) {
        throw new IllegalArgumentException(
            "limit \"" + limit + "\" (expected: dollars such as 12.50, at most 9 decimals)");
      }
      return new Budget(
          "default",
          Scope.parse(scope),
          Money.ofDollars(limit),
          Budget.Period.valueOf(period.toUpperCase(Locale.ROOT)),
          ZoneId.of(zone));
    } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
      String message = String.valueOf(e.getMessage());
      throw new ParameterException(
          spec.commandLine(),
          message.contains("enum")
              ? "period \"" + period + "\" (expected: day, month or total)"
              : message);
    }
  }

  @Command(
      name = "show",
      description = {"Shows how each budget stands.", "Example: ./ockham budget show"})
  int show(@Mixin OpenStore store) {
    return store.with(
        environment,
        terminal,
        ambient,
        opened -> {
          var rows = new ArrayList<List<String>>();
          rows.add(List.of("scope", "period", "limit", "spent", "held"));
          for (BudgetStanding standing : opened.budgets().list()) {
            rows.add(
                List.of(
                    standing.budget().scope().toString(),
                    standing.budget().period().wireName(),
                    standing.budget().limit().toString(),
                    standing.spent().toString(),
                    standing.held().toString()));
          }
          Columns.align(rows).forEach(terminal.out()::println);
          return OckhamCommand.OK;
        });
  }
}
