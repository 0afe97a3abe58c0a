package dev.ockham.chat;

/** Who speaks in a {@link Message}. */
public enum Role {
  /** Instructions: OpenAI's {@code system} and {@code developer}, Anthropic's {@code system}. */
  SYSTEM,
  USER,
  ASSISTANT,
  /** Results of tool calls; holds only {@link Part.ToolResult} and {@link Part.CacheMark} parts. */
  TOOL
}
