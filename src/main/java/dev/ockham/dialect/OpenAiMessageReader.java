package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the messages of a Chat Completions request. */
final class OpenAiMessageReader {
  private static final String ROLES = "system, developer, user, assistant or tool";

  private final JsonReader in;
  private final RequestDraft draft;

  OpenAiMessageReader(JsonReader in, RequestDraft draft) {
    this.in = in;
    this.draft = draft;
  }

  /** Reads the message stood on. */
  void read() {
    String role = "";
    String callId = "";
    String reasoning = "";
    List<Part> content = List.of();
    var calls = new ArrayList<Part>();
    int start = in.offset();
    while (in.nextField()) {
      switch (in.name()) {
        case "role" -> role = in.text(ROLES);
        case "content" -> content = content();
        case "tool_calls" -> toolCalls(calls);
        case "tool_call_id" -> callId = in.isNull() ? "" : in.text("the id of a tool call");
        case "refusal" -> refusal(calls);
        case "reasoning_content", "reasoning" ->
            reasoning =
                in.isNull() || !reasoning.isEmpty() ? skipped(reasoning) : in.text("a string");
        default -> draft.pass(in, "messages[]." + in.name());
      }
    }
    if (!reasoning.isEmpty()) {
      content = new ArrayList<>(content);
      content.addFirst(new Part.Reasoning(reasoning, Optional.empty()));
    }
    draft.messages.add(assembled(role, callId, content, calls, start));
  }

  /** The same text may stand under both names. */
  private String skipped(String before) {
    in.skip();
    return before;
  }

  private Message assembled(
      String role, String callId, List<Part> content, List<Part> calls, int start) {
    return switch (role) {
      case "system", "developer" -> new Message(Role.SYSTEM, content);
      case "user" -> new Message(Role.USER, content);
      case "assistant" -> {
        var parts = new ArrayList<>(content);
        parts.addAll(calls);
        yield new Message(Role.ASSISTANT, parts);
      }
      case "tool" -> {
        if (callId.isEmpty()) {
          throw in.missing("tool_call_id", "the id of the tool call this answers");
        }
        yield new Message(Role.TOOL, result(callId, content));
      }
      case "function" ->
          new Message(Role.USER, List.of(new Part.Unknown("function message", in.json(start))));
      case "" -> throw in.missing("role", ROLES);
      default -> throw in.unknown(role, "a message's role: " + ROLES);
    };
  }

  /** A mark after what a tool answered stands after its result. */
  private static List<Part> result(String callId, List<Part> content) {
    var parts = new ArrayList<Part>();
    List<Part> said = content.stream().filter(part -> !(part instanceof Part.CacheMark)).toList();
    parts.add(new Part.ToolResult(callId, said, false));
    if (!content.isEmpty() && content.getLast() instanceof Part.CacheMark mark) {
      parts.add(mark);
    }
    return parts;
  }

  private void refusal(List<Part> parts) {
    if (!in.isNull()) {
      parts.add(new Part.Text(in.text("a string")));
    }
  }

  private List<Part> content() {
    if (in.isNull()) {
      return List.of();
    }
    if (in.isText()) {
      return List.of(new Part.Text(in.text("a string")));
    }
    in.array("a string or an array of parts");
    var parts = new ArrayList<Part>();
    while (in.nextElement()) {
      in.object("a part object");
      new OpenAiPartReader(in, draft).read(parts);
    }
    return parts;
  }

  private void toolCalls(List<Part> calls) {
    if (in.isNull()) {
      return;
    }
    in.array("an array of tool calls");
    while (in.nextElement()) {
      in.object("a tool call object");
      calls.add(toolCall());
    }
  }

  /** A tool call, its fields in any order. */
  private Part toolCall() {
    int start = in.offset();
    String id = "";
    String type = "function";
    var called = new Called();
    while (in.nextField()) {
      switch (in.name()) {
        case "id" -> id = in.text("the call's id");
        case "type" -> type = in.text("function or custom");
        case "function", "custom" -> called.read();
        default -> draft.pass(in, "messages[].tool_calls[]." + in.name());
      }
    }
    return switch (type) {
      case "function" -> new Part.ToolCall(id, called.name, called.arguments());
      case "custom" -> new Part.ToolCall(id, called.name, Freeform.arguments(called.input));
      default -> new Part.Unknown(type + " tool call", in.json(start));
    };
  }

  /** What is called, and with what. */
  private final class Called {
    private String name = "";
    private String arguments = "";
    private String input = "";

    void read() {
      String under = in.name();
      in.object("an object that names a tool");
      while (in.nextField()) {
        switch (in.name()) {
          case "name" -> name = in.text("the tool's name");
          case "arguments" -> arguments = in.text("JSON text in a string");
          case "input" -> input = in.text("a string");
          default -> draft.pass(in, "messages[].tool_calls[]." + under + "." + in.name());
        }
      }
    }

    JsonText arguments() {
      return arguments.isBlank() ? JsonText.EMPTY_OBJECT : new JsonText(arguments);
    }
  }
}
