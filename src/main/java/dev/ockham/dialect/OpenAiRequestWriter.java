package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Sampling;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;

/** Says a request in OpenAI's words. */
final class OpenAiRequestWriter {
  static final int MOST_STOPS = 4;

  private final ChatRequest request;
  private final Target target;
  private final Crossing crossing;
  private final JsonWriter json;

  private OpenAiRequestWriter(
      ChatRequest request, Target target, Crossing crossing, JsonWriter json) {
    this.request = request;
    this.target = target;
    this.crossing = crossing;
    this.json = json;
  }

  static EncodeOutcome write(ChatRequest request, Target target) {
    var out = new Bytes();
    var crossing = new Crossing(Dialect.OPENAI_CHAT);
    try (JsonWriter json = new JsonWriter(out)) {
      crossing.unmapped(request);
      new OpenAiRequestWriter(request, target, crossing, json).body();
    } catch (Rejected e) {
      return new EncodeOutcome.Inexpressible(e.error());
    }
    return new EncodeOutcome.Encoded(out.take(), crossing.losses());
  }

  private void body() {
    json.object().text("model", target.model());
    new OpenAiMessageWriter(json, crossing).write(request.messages());
    request.maxOutput().ifPresent(cap -> json.number(target.server().capField(), cap));
    stop();
    tools();
    format();
    sampling();
    if (request.stream()) {
      json.flag("stream", true).object("stream_options").flag("include_usage", true).end();
    }
    json.end();
  }

  private void stop() {
    if (request.stop().size() > MOST_STOPS) {
      throw crossing.inexpressible(
          "stop_sequences: " + request.stop().size(), "at most " + MOST_STOPS);
    }
    if (!request.stop().isEmpty()) {
      json.array("stop");
      request.stop().forEach(json::text);
      json.end();
    }
  }

  private void tools() {
    ChatRequest.Tools tools = request.tools();
    if (tools.offered().isEmpty()) {
      return;
    }
    json.array("tools");
    for (Tool tool : tools.offered()) {
      json.object().text("type", "function").object("function").text("name", tool.name());
      if (!tool.description().isEmpty()) {
        json.text("description", tool.description());
      }
      json.json("parameters", tool.schema());
      if (tool.strict()) {
        json.flag("strict", true);
      }
      json.end().end();
    }
    json.end();
    switch (tools.choice()) {
      case ToolChoice.Auto() -> {}
      case ToolChoice.None() -> json.text("tool_choice", "none");
      case ToolChoice.Required() -> json.text("tool_choice", "required");
      case ToolChoice.Named(String name) -> {
        json.object("tool_choice").text("type", "function");
        json.object("function").text("name", name).end().end();
      }
    }
    if (!tools.parallel()) {
      json.flag("parallel_tool_calls", false);
    }
  }

  private void format() {
    switch (request.format()) {
      case OutputFormat.FreeText() -> {}
      case OutputFormat.JsonObject() ->
          json.object("response_format").text("type", "json_object").end();
      case OutputFormat.Schema(var name, var schema, var strict) -> {
        json.object("response_format").text("type", "json_schema").object("json_schema");
        json.text("name", name).json("schema", schema).flag("strict", strict).end().end();
      }
    }
  }

  private void sampling() {
    Sampling sampling = request.sampling();
    sampling.temperature().ifPresent(t -> json.number("temperature", t));
    sampling.topP().ifPresent(p -> json.number("top_p", p));
    sampling.seed().ifPresent(s -> json.number("seed", s));
    if (sampling.topK().isPresent()) {
      crossing.lose("top_k", "not sent");
    }
  }
}
