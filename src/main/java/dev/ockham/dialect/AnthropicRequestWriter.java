package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Role;
import dev.ockham.chat.Sampling;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.List;

/** Says a request in Anthropic's words. */
final class AnthropicRequestWriter {
  /** Asked for where neither the client nor the catalog knows a cap. */
  static final long USUAL_CAP = 4096;

  private static final JsonText ANY_OBJECT =
      new JsonText("{\"type\":\"object\",\"properties\":{}}");

  private final ChatRequest request;
  private final Target target;
  private final Crossing crossing;
  private final JsonWriter json;

  private AnthropicRequestWriter(
      ChatRequest request, Target target, Crossing crossing, JsonWriter json) {
    this.request = request;
    this.target = target;
    this.crossing = crossing;
    this.json = json;
  }

  static EncodeOutcome write(ChatRequest request, Target target) {
    var out = new Bytes();
    var crossing = new Crossing(Dialect.ANTHROPIC_MESSAGES);
    try (JsonWriter json = new JsonWriter(out)) {
      crossing.unmapped(request);
      new AnthropicRequestWriter(request, target, crossing, json).body();
    } catch (Rejected e) {
      return new EncodeOutcome.Inexpressible(e.error());
    }
    return new EncodeOutcome.Encoded(out.take(), crossing.losses());
  }

  private void body() {
    json.object().text("model", target.model()).number("max_tokens", cap());
    int spoken = system();
    new AnthropicMessageWriter(json, crossing).write(request.messages(), spoken);
    if (!request.stop().isEmpty()) {
      json.array("stop_sequences");
      request.stop().forEach(json::text);
      json.end();
    }
    tools();
    format();
    sampling();
    if (request.stream()) {
      json.flag("stream", true);
    }
    json.end();
  }

  private long cap() {
    return request.maxOutput().orElse(target.maxOutput().orElse(USUAL_CAP));
  }

  /** Writes the instructions that come first; returns how many messages they were. */
  private int system() {
    List<Message> messages = request.messages();
    int spoken = 0;
    var text = new StringBuilder();
    while (spoken < messages.size() && messages.get(spoken).role() == Role.SYSTEM) {
      String said = messages.get(spoken).text();
      if (!said.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n\n").append(said);
      }
      spoken++;
    }
    if (!text.isEmpty()) {
      json.text("system", text.toString());
    }
    return spoken;
  }

  private void tools() {
    ChatRequest.Tools tools = request.tools();
    if (tools.offered().isEmpty()) {
      return;
    }
    json.array("tools");
    for (Tool tool : tools.offered()) {
      json.object().text("name", tool.name());
      if (!tool.description().isEmpty()) {
        json.text("description", tool.description());
      }
      boolean open = tool.schema().equals(JsonText.EMPTY_OBJECT);
      json.json("input_schema", open ? ANY_OBJECT : tool.schema());
      if (tool.strict()) {
        json.flag("strict", true);
      }
      json.end();
    }
    json.end();
    toolChoice(tools);
  }

  private void toolChoice(ChatRequest.Tools tools) {
    boolean none = tools.choice() instanceof ToolChoice.None;
    if (tools.choice() instanceof ToolChoice.Auto && tools.parallel()) {
      return;
    }
    json.object("tool_choice");
    switch (tools.choice()) {
      case ToolChoice.Auto() -> json.text("type", "auto");
      case ToolChoice.None() -> json.text("type", "none");
      case ToolChoice.Required() -> json.text("type", "any");
      case ToolChoice.Named(String name) -> json.text("type", "tool").text("name", name);
    }
    if (!tools.parallel() && !none) {
      json.flag("disable_parallel_tool_use", true);
    }
    json.end();
  }

  private void format() {
    switch (request.format()) {
      case OutputFormat.FreeText() -> {}
      case OutputFormat.JsonObject() ->
          crossing.lose("response_format", "json_object is not enforced");
      case OutputFormat.Schema schema ->
          json.object("output_config")
              .object("format")
              .text("type", "json_schema")
              .json("schema", schema.schema())
              .end()
              .end();
    }
  }

  // Newer models answer 400 to any of these, even at its default.
  private void sampling() {
    Sampling sampling = request.sampling();
    if (sampling.temperature().isPresent()) {
      crossing.lose("temperature", "not sent, newer models refuse it");
    }
    if (sampling.topP().isPresent()) {
      crossing.lose("top_p", "not sent, newer models refuse it");
    }
    if (sampling.seed().isPresent()) {
      crossing.lose("seed", "not sent");
    }
  }
}
