package dev.ockham.cli;

import dev.ockham.chat.Dialect;
import dev.ockham.config.Environment;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.BudgetStanding;
import dev.ockham.ledger.Entry;
import dev.ockham.ledger.Increase;
import dev.ockham.ledger.RateLimit;
import dev.ockham.policy.Scope;
import dev.ockham.serve.Denial;
import dev.ockham.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sets and shows budgets and rate limits. */
@Command(
    name = "budget",
    description = {
      "Sets and shows budgets, while the gateway is stopped.",
      "Example: ./ockham budget set team/claims 500/month --hard"
    })
final class BudgetCommand implements Runnable {
  private static final String SCOPES =
      "org, unit, team, project, user, agent, key, tag, provider, model, locality or run, and a name"
          + " or * for every one: team/claims, run/*.";
  private static final int MOST_EVENTS = 50;

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
    throw new ParameterException(
        spec.commandLine(), "Which of set, raise, remove, rate, show, events, try?");
  }

  @Command(
      name = "set",
      description = {
        "Puts a budget in force, in place of one of the same scope and period.",
        "Example: ./ockham budget set run/* 5/total --mode quantile:950 --at 80:notify,100:block"
      })
  int set(
      @Mixin OpenStore store,
      @Mixin BudgetTerms terms,
      @Parameters(paramLabel = "SCOPE", description = SCOPES) String scope,
      @Parameters(paramLabel = "LIMIT", description = "Dollars, such as 12.50 or 500/month.")
          String limit) {
    Budget budget = read(() -> terms.budget(scope, limit));
    return in(
        store,
        opened -> {
          var _ = opened.budgets().set(budget).toCompletableFuture().join();
          return say(
              "budget of %s: %s per %s, %s"
                  .formatted(
                      budget.scope(),
                      budget.limit(),
                      budget.period().wireName(),
                      budget.terms().mode().wireName()));
        });
  }

  @Command(
      name = "raise",
      description = {
        "Raises a budget for a while, which also approves what asks for approval.",
        "Example: ./ockham budget raise team/claims 100 --for 7d --why \"end of the quarter\""
      })
  int raise(
      @Mixin OpenStore store,
      @Mixin Raise raise,
      @Parameters(paramLabel = "SCOPE", description = SCOPES) String scope,
      @Parameters(paramLabel = "DOLLARS", description = "By how much.") String amount) {
    Instant now = ambient.clock().instant();
    Scope of = read(() -> Scope.parse(scope));
    Budget.Period period = read(() -> Budget.Period.parse(raise.period));
    Increase increase =
        read(() ->
            new Increase(BudgetTerms.dollars(amount), now, now.plus(raise.duration()), raise.why));
    return in(
        store,
        opened ->
            opened.budgets().raise("default", of, period, increase).toCompletableFuture().join()
                ? say("budget of " + of + ": " + amount + " more until " + increase.until())
                : missing(of + " per " + period.wireName()));
  }

  /** For how long, and why. */
  static final class Raise {
    @Option(names = "--for", paramLabel = "TIME", defaultValue = "1d", description = "12h or 7d.")
    private String time = "1d";

    @Option(names = "--why", defaultValue = "", description = "For whoever reads it later.")
    private String why = "";

    @Option(names = "--period", defaultValue = "month", description = "Of the budget (month).")
    private String period = "month";

    Duration duration() {
      if (!time.matches("[0-9]{1,4}[hd]")) {
        throw new IllegalArgumentException("\"" + time + "\" (expected: hours or days: 12h, 7d)");
      }
      long count = Long.parseLong(time.substring(0, time.length() - 1));
      return time.endsWith("h") ? Duration.ofHours(count) : Duration.ofDays(count);
    }
  }

  @Command(
      name = "remove",
      description = {"Ends a budget.", "Example: ./ockham budget remove team/claims month"})
  int remove(
      @Mixin OpenStore store,
      @Parameters(paramLabel = "SCOPE", description = SCOPES) String scope,
      @Parameters(paramLabel = "PERIOD", description = "Its period.") String period) {
    Scope of = read(() -> Scope.parse(scope));
    Budget.Period its = read(() -> Budget.Period.parse(period));
    return in(
        store,
        opened ->
            opened.budgets().remove("default", of, its).toCompletableFuture().join()
                ? say("removed the budget of " + of + " per " + period)
                : missing(of + " per " + period));
  }

  @Command(
      name = "rate",
      description = {
        "Limits requests or tokens a minute; 0 ends a limit.",
        "Example: ./ockham budget rate key/* requests 60"
      })
  int rate(
      @Mixin OpenStore store,
      @Parameters(paramLabel = "SCOPE", description = SCOPES) String scope,
      @Parameters(paramLabel = "METRIC", description = "requests or tokens.") String metric,
      @Parameters(paramLabel = "PER_MINUTE", description = "At most so many.") long perMinute) {
    Scope of = read(() -> Scope.parse(scope));
    RateLimit.Metric what = read(() -> RateLimit.Metric.parse(metric));
    if (perMinute == 0) {
      return in(
          store,
          opened ->
              opened.budgets().remove("default", of, what).toCompletableFuture().join()
                  ? say("removed the limit on " + metric + " of " + of)
                  : missing(metric + " of " + of));
    }
    RateLimit limit = read(() -> new RateLimit("default", of, what, perMinute));
    return in(
        store,
        opened -> {
          var _ = opened.budgets().set(limit).toCompletableFuture().join();
          return say(of + ": at most " + perMinute + " " + metric + " a minute");
        });
  }

  @Command(
      name = "show",
      description = {
        "Shows how each budget stands; \"beyond\" is what running calls may cost past their holds.",
        "Example: ./ockham budget show"
      })
  int show(@Mixin OpenStore store) {
    return in(
        store,
        opened -> {
          var rows = new ArrayList<List<String>>();
          rows.add(
              List.of("scope", "period", "mode", "limit", "spent", "held", "beyond", "actions"));
          for (BudgetStanding standing : opened.budgets().list()) {
            rows.add(row(standing));
          }
          for (RateLimit each :
              opened.budgets().rateLimits("default").toCompletableFuture().join()) {
            rows.add(
                List.of(
                    each.scope().toString(),
                    "minute",
                    "rate",
                    each.perMinute() + " " + each.metric().wireName(),
                    "",
                    "",
                    "",
                    ""));
          }
          Columns.align(rows).forEach(terminal.out()::println);
          return OckhamCommand.OK;
        });
  }

  private static List<String> row(BudgetStanding standing) {
    Budget budget = standing.budget();
    return List.of(
        budget.scope().toString(),
        budget.period().wireName(),
        budget.terms().mode().wireName(),
        standing.limit().toString(),
        standing.spent().toString(),
        standing.held().toString(),
        standing.beyond().toString(),
        String.join(" ", budget.terms().thresholds().stream().map(Object::toString).toList()));
  }

  @Command(
      name = "events",
      description = {
        "Shows which shares of limits were reached, newest first.",
        "Example: ./ockham budget events"
      })
  int events(@Mixin OpenStore store) {
    return in(
        store,
        opened -> {
          var rows = new ArrayList<List<String>>();
          rows.add(List.of("at", "scope", "period", "reached", "action"));
          for (Entry.Reached event :
              opened.budgets().events("default", MOST_EVENTS).toCompletableFuture().join()) {
            rows.add(
                List.of(
                    event.at().toString(),
                    event.scope().toString(),
                    event.period().wireName(),
                    event.threshold().percent() + " %",
                    event.threshold().action().wireName()));
          }
          Columns.align(rows).forEach(terminal.out()::println);
          return OckhamCommand.OK;
        });
  }

  @Command(
      name = "try",
      description = {
        "Shows the denial that a developer sees when a budget is used up; nothing is changed.",
        "Example: ./ockham budget try team/claims --dialect anthropic-messages"
      })
  int attempt(
      @Mixin OpenStore store,
      @Parameters(paramLabel = "SCOPE", description = SCOPES) String scope,
      @Option(
              names = "--dialect",
              defaultValue = "openai-chat",
              description = "Whose clients are told (default ${DEFAULT-VALUE}).")
          String dialect) {
    Scope of = read(() -> Scope.parse(scope));
    Dialect their = read(() -> dialect(dialect));
    return in(
        store,
        opened -> {
          Optional<BudgetStanding> found =
              opened.budgets().list().stream()
                  .filter(standing -> standing.budget().scope().equals(of))
                  .findFirst();
          if (found.isEmpty()) {
            return missing(of.toString());
          }
          Denial denial = Denial.of(their, found.get());
          say("HTTP " + denial.status());
          return say(denial.body());
        });
  }

  private static Dialect dialect(String name) {
    for (Dialect dialect : Dialect.values()) {
      if (dialect.wireName().equals(name)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException("dialect \"" + name + "\" (expected: such as openai-chat)");
  }

  private int in(OpenStore store, ToIntFunction<Store> work) {
    return store.with(environment, terminal, ambient, work);
  }

  private <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
    }
  }

  private int say(String line) {
    terminal.out().println(line);
    return OckhamCommand.OK;
  }

  private int missing(String what) {
    terminal
        .err()
        .println("ockham: no budget of " + what + " (see what there is: ./ockham budget show)");
    return OckhamCommand.FAILED;
  }
}
