package dev.ockham.demo;

import java.util.List;

/** What became of a run. */
public sealed interface DemoRun {

  /** Every question was answered, by a model of the fleet and to the letter. */
  record Finished(Figures figures) implements DemoRun {
    /** For a terminal of 92 columns. */
    public List<String> lines() {
      return Screen.lines(figures);
    }

    /** One JSON object on one line. */
    public String json() {
      return FiguresJson.of(figures).toString();
    }

    /** Whether the ledger's total is the independent one, to the last digit. */
    public boolean balances() {
      return figures.ledgerPicos() == figures.router().picos();
    }
  }

  /** Something did not work, in plain words. */
  record Failed(String problem) implements DemoRun {}
}
