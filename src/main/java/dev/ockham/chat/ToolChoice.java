package dev.ockham.chat;

/** Whether and which tool the model must call. */
public sealed interface ToolChoice {
  /** The model decides; also what an absent choice means. */
  record Auto() implements ToolChoice {}

  /** No tool may be called. */
  record None() implements ToolChoice {}

  /** Some tool must be called. */
  record Required() implements ToolChoice {}

  /** This tool must be called. */
  record Named(String name) implements ToolChoice {}
}
