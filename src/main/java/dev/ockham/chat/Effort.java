package dev.ockham.chat;

/** How hard a model is asked to think, from not at all to as hard as it can. */
public enum Effort {
  NONE,
  MINIMAL,
  LOW,
  MEDIUM,
  HIGH,
  XHIGH,
  MAX
}
