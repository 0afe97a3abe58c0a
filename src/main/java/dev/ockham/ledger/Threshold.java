package dev.ockham.ledger;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is done when so much of a limit is spent, until the period ends or the limit is raised.
 *
 * @param percent of the limit, 1 to 1,000
 */
public record Threshold(int percent, Action action) {
  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,4})%?:([a-z]+)(?::([0-9]{1,6}))?");
  private static final int MOST = 1_000;

  /** What to do. All of them are noted as an event, too. */
  public sealed interface Action {
    /** Nothing but the event. */
    record Notify() implements Action {}

    /** Of the models that a route may choose from, the cheapest one that is good enough first. */
    record Cheaper() implements Action {}

    /** So many requests a minute and no more. */
    record Throttle(int perMinute) implements Action {
      public Throttle {
        if (perMinute < 1) {
          throw new IllegalArgumentException("throttle:" + perMinute + " (expected: at least 1)");
        }
      }
    }

    /** Refuses until somebody raises the budget for a while. */
    record Ask() implements Action {}

    /** Refuses. */
    record Block() implements Action {}

    default String wireName() {
      return switch (this) {
        case Throttle(int perMinute) -> "throttle:" + perMinute;
        case Notify _, Cheaper _, Ask _, Block _ ->
            getClass().getSimpleName().toLowerCase(Locale.ROOT);
      };
    }
  }

  public Threshold {
    if (percent < 1 || percent > MOST) {
      throw new IllegalArgumentException(percent + " % of a limit (expected: 1 to " + MOST + ")");
    }
  }

  /**
   * Reads {@code 80:notify} or {@code 90:throttle:20}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Threshold parse(String text) {
    Matcher read = WRITTEN.matcher(text);
    boolean matches = read.matches();
    boolean rated = matches && read.group(3) != null;
    if (!matches || rated != read.group(2).equals("throttle")) {
      throw wrong(text);
    }
    Action action =
        switch (read.group(2)) {
          case "notify" -> new Action.Notify();
          case "cheaper" -> new Action.Cheaper();
          case "throttle" -> new Action.Throttle(Integer.parseInt(read.group(3)));
          case "ask" -> new Action.Ask();
          case "block" -> new Action.Block();
          default -> throw wrong(text);
        };
    return new Threshold(Integer.parseInt(read.group(1)), action);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "action \""
            + text
            + "\" (expected: PERCENT:ACTION, where ACTION is notify, cheaper, throttle:PER_MINUTE,"
            + " ask or block)");
  }

  @Override
  public String toString() {
    return percent + ":" + action.wireName();
  }
}
