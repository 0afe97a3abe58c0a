package dev.ockham.dialect;

import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.function.Supplier;

/** Who may say what: a client's message that no dialect can mean is refused where it is read. */
final class Placement {
  private final Supplier<String> path;

  private Placement(Supplier<String> path) {
    this.path = path;
  }

  /**
   * Refuses a part that stands where it has no meaning.
   *
   * @param path where the message is
   */
  static void check(Message message, Supplier<String> path) {
    var placement = new Placement(path);
    for (Part part : message.parts()) {
      switch (part) {
        case Part.ToolCall _ when message.role() != Role.ASSISTANT ->
            throw placement.wrong("a tool call", "tool calls of the assistant only");
        case Part.ToolResult _ when message.role() != Role.TOOL ->
            throw placement.wrong("a tool result", "tool results of the user only");
        case Part.ToolResult result -> result.content().forEach(placement::inResult);
        default -> {}
      }
    }
  }

  private void inResult(Part part) {
    switch (part) {
      case Part.ToolCall _ -> throw wrong("a tool call in a tool result", "what the tool answered");
      case Part.ToolResult _ ->
          throw wrong("a tool result in a tool result", "what the tool answered");
      case Part.Reasoning _ -> throw wrong("reasoning in a tool result", "what the tool answered");
      default -> {}
    }
  }

  private Rejected wrong(String what, String expected) {
    return Rejected.invalid(
        "invalid_value", path.get() + ": " + what + " (expected: " + expected + ")");
  }
}
