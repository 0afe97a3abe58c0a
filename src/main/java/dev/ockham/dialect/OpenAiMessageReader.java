package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the messages of a Chat Completions request. */
final class OpenAiMessageReader {
  private static final String ROLES = "system, developer, user, assistant or tool";

  /** The types read strictly; a type that has not come yet is empty. */
  private static final Set<String> KNOWN = Set.of("", "text", "refusal", "image_url");

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
        default -> draft.pass(in, "messages[]." + in.name());
      }
    }
    draft.messages.add(assembled(role, callId, content, calls, start));
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
        yield new Message(Role.TOOL, List.of(new Part.ToolResult(callId, content, false)));
      }
      case "function" ->
          new Message(Role.USER, List.of(new Part.Unknown("function message", in.json(start))));
      case "" -> throw in.missing("role", ROLES);
      default -> throw in.unknown(role, "a message's role: " + ROLES);
    };
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
      parts.add(part());
    }
    return parts;
  }

  private Part part() {
    int start = in.offset();
    String type = "";
    String text = "";
    String url = "";
    while (in.nextField()) {
      if (!KNOWN.contains(type)) {
        in.skip();
        continue;
      }
      switch (in.name()) {
        case "type" -> type = in.text("the part's type");
        case "text", "refusal" -> text = in.text("a string");
        case "image_url" -> url = imageUrl();
        default -> draft.pass(in, "messages[].content[]." + in.name());
      }
    }
    return switch (type) {
      case "text", "refusal" -> new Part.Text(text);
      case "image_url" -> new Part.Image(source(url));
      case "" -> throw in.missing("type", "text, image_url or another type of part");
      default -> new Part.Unknown(type, in.json(start));
    };
  }

  private String imageUrl() {
    if (in.isText()) {
      return in.text("an address");
    }
    in.object("an object with a url");
    String url = "";
    while (in.nextField()) {
      if (in.name().equals("url")) {
        url = in.text("an address or a data: URL");
      } else {
        draft.pass(in, "messages[].content[].image_url." + in.name());
      }
    }
    return url;
  }

  private Part.Source source(String url) {
    if (url.isEmpty()) {
      throw in.missing("image_url.url", "an address or a data: URL");
    }
    int comma = url.indexOf(',');
    if (url.startsWith("data:") && comma > 0) {
      String type = url.substring("data:".length(), comma);
      if (type.endsWith(";base64")) {
        String media = type.substring(0, type.length() - ";base64".length());
        return new Part.Source.Inline(media, url.substring(comma + 1));
      }
    }
    return new Part.Source.Address(url);
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

  private Part toolCall() {
    int start = in.offset();
    String id = "";
    String type = "function";
    String name = "";
    String arguments = "";
    while (in.nextField()) {
      switch (in.name()) {
        case "id" -> id = in.text("the call's id");
        case "type" -> type = in.text("function");
        case "function" -> {
          in.object("an object with name and arguments");
          while (in.nextField()) {
            switch (in.name()) {
              case "name" -> name = in.text("the tool's name");
              case "arguments" -> arguments = in.text("JSON text in a string");
              default -> draft.pass(in, "messages[].tool_calls[].function." + in.name());
            }
          }
        }
        default -> draft.pass(in, "messages[].tool_calls[]." + in.name());
      }
    }
    if (!type.equals("function")) {
      return new Part.Unknown(type + " tool call", in.json(start));
    }
    var text = arguments.isBlank() ? JsonText.EMPTY_OBJECT : new JsonText(arguments);
    return new Part.ToolCall(id, name, text);
  }
}
