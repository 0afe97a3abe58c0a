package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Options;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.chat.Sampling;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.List;
import java.util.Optional;

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
  private final AnthropicCacheMarks marks;

  private AnthropicRequestWriter(
      ChatRequest request, Target target, Crossing crossing, JsonWriter json) {
    this.request = request;
    this.target = target;
    this.crossing = crossing;
    this.json = json;
    this.marks = new AnthropicCacheMarks(request, crossing, json);
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
    long cap = request.maxOutput().orElse(target.maxOutput().orElse(USUAL_CAP));
    var model = ClaudeModel.of(target.model());
    var thinking = new AnthropicThinkingWriter(request, model, crossing, json);
    json.object().text("model", target.model()).number("max_tokens", cap);
    // In the order that caches are written in, which is the order marks are counted in.
    tools();
    int spoken = system();
    new AnthropicMessageWriter(json, crossing, marks, model).write(request.messages(), spoken);
    if (!request.stop().isEmpty()) {
      json.array("stop_sequences");
      request.stop().forEach(json::text);
      json.end();
    }
    thinking.write(cap);
    outputConfig(thinking.effort());
    sampling();
    options();
    if (request.stream()) {
      json.flag("stream", true);
    }
    json.end();
  }

  /** Writes the instructions that come first; returns how many messages they were. */
  private int system() {
    List<Message> messages = request.messages();
    int spoken = 0;
    while (spoken < messages.size() && messages.get(spoken).role() == Role.SYSTEM) {
      spoken++;
    }
    List<Message> first = messages.subList(0, spoken);
    Instructions.check(first, crossing);
    boolean marked =
        first.stream().flatMap(m -> m.parts().stream()).anyMatch(Part.CacheMark.class::isInstance);
    if (marked) {
      markedSystem(first);
      return spoken;
    }
    var text = new StringBuilder();
    for (Message message : first) {
      String said = message.text();
      if (!said.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n\n").append(said);
      }
    }
    if (!text.isEmpty()) {
      json.text("system", text.toString());
    }
    return spoken;
  }

  private void markedSystem(List<Message> first) {
    json.array("system");
    for (Message message : first) {
      List<Part> parts = message.parts();
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i) instanceof Part.Text(String text) && !text.isEmpty()) {
          json.object().text("type", "text").text("text", text);
          marks.write(marks.after(parts, i));
          json.end();
        }
      }
    }
    json.end();
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
      Optional<CacheLifetime> cached = tool.cached();
      marks.write(cached);
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

  private void outputConfig(Optional<Effort> effort) {
    if (request.format() instanceof OutputFormat.JsonObject) {
      crossing.noPlaceFor("json_object");
    }
    boolean schema = request.format() instanceof OutputFormat.Schema;
    if (!schema && effort.isEmpty()) {
      return;
    }
    json.object("output_config");
    effort.ifPresent(wish -> json.text("effort", wish.word()));
    if (request.format() instanceof OutputFormat.Schema wanted) {
      json.object("format").text("type", "json_schema").json("schema", wanted.schema()).end();
    }
    json.end();
  }

  // Newer models answer 400 to the first three, even at their defaults.
  private void sampling() {
    Sampling sampling = request.sampling();
    lose(sampling.temperature().isPresent(), "temperature");
    lose(sampling.topP().isPresent(), "top_p");
    lose(sampling.topK().isPresent(), "top_k");
    lose(sampling.seed().isPresent(), "seed");
    lose(sampling.frequencyPenalty().isPresent(), "frequency_penalty");
    lose(sampling.presencePenalty().isPresent(), "presence_penalty");
  }

  private void options() {
    Options options = request.options();
    options.endUser().ifPresent(user -> json.object("metadata").text("user_id", user).end());
    options.tier().ifPresent(this::tier);
    lose(options.cacheKey().isPresent(), "prompt_cache_key");
    lose(options.verbosity().isPresent(), "verbosity");
    lose(options.logprobs().isPresent(), "logprobs");
  }

  private void tier(ServiceTier tier) {
    switch (tier) {
      case AUTO -> json.text("service_tier", "auto");
      case STANDARD -> json.text("service_tier", "standard_only");
      case FLEX, PRIORITY, BATCH, FAST -> crossing.noPlaceFor("service_tier");
    }
  }

  private void lose(boolean asked, String what) {
    if (asked) {
      crossing.noPlaceFor(what);
    }
  }
}
