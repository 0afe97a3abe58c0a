package dev.ockham.config;

import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A first guess of how able a model is, on the scale of {@link PriorSkill}, where nothing was
 * learned of it: from what its name says of its size, from the price of its answers, and from its
 * published scores, which are mostly about coding and are therefore only half of it.
 */
final class PresumedSkill {
  private static final double TINY = 0.50;
  private static final double SMALL = 0.62;
  private static final double MEDIUM = 0.74;
  private static final double LARGE = 0.86;

  /** Words with which makers tell the sizes of a family apart. */
  private static final Map<String, Double> SIZES =
      Map.ofEntries(
          Map.entry("nano", TINY),
          Map.entry("lite", TINY),
          Map.entry("micro", TINY),
          Map.entry("tiny", TINY),
          Map.entry("mini", SMALL),
          Map.entry("haiku", SMALL),
          Map.entry("flash", SMALL),
          Map.entry("small", SMALL),
          Map.entry("instant", SMALL),
          Map.entry("luna", SMALL),
          Map.entry("medium", MEDIUM),
          Map.entry("sonnet", MEDIUM),
          Map.entry("opus", LARGE),
          Map.entry("pro", LARGE),
          Map.entry("large", LARGE),
          Map.entry("ultra", LARGE));

  /** Dollars per million tokens of output, and the skill usually sold for them. */
  private static final double[][] SOLD = {
    {0.3, 0.50}, {1, 0.56}, {4, 0.66}, {10, 0.76}, {15, 0.80}, {25, 0.86}, {60, 0.88}
  };

  private static final double PICOS_PER_TOKEN = 1e6;

  private PresumedSkill() {}

  /**
   * @param published from benchmarks, empty where there are none
   */
  static OptionalDouble of(String name, Price price, OptionalDouble published) {
    OptionalDouble size = bySize(name);
    OptionalDouble sold =
        price instanceof Price.Listed listed
            ? OptionalDouble.of(sold(listed.picosFor(TokenClass.OUTPUT) / PICOS_PER_TOKEN))
            : OptionalDouble.empty();
    return mean(published, mean(size, sold));
  }

  private static OptionalDouble mean(OptionalDouble a, OptionalDouble b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return OptionalDouble.of((a.getAsDouble() + b.getAsDouble()) / 2);
  }

  /** The smallest size that the name tells: a "flash-lite" is a lite one. */
  private static OptionalDouble bySize(String name) {
    double smallest = Double.MAX_VALUE;
    double billions = 0;
    for (String word : name.toLowerCase(Locale.ROOT).split("[^a-z0-9.]+", -1)) {
      smallest = Math.min(smallest, SIZES.getOrDefault(word, Double.MAX_VALUE));
      billions = billions == 0 ? billions(word) : billions;
    }
    if (smallest < Double.MAX_VALUE) {
      return OptionalDouble.of(smallest);
    }
    return billions == 0 ? OptionalDouble.empty() : OptionalDouble.of(byParameters(billions));
  }

  private static double byParameters(double billions) {
    if (billions < 5) {
      return billions < 2 ? PriorSkill.WEAKEST : TINY;
    }
    if (billions < 16) {
      return SMALL;
    }
    return billions < 100 ? MEDIUM : LARGE;
  }

  /** The billions of parameters in a word like {@code 70b} or {@code 8x7b}; 0 in another. */
  private static double billions(String word) {
    if (!word.matches("([0-9]{1,3}x)?[0-9]{1,4}(\\.[0-9]{1,2})?b")) {
      return 0;
    }
    int times = word.indexOf('x');
    double each = Double.parseDouble(word.substring(times + 1, word.length() - 1));
    return times < 0 ? each : each * Integer.parseInt(word.substring(0, times));
  }

  private static double sold(double dollars) {
    double[] below = SOLD[0];
    for (double[] point : SOLD) {
      if (dollars <= point[0]) {
        if (point[0] == below[0]) {
          return point[1];
        }
        double share = Math.log(dollars / below[0]) / Math.log(point[0] / below[0]);
        return below[1] + share * (point[1] - below[1]);
      }
      below = point;
    }
    return below[1];
  }
}
