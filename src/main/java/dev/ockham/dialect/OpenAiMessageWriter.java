package dev.ockham.dialect;

import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says a conversation as OpenAI wants it: each tool result is a message of its own. */
final class OpenAiMessageWriter {
  private final JsonWriter json;
  private final Crossing crossing;
  private final ChatServer server;
  private final OpenAiPartWriter parts;

  OpenAiMessageWriter(JsonWriter json, Crossing crossing, Target target) {
    this.json = json;
    this.crossing = crossing;
    this.server = target.server();
    this.parts = new OpenAiPartWriter(json, crossing, OpenAiModel.of(target).takesCacheMarks());
  }

  void write(List<Message> messages) {
    json.array("messages");
    int from = server.takesLaterInstructions() ? 0 : first(messages);
    for (int i = from; i < messages.size(); i++) {
      Message message = messages.get(i);
      String path = "messages[" + i + "]";
      switch (message.role()) {
        case SYSTEM -> {
          if (server.takesLaterInstructions()) {
            Instructions.check(message, path, crossing);
            system(List.of(message), path);
          } else {
            crossing.noPlaceFor("system message after the first turn");
            user(marked(message, path), path);
          }
        }
        case USER -> i = users(messages, i);
        case ASSISTANT -> assistant(message, path);
        case TOOL -> results(message.parts(), path);
      }
    }
    json.end();
  }

  /** Writes the instructions that come first as one message; returns how many they were. */
  private int first(List<Message> messages) {
    int count = 0;
    while (count < messages.size() && messages.get(count).role() == Role.SYSTEM) {
      count++;
    }
    if (count > 0) {
      Instructions.check(messages.subList(0, count), crossing);
      system(messages.subList(0, count), "messages[0]");
    }
    return count;
  }

  private void system(List<Message> messages, String path) {
    List<Part> said = messages.stream().flatMap(message -> message.parts().stream()).toList();
    json.object().text("role", "system");
    if (parts.takesMarksOf(said)) {
      json.array("content");
      parts.write(said, path);
      json.end();
    } else {
      parts.loseMarks(said);
      json.text(
          "content",
          messages.stream()
              .map(Message::text)
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining("\n\n")));
    }
    json.end();
  }

  /**
   * Writes a user's message, and into it the instructions that follow where they have no message of
   * their own; returns the index of the last one written.
   */
  private int users(List<Message> messages, int at) {
    var said = new ArrayList<>(messages.get(at).parts());
    int last = at;
    while (!server.takesLaterInstructions()
        && last + 1 < messages.size()
        && messages.get(last + 1).role() == Role.SYSTEM) {
      last++;
      crossing.noPlaceFor("system message after the first turn");
      said.addAll(marked(messages.get(last), "messages[" + last + "]"));
    }
    user(said, "messages[" + at + "]");
    return last;
  }

  /** Instructions as a user may say them. */
  private List<Part> marked(Message instructions, String path) {
    Instructions.check(instructions, path, crossing);
    return List.of(new Part.Text("<system>\n" + instructions.text() + "\n</system>"));
  }

  private void user(List<Part> said, String path) {
    json.object().text("role", "user");
    boolean plain =
        said.stream().allMatch(part -> part instanceof Part.Text || part instanceof Part.CacheMark);
    if (plain && !parts.takesMarksOf(said)) {
      parts.loseMarks(said);
      json.text("content", joined(said));
    } else {
      json.array("content");
      parts.write(said, path);
      json.end();
    }
    json.end();
  }

  private void assistant(Message message, String path) {
    var calls = new ArrayList<Part.ToolCall>();
    var thought = new StringBuilder();
    boolean said = false;
    for (Part part : message.parts()) {
      switch (part) {
        case Part.ToolCall call -> calls.add(call);
        case Part.Text _ -> said = true;
        case Part.CacheMark _ -> crossing.noPlaceFor("cache mark");
        case Part.Reasoning reasoning -> thought.append(kept(reasoning));
        case Part.Unknown(String kind, var _) ->
            throw crossing.refusal("a part of type " + JsonReader.quoted(kind), path);
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
    if (!thought.isEmpty()) {
      json.text(server.reasoningBack().orElseThrow(), thought.toString());
    }
    calls(calls);
    json.end();
  }

  private String kept(Part.Reasoning reasoning) {
    if (server.reasoningBack().isPresent() && !reasoning.text().isEmpty()) {
      return reasoning.text();
    }
    crossing.noPlaceFor("reasoning");
    return "";
  }

  private void calls(List<Part.ToolCall> calls) {
    if (calls.isEmpty()) {
      return;
    }
    json.array("tool_calls");
    for (Part.ToolCall call : calls) {
      json.object().text("id", call.id()).text("type", "function").object("function");
      json.text("name", call.name()).text("arguments", call.arguments().value()).end().end();
    }
    json.end();
  }

  /** One message per result; what results cannot show here follows as the user's. */
  private void results(List<Part> results, String path) {
    var shown = new ArrayList<Part>();
    for (Part part : results) {
      if (part instanceof Part.ToolResult result) {
        if (result.error()) {
          crossing.noPlaceFor("tool_result.is_error");
        }
        json.object().text("role", "tool").text("tool_call_id", result.callId());
        json.text("content", joined(result.content())).end();
        result.content().stream().filter(said -> !(said instanceof Part.Text)).forEach(shown::add);
      }
    }
    parts.loseMarks(results);
    shown.removeIf(Part.CacheMark.class::isInstance);
    if (!shown.isEmpty()) {
      crossing.noPlaceFor("pictures and files in tool results");
      user(shown, path);
    }
  }

  private static String joined(List<Part> parts) {
    return parts.stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining("\n"));
  }
}
