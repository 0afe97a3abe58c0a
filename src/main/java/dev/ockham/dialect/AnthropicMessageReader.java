package dev.ockham.dialect;

import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of a Messages request. */
final class AnthropicMessageReader {
  private static final String ROLES = "user, assistant or system";

  private final JsonReader in;
  private final RequestDraft draft;

  AnthropicMessageReader(JsonReader in, RequestDraft draft) {
    this.in = in;
    this.draft = draft;
  }

  /**
   * Reads the message stood on. Results of tools become a message of their own, before the rest.
   */
  void read() {
    String role = "";
    List<Part> content = List.of();
    while (in.nextField()) {
      switch (in.name()) {
        case "role" -> role = in.text(ROLES);
        case "content" -> content = content();
        default -> draft.pass(in, "messages[]." + in.name());
      }
    }
    switch (role) {
      case "user" -> addUser(content);
      case "assistant" -> draft.messages.add(new Message(Role.ASSISTANT, content));
      case "system" -> draft.messages.add(new Message(Role.SYSTEM, content));
      case "" -> throw in.missing("role", ROLES);
      default -> throw in.unknown(role, "a message's role: " + ROLES);
    }
  }

  private void addUser(List<Part> content) {
    var results = new ArrayList<Part>();
    var said = new ArrayList<Part>();
    var last = said;
    for (Part part : content) {
      last =
          switch (part) {
            case Part.ToolResult _ -> results;
            case Part.CacheMark _ -> last; // goes with what it stands after
            default -> said;
          };
      last.add(part);
    }
    if (!results.isEmpty()) {
      draft.messages.add(new Message(Role.TOOL, results));
    }
    if (!said.isEmpty() || results.isEmpty()) {
      draft.messages.add(new Message(Role.USER, said));
    }
  }

  /** Reads a string or an array of blocks. */
  List<Part> content() {
    if (in.isText()) {
      return List.of(new Part.Text(in.text("a string")));
    }
    in.array("a string or an array of blocks");
    var parts = new ArrayList<Part>();
    while (in.nextElement()) {
      in.object("a block object");
      new AnthropicBlockReader(in, draft, this).read(parts);
    }
    return parts;
  }
}
