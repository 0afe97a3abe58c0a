package dev.ockham.lab;

import dev.ockham.lab.AskTrainer.Unseen;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How well asks that were not trained on are told apart, at several limits. */
public final class AskReport {
  private static final double[] LIMITS = {0.02, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5};

  private AskReport() {}

  /** Cross-fits and prints. */
  public static void print(AskTrainer trainer, PrintWriter out) {
    List<Unseen> unseen = trainer.crossFit();
    for (boolean open : new boolean[] {false, true}) {
      List<Unseen> of = unseen.stream().filter(each -> each.open() == open).toList();
      out.println((open ? "open half, as written: " : "patterns and rows: ") + of.size() + " asks");
      out.println("limit   demanding below   everyday below");
      for (double limit : LIMITS) {
        out.println(
            String.format(
                Locale.ROOT,
                "%5.2f   %13.2f %%   %12.1f %%",
                limit,
                below(of, true, limit),
                below(of, false, limit)));
      }
    }
  }

  private static double below(List<Unseen> unseen, boolean demanding, double limit) {
    List<Unseen> of = unseen.stream().filter(each -> each.kind().demanding() == demanding).toList();
    long count = of.stream().filter(each -> each.demand() <= limit).count();
    return 100.0 * count / Math.max(1, of.size());
  }
}
