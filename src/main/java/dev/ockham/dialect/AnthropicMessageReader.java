package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the messages of a Messages request. */
final class AnthropicMessageReader {
  private static final String ROLES = "user, assistant or system";

  /** The types read strictly; a type that has not come yet is empty. */
  private static final Set<String> KNOWN =
      Set.of("", "text", "image", "tool_use", "tool_result", "thinking", "redacted_thinking");

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
    for (Part part : content) {
      (part instanceof Part.ToolResult ? results : said).add(part);
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
      parts.add(new Block().read());
    }
    return parts;
  }

  /** A content block, its fields in any order. */
  private final class Block {
    private final int start = in.offset();
    private String type = "";
    private String text = "";
    private String id = "";
    private String name = "";
    private JsonText input = JsonText.EMPTY_OBJECT;
    private List<Part> content = List.of();
    private boolean error;
    private Optional<String> signature = Optional.empty();
    private Optional<Part.Source> source = Optional.empty();

    Part read() {
      while (in.nextField()) {
        if (!KNOWN.contains(type)) {
          in.skip();
        } else {
          field(in.name());
        }
      }
      return part();
    }

    private void field(String field) {
      switch (field) {
        case "type" -> type = in.text("the block's type");
        case "text", "thinking" -> text = in.text("a string");
        case "id", "tool_use_id" -> id = in.text("the id of a tool call");
        case "name" -> name = textOrPass("the tool's name");
        case "input" -> input = in.json();
        case "content" -> content = content();
        case "is_error" -> error = !in.isNull() && in.flag();
        case "signature", "data" -> signature = Optional.of(textOrPass("a string"));
        case "source" -> source();
        default -> draft.pass(in, "messages[].content[]." + field);
      }
    }

    private Part part() {
      return switch (type) {
        case "text" -> new Part.Text(text);
        case "image" -> source.<Part>map(Part.Image::new).orElseGet(this::unknown);
        case "tool_use" -> new Part.ToolCall(id, name, input);
        case "tool_result" -> new Part.ToolResult(id, content, error);
        case "thinking", "redacted_thinking" ->
            new Part.Reasoning(
                text, signature.map(s -> new ReasoningState(Dialect.ANTHROPIC_MESSAGES, s)));
        case "" -> throw in.missing("type", "text, image, tool_use, tool_result or another type");
        default -> unknown();
      };
    }

    private Part unknown() {
      return new Part.Unknown(type, in.json(start));
    }

    private String textOrPass(String expected) {
      if (in.isNull()) {
        return "";
      }
      return in.text(expected);
    }

    private List<Part> content() {
      return AnthropicMessageReader.this.content();
    }

    private void source() {
      if (!in.isObject()) {
        in.skip();
        return;
      }
      String kind = "";
      String media = "";
      String data = "";
      String url = "";
      while (in.nextField()) {
        switch (in.name()) {
          case "type" -> kind = in.textOrEmpty();
          case "media_type" -> media = in.textOrEmpty();
          case "data" -> data = in.textOrEmpty();
          case "url" -> url = in.textOrEmpty();
          default -> in.skip();
        }
      }
      source =
          switch (kind) {
            case "base64" -> Optional.of(new Part.Source.Inline(media, data));
            case "url" -> Optional.of(new Part.Source.Address(url));
            default -> Optional.empty();
          };
    }
  }
}
