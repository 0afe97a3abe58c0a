package dev.ockham.chat;

import java.util.List;

/** One turn of a conversation: who speaks, and what, in order. */
public record Message(Role role, List<Part> parts) {
  public Message {
    parts = List.copyOf(parts);
  }

  /** The text parts, joined by line ends; empty where there are none. */
  public String text() {
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Text only) {
      return only.text();
    }
    var joined = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text t) {
        if (!joined.isEmpty()) {
          joined.append('\n');
        }
        joined.append(t.text());
      }
    }
    return joined.toString();
  }

  /** Prints no prompt. */
  @Override
  public String toString() {
    return role + "[" + parts.size() + " parts]";
  }
}
