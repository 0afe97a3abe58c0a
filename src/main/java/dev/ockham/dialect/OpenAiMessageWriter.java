package dev.ockham.dialect;

import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says a conversation as OpenAI wants it: each tool result is a message of its own. */
final class OpenAiMessageWriter {
  private final JsonWriter json;
  private final Crossing crossing;

  OpenAiMessageWriter(JsonWriter json, Crossing crossing) {
    this.json = json;
    this.crossing = crossing;
  }

  void write(List<Message> messages) {
    json.array("messages");
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      String path = "messages[" + i + "]";
      refuseUnknown(message.parts(), path);
      switch (message.role()) {
        case SYSTEM -> json.object().text("role", "system").text("content", message.text()).end();
        case USER -> user(message.parts());
        case ASSISTANT -> assistant(message);
        case TOOL -> results(message.parts());
      }
    }
    json.end();
  }

  private void refuseUnknown(List<Part> parts, String path) {
    for (Part part : parts) {
      switch (part) {
        case Part.Unknown(String kind, var _) ->
            throw crossing.inexpressible(
                path + ": a part of type " + JsonReader.quoted(kind),
                "ask a model of the same dialect by its name");
        case Part.Document _, Part.Audio _ ->
            throw crossing.inexpressible(
                path + ": a file or a sound", "ask a model of the same dialect by its name");
        case Part.ToolResult result -> refuseUnknown(result.content(), path);
        default -> {}
      }
    }
  }

  private void user(List<Part> parts) {
    json.object().text("role", "user");
    if (parts.stream().allMatch(Part.Text.class::isInstance)) {
      json.text("content", joined(parts));
    } else {
      json.array("content");
      parts.forEach(this::part);
      json.end();
    }
    json.end();
  }

  private void part(Part part) {
    switch (part) {
      case Part.Text(String text) -> json.object().text("type", "text").text("text", text).end();
      case Part.Image(Part.Source source) -> {
        json.object().text("type", "image_url").object("image_url");
        json.text("url", url(source)).end().end();
      }
      case Part.CacheMark _ -> crossing.lose("cache_control", "not sent");
      case Part.Reasoning _ -> crossing.lose("reasoning", "not sent, only its maker can read it");
      default -> throw new IllegalStateException("not a part of a user message: " + part);
    }
  }

  private static String url(Part.Source source) {
    return switch (source) {
      case Part.Source.Address(String url) -> url;
      case Part.Source.Inline(String media, String base64) -> "data:" + media + ";base64," + base64;
      case Part.Source.Kept(var _, String id) -> id;
    };
  }

  private void assistant(Message message) {
    var calls = new ArrayList<Part.ToolCall>();
    boolean said = false;
    for (Part part : message.parts()) {
      switch (part) {
        case Part.ToolCall call -> calls.add(call);
        case Part.Text _ -> said = true;
        case Part.CacheMark _ -> crossing.lose("cache_control", "not sent");
        case Part.Reasoning _ -> crossing.lose("reasoning", "not sent, only its maker can read it");
        default -> throw crossing.inexpressible("an assistant's picture", "send it as the user");
      }
    }
    if (!said && calls.isEmpty()) {
      return;
    }
    json.object().text("role", "assistant");
    if (said) {
      json.text("content", message.text());
    } else {
      json.nothing("content");
    }
    if (!calls.isEmpty()) {
      json.array("tool_calls");
      for (Part.ToolCall call : calls) {
        json.object().text("id", call.id()).text("type", "function").object("function");
        json.text("name", call.name()).text("arguments", call.arguments().value()).end().end();
      }
      json.end();
    }
    json.end();
  }

  /** One message per result; pictures, which results cannot show here, follow as the user's. */
  private void results(List<Part> parts) {
    var pictures = new ArrayList<Part>();
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        if (result.error()) {
          crossing.lose("tool_result.is_error", "not sent, the text has to tell");
        }
        json.object().text("role", "tool").text("tool_call_id", result.callId());
        json.text("content", joined(result.content())).end();
        result.content().stream().filter(Part.Image.class::isInstance).forEach(pictures::add);
      }
    }
    if (!pictures.isEmpty()) {
      crossing.lose("pictures in tool results", "sent in a user message after them");
      user(pictures);
    }
  }

  private static String joined(List<Part> parts) {
    return parts.stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining("\n"));
  }
}
