package dev.ockham.chat;

/** Why a model stopped. */
public enum StopReason {
  END_OF_TURN,
  MAX_OUTPUT,
  STOP_SEQUENCE,
  TOOL_CALLS,
  CONTENT_FILTER,
  /** The provider gave a reason this version does not know. */
  OTHER
}
