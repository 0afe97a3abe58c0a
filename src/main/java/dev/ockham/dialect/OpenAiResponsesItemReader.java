package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.chat.Tool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the input items of a Responses request. Items of one speaker in a row, such as a thought
 * and the calls that came of it, become one message.
 */
final class OpenAiResponsesItemReader {
  private static final String ROLES = "system, developer, user or assistant";

  /** Records of what a provider did on its own; what came of it stands in the answer after them. */
  private static final Set<String> TRACES = Set.of("web_search_call", "file_search_call");

  private final JsonReader in;
  private final RequestDraft draft;
  private final OpenAiResponsesPartReader parts;
  private final OpenAiResponsesToolReader tools;

  OpenAiResponsesItemReader(JsonReader in, RequestDraft draft, OpenAiResponsesToolReader tools) {
    this.in = in;
    this.draft = draft;
    this.parts = new OpenAiResponsesPartReader(in, draft);
    this.tools = tools;
  }

  /** Reads a string or an array of items. */
  void input() {
    if (in.isText()) {
      add(Role.USER, List.of(new Part.Text(in.text("a string"))));
      return;
    }
    in.array("a string or an array of items");
    while (in.nextElement()) {
      in.object("an item object");
      item();
    }
  }

  private void item() {
    String type = in.ahead("type");
    var item = new Item();
    switch (type) {
      case "", "message" -> {
        item.read();
        message(item);
      }
      case "function_call", "custom_tool_call" -> {
        item.read();
        add(Role.ASSISTANT, List.of(call(item, type.equals("custom_tool_call"))));
      }
      case "function_call_output", "custom_tool_call_output" -> {
        item.read();
        add(Role.TOOL, List.of(result(item)));
      }
      case "reasoning" -> {
        item.read();
        add(Role.ASSISTANT, List.of(reasoning(item)));
      }
      case "additional_tools" -> item.read();
      default -> other(type);
    }
  }

  private void other(String type) {
    int start = in.offset();
    in.skip();
    if (TRACES.contains(type)) {
      draft.unmapped.add("input[] of type " + type);
    } else {
      add(Role.USER, List.of(new Part.Unknown(type, in.json(start))));
    }
  }

  private void message(Item item) {
    switch (item.role) {
      case "system", "developer" -> add(Role.SYSTEM, item.content);
      case "user" -> add(Role.USER, item.content);
      case "assistant" -> add(Role.ASSISTANT, item.content);
      case "" -> throw in.missing("role", ROLES);
      default -> throw in.unknown(item.role, "a message's role: " + ROLES);
    }
  }

  private Part call(Item item, boolean freeform) {
    if (item.callId.isEmpty()) {
      throw in.missing("call_id", "the id of the tool call");
    }
    String name = OpenAiResponsesToolReader.joined(item.namespace, item.name);
    return new Part.ToolCall(
        item.callId,
        name,
        freeform
            ? freeform(item.input)
            : item.arguments.isBlank() ? JsonText.EMPTY_OBJECT : new JsonText(item.arguments));
  }

  /** Plain text as the arguments of a function. */
  static JsonText freeform(String input) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text(Tool.Kind.Freeform.ARGUMENT, input).end();
    }
    return new JsonText(new String(out.take(), StandardCharsets.UTF_8));
  }

  private Part result(Item item) {
    if (item.callId.isEmpty()) {
      throw in.missing("call_id", "the id of the tool call this answers");
    }
    return new Part.ToolResult(item.callId, item.output, false);
  }

  private Part reasoning(Item item) {
    String text = text(item.summary.isEmpty() ? item.content : item.summary);
    return new Part.Reasoning(
        text,
        item.encrypted.isEmpty()
            ? Optional.empty()
            : Optional.of(new OpenAiResponsesState(item.id, item.encrypted).carried()));
  }

  private static String text(List<Part> parts) {
    var texts = new ArrayList<String>();
    for (Part part : parts) {
      if (part instanceof Part.Text(String text)) {
        texts.add(text);
      }
    }
    return String.join("\n\n", texts);
  }

  private void add(Role role, List<Part> said) {
    draft.hasMessages = true;
    boolean joins = role == Role.ASSISTANT || role == Role.TOOL;
    if (joins && !draft.messages.isEmpty() && draft.messages.getLast().role() == role) {
      var all = new ArrayList<>(draft.messages.removeLast().parts());
      all.addAll(said);
      draft.messages.add(new Message(role, all));
    } else {
      draft.messages.add(new Message(role, said));
    }
  }

  /** The fields of an item, in any order. */
  private final class Item {
    private String id = "";
    private String role = "";
    private List<Part> content = List.of();
    private String callId = "";
    private String name = "";
    private String namespace = "";
    private String arguments = "";
    private String input = "";
    private List<Part> output = List.of();
    private List<Part> summary = List.of();
    private String encrypted = "";

    void read() {
      while (in.nextField()) {
        if (!in.isNull()) {
          field();
        }
      }
    }

    private void field() {
      switch (in.name()) {
        case "type", "status" -> in.skip();
        case "id" -> id = in.text("the item's id");
        case "role" -> role = in.text(ROLES);
        case "content" -> content = parts.content();
        case "call_id" -> callId = in.text("the id of a tool call");
        case "name" -> name = in.text("the tool's name");
        case "namespace" -> namespace = in.text("the tool's namespace");
        case "arguments" -> arguments = in.text("JSON text in a string");
        case "input" -> input = in.text("a string");
        case "output" -> output = parts.content();
        case "summary" -> summary = parts.content();
        case "encrypted_content" -> encrypted = in.text("a string");
        case "tools" -> tools.tools();
        default -> draft.pass(in, "input[]." + in.name());
      }
    }
  }
}
