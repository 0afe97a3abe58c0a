package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Part.Source;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import dev.ockham.chat.Tool;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says a conversation as items, each thing an assistant did one of its own. */
final class OpenAiResponsesItemWriter {
  private final JsonWriter json;
  private final Crossing crossing;
  private final ChatRequest request;

  /** Calls whose argument is plain text, which their results must match. */
  private final Set<String> freeformCalls = new HashSet<>();

  OpenAiResponsesItemWriter(JsonWriter json, Crossing crossing, ChatRequest request) {
    this.json = json;
    this.crossing = crossing;
    this.request = request;
  }

  static boolean isFreeform(ChatRequest request, String tool) {
    for (Tool offered : request.tools().offered()) {
      if (offered.name().equals(tool)) {
        return offered.isFreeform();
      }
    }
    return false;
  }

  void write() {
    List<Message> messages = request.messages();
    int spoken = instructions(messages);
    json.array("input");
    for (int i = spoken; i < messages.size(); i++) {
      Message message = messages.get(i);
      String path = "messages[" + i + "]";
      switch (message.role()) {
        case SYSTEM -> message("system", message.parts(), path);
        case USER -> message("user", message.parts(), path);
        case ASSISTANT -> assistant(message.parts(), path);
        case TOOL -> results(message.parts(), path);
      }
    }
    json.end();
  }

  /** Writes the instructions that come first; returns how many messages they were. */
  private int instructions(List<Message> messages) {
    var text = new StringBuilder();
    int spoken = 0;
    while (spoken < messages.size() && isInstruction(messages.get(spoken))) {
      String said = messages.get(spoken).text();
      text.append(text.isEmpty() || said.isEmpty() ? "" : "\n\n").append(said);
      spoken++;
    }
    if (spoken == messages.size()) {
      // An input of nothing is refused, so instructions that stand alone are what is said.
      return 0;
    }
    Instructions.loseMarks(messages.subList(0, spoken), crossing);
    if (!text.isEmpty()) {
      json.text("instructions", text.toString());
    }
    return spoken;
  }

  private static boolean isInstruction(Message message) {
    return message.role() == Role.SYSTEM
        && message.parts().stream()
            .allMatch(part -> part instanceof Part.Text || part instanceof Part.CacheMark);
  }

  private void message(String role, List<Part> parts, String path) {
    json.object().text("type", "message").text("role", role).array("content");
    content(parts, path);
    json.end().end();
  }

  private void content(List<Part> parts, String path) {
    for (int i = 0; i < parts.size(); i++) {
      content(parts.get(i), path + ".content[" + i + "]");
    }
  }

  private void content(Part part, String path) {
    switch (part) {
      case Part.Text(String text) ->
          json.object().text("type", "input_text").text("text", text).end();
      case Part.Image(Source source) -> image(source, path);
      case Part.Document(Source source, String name) -> document(source, name, path);
      case Part.Audio _ -> throw crossing.refusal("a sound", path);
      case Part.CacheMark _ -> crossing.noPlaceFor("cache mark");
      case Part.Reasoning _ -> reasoningLost();
      case Part.Unknown(String kind, var _) ->
          throw crossing.refusal("a part of type " + JsonReader.quoted(kind), path);
      case Part.ToolCall _, Part.ToolResult _ -> throw crossing.misplaced("a tool's part", path);
    }
  }

  private void image(Source source, String path) {
    json.object().text("type", "input_image").text("detail", "auto");
    switch (source) {
      case Source.Address(String url) -> json.text("image_url", url);
      case Source.Inline inline -> json.text("image_url", url(inline));
      case Source.Kept kept -> json.text("file_id", id(kept, path));
    }
    json.end();
  }

  private void document(Source source, String name, String path) {
    json.object().text("type", "input_file");
    switch (source) {
      case Source.Address(String url) -> json.text("file_url", url);
      case Source.Inline inline -> {
        json.text("filename", name.isEmpty() ? named(inline.mediaType()) : name);
        json.text("file_data", url(inline));
      }
      case Source.Kept kept -> json.text("file_id", id(kept, path));
    }
    json.end();
  }

  /** The provider tells the kind of a file by its name. */
  private static String named(String mediaType) {
    return switch (mediaType) {
      case "text/plain" -> "file.txt";
      case "text/markdown" -> "file.md";
      case "text/html" -> "file.html";
      case "text/csv" -> "file.csv";
      default -> "file.pdf";
    };
  }

  private static String url(Source.Inline inline) {
    return "data:" + inline.mediaType() + ";base64," + inline.base64();
  }

  private String id(Source.Kept kept, String path) {
    boolean ours =
        kept.holder() == Dialect.OPENAI_RESPONSES || kept.holder() == Dialect.OPENAI_CHAT;
    if (!ours) {
      throw crossing.refusal("a file of another provider", path);
    }
    return kept.id();
  }

  private void assistant(List<Part> parts, String path) {
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Part.Text(String text) -> {
          if (!text.isEmpty()) {
            said(text);
          }
        }
        case Part.ToolCall call -> call(call);
        case Part.Reasoning(String text, Optional<ReasoningState> state) -> {
          if (state.isPresent() && leadsOn(parts, i)) {
            reasoning(text, state.get());
          } else {
            reasoningLost();
          }
        }
        case Part.CacheMark _ -> crossing.noPlaceFor("cache mark");
        case Part.Unknown(String kind, var _) ->
            throw crossing.refusal("a part of type " + JsonReader.quoted(kind), path);
        case Part.Image _, Part.Document _, Part.Audio _, Part.ToolResult _ ->
            throw crossing.inexpressible(path + ": an assistant's picture", "send it as the user");
      }
    }
  }

  private void said(String text) {
    json.object().text("type", "message").text("role", "assistant").array("content");
    json.object().text("type", "output_text").text("text", text).end().end().end();
  }

  /** A thought without what came of it is answered with an error. */
  private static boolean leadsOn(List<Part> parts, int at) {
    for (Part later : parts.subList(at + 1, parts.size())) {
      if (later instanceof Part.ToolCall
          || (later instanceof Part.Text(String text) && !text.isEmpty())) {
        return true;
      }
    }
    return false;
  }

  private void reasoning(String text, ReasoningState state) {
    if (state.origin() != Dialect.OPENAI_RESPONSES || Seals.isSealed(state.value())) {
      reasoningLost();
      return;
    }
    OpenAiResponsesState own = OpenAiResponsesState.of(state);
    json.object().text("type", "reasoning");
    if (!own.id().isEmpty()) {
      json.text("id", own.id());
    }
    json.array("summary");
    if (!text.isEmpty()) {
      json.object().text("type", "summary_text").text("text", text).end();
    }
    json.end().text("encrypted_content", own.encrypted()).end();
  }

  private void reasoningLost() {
    crossing.noPlaceFor("reasoning");
  }

  private void call(Part.ToolCall call) {
    boolean freeform = isFreeform(request, call.name());
    json.object().text("type", freeform ? "custom_tool_call" : "function_call");
    json.text("call_id", Names.bounded(call.id())).text("name", call.name());
    if (freeform) {
      freeformCalls.add(call.id());
      json.text("input", OpenAiResponsesItem.plain(call.arguments().value()));
    } else {
      json.text("arguments", call.arguments().value());
    }
    json.end();
  }

  private void results(List<Part> parts, String path) {
    for (Part part : parts) {
      switch (part) {
        case Part.ToolResult result -> result(result, path);
        case Part.CacheMark _ -> crossing.noPlaceFor("cache mark");
        default -> throw crossing.misplaced("a part that is no result", path);
      }
    }
  }

  private void result(Part.ToolResult result, String path) {
    List<Part> content = result.content();
    if (result.error()) {
      crossing.noPlaceFor("tool_result.is_error");
    }
    boolean freeform = freeformCalls.contains(result.callId());
    json.object().text("type", freeform ? "custom_tool_call_output" : "function_call_output");
    json.text("call_id", Names.bounded(result.callId()));
    if (content.size() == 1 && content.getFirst() instanceof Part.Text(String only)) {
      json.text("output", only);
    } else if (content.isEmpty()) {
      json.text("output", "");
    } else {
      json.array("output");
      content(content, path);
      json.end();
    }
    json.end();
  }
}
