package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages and instructions of a Converse request. */
final class BedrockMessageReader {
  private static final String ROLES = "user, assistant or system";

  private final JsonReader in;
  private final RequestDraft draft;

  BedrockMessageReader(JsonReader in, RequestDraft draft) {
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
    for (Part part : content) {
      boolean marksResults = part instanceof Part.CacheMark && said.isEmpty() && !results.isEmpty();
      (part instanceof Part.ToolResult || marksResults ? results : said).add(part);
    }
    if (!results.isEmpty()) {
      draft.messages.add(new Message(Role.TOOL, results));
    }
    if (!said.isEmpty() || results.isEmpty()) {
      draft.messages.add(new Message(Role.USER, said));
    }
  }

  /** Reads an array of blocks. */
  List<Part> content() {
    in.array("an array of blocks");
    var parts = new ArrayList<Part>();
    while (in.nextElement()) {
      in.object("a block object");
      parts.add(new BedrockBlockReader(in, draft, this).read());
    }
    return parts;
  }

  /** Reads the {@code cachePoint} stood on. */
  static CacheLifetime cachePoint(JsonReader in) {
    in.object("an object with a type");
    var lifetime = CacheLifetime.FIVE_MINUTES;
    while (in.nextField()) {
      if (in.name().equals("ttl") && in.isText() && in.text("5m or 1h").equals("1h")) {
        lifetime = CacheLifetime.HOUR;
      } else {
        in.skip();
      }
    }
    return lifetime;
  }
}
