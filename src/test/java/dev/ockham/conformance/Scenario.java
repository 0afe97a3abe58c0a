package dev.ockham.conformance;

import java.util.List;
import java.util.function.Consumer;

/**
 * A column of the conformance matrix: what must go through, from every client to every provider.
 */
record Scenario(String title, List<Case> cases) {
  static final List<Scenario> ALL =
      List.of(
          new Scenario("text", Talking.TEXT),
          new Scenario("stream", Talking.STREAM),
          new Scenario("tools", ToolUse.TOOLS),
          new Scenario("parallel tools, streamed and interleaved", ToolUse.PARALLEL),
          new Scenario("thinking + tool loop over 3 turns", Thinking.LOOP),
          new Scenario("structured output", Talking.STRUCTURED),
          new Scenario("images", Images.CASES),
          new Scenario("errors", Failing.CASES),
          new Scenario("usage", UsageCases.ALL_AT_ONCE));

  /** One of the things that a scenario tries. */
  record Case(String name, Consumer<Cell> run) {}

  Scenario {
    cases = List.copyOf(cases);
  }
}
