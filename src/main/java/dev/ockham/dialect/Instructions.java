package dev.ockham.dialect;

import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import java.util.List;

/** Instructions that another dialect takes as text alone: nothing else in them goes unsaid. */
final class Instructions {
  private Instructions() {}

  /** Checks the messages that a conversation begins with, which are all instructions. */
  static void check(List<Message> first, Crossing crossing) {
    for (int i = 0; i < first.size(); i++) {
      check(first.get(i), "messages[" + i + "]", crossing);
    }
  }

  /** Refuses what is not text; marks are the caller's. */
  static void check(Message instructions, String path, Crossing crossing) {
    List<Part> parts = instructions.parts();
    for (int i = 0; i < parts.size(); i++) {
      check(parts.get(i), path + ".content[" + i + "]", crossing);
    }
  }

  /** Notes marks that have no place. */
  static void loseMarks(List<Message> first, Crossing crossing) {
    boolean marked =
        first.stream()
            .flatMap(message -> message.parts().stream())
            .anyMatch(Part.CacheMark.class::isInstance);
    if (marked) {
      crossing.noPlaceFor("cache mark");
    }
  }

  private static void check(Part part, String path, Crossing crossing) {
    switch (part) {
      case Part.Text _, Part.CacheMark _ -> {}
      case Part.Reasoning _ -> crossing.noPlaceFor("reasoning");
      case Part.Image _ -> throw refusal("image", path, crossing);
      case Part.Document _ -> throw refusal("document", path, crossing);
      case Part.Audio _ -> throw refusal("audio", path, crossing);
      case Part.Unknown(String kind, var _) -> throw refusal(kind, path, crossing);
      case Part.ToolCall _, Part.ToolResult _ -> throw crossing.misplaced("a tool's part", path);
    }
  }

  private static Rejected refusal(String kind, String path, Crossing crossing) {
    return crossing.refusal("a part of type " + JsonReader.quoted(kind), path);
  }
}
