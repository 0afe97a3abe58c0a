package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.List;
import java.util.TreeSet;

/** Says the tools of a request in Converse's words. */
final class BedrockToolWriter {
  private static final JsonText ANY_OBJECT =
      new JsonText("{\"type\":\"object\",\"properties\":{}}");

  private final ChatRequest request;
  private final Crossing crossing;
  private final JsonWriter json;

  BedrockToolWriter(ChatRequest request, Crossing crossing, JsonWriter json) {
    this.request = request;
    this.crossing = crossing;
    this.json = json;
  }

  /** There is no choice of none, so the tools are left out; past calls need some to be there. */
  void write() {
    ChatRequest.Tools tools = request.tools();
    List<String> called = called();
    boolean none = tools.choice() instanceof ToolChoice.None;
    if (called.isEmpty() ? none || tools.offered().isEmpty() : tools.offered().isEmpty()) {
      if (!called.isEmpty()) {
        crossing.noPlaceFor("calls of tools that are not offered");
        named(called);
      }
      return;
    }
    if (none) {
      crossing.noPlaceFor("tool_choice none after calls");
    }
    if (!tools.parallel()) {
      crossing.noPlaceFor("parallel_tool_calls");
    }
    json.object("toolConfig").array("tools");
    tools.offered().forEach(this::tool);
    json.end();
    choice(tools.choice());
    json.end();
  }

  private void named(List<String> called) {
    json.object("toolConfig").array("tools");
    called.forEach(name -> tool(Tool.function(name, "", JsonText.EMPTY_OBJECT, false)));
    json.end().end();
  }

  /** The names of the tools that were called before. */
  private List<String> called() {
    var names = new TreeSet<String>();
    for (Message message : request.messages()) {
      for (Part part : message.parts()) {
        if (part instanceof Part.ToolCall call) {
          names.add(call.name());
        }
      }
    }
    return List.copyOf(names);
  }

  private void tool(Tool tool) {
    json.object().object("toolSpec").text("name", tool.name());
    if (!tool.description().isBlank()) {
      json.text("description", tool.description());
    }
    boolean open = tool.schema().equals(JsonText.EMPTY_OBJECT);
    json.object("inputSchema").json("json", open ? ANY_OBJECT : tool.schema()).end();
    if (tool.strict()) {
      json.flag("strict", true);
    }
    json.end().end();
    tool.cached()
        .ifPresent(lifetime -> {
          json.object();
          BedrockMessageWriter.cachePoint(json, lifetime);
          json.end();
        });
  }

  private void choice(ToolChoice choice) {
    switch (choice) {
      case ToolChoice.Auto(), ToolChoice.None() -> {}
      case ToolChoice.Required() -> json.object("toolChoice").object("any").end().end();
      case ToolChoice.Named(String name) ->
          json.object("toolChoice").object("tool").text("name", name).end().end();
    }
  }
}
