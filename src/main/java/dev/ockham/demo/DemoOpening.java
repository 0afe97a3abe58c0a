package dev.ockham.demo;

/** What became of starting the demo. */
public sealed interface DemoOpening {
  record Opened(Demo demo) implements DemoOpening {}

  /** In plain words, with what to do. */
  record NotOpened(String problem) implements DemoOpening {}
}
