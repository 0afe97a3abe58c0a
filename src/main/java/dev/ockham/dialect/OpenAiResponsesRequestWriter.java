package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Sampling;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.Locale;
import java.util.Optional;

/** Says a request in the words of Responses. Nothing is left with the provider. */
final class OpenAiResponsesRequestWriter {
  /** A lower cap is answered with an error. */
  static final long LEAST_CAP = 16;

  private static final JsonText ANY_OBJECT =
      new JsonText("{\"type\":\"object\",\"properties\":{}}");

  private final ChatRequest request;
  private final Target target;
  private final Crossing crossing;
  private final JsonWriter json;

  private OpenAiResponsesRequestWriter(
      ChatRequest request, Target target, Crossing crossing, JsonWriter json) {
    this.request = request;
    this.target = target;
    this.crossing = crossing;
    this.json = json;
  }

  static EncodeOutcome write(ChatRequest request, Target target) {
    var out = new Bytes();
    var crossing = new Crossing(Dialect.OPENAI_RESPONSES);
    try (JsonWriter json = new JsonWriter(out)) {
      crossing.unmapped(request);
      new OpenAiResponsesRequestWriter(request, target, crossing, json).body();
    } catch (Rejected e) {
      return new EncodeOutcome.Inexpressible(e.error());
    }
    return new EncodeOutcome.Encoded(out.take(), crossing.losses());
  }

  private void body() {
    json.object().text("model", target.model());
    new OpenAiResponsesItemWriter(json, crossing, request).write();
    request.maxOutput().ifPresent(this::cap);
    if (!request.stop().isEmpty()) {
      crossing.noPlaceFor("stop sequences");
    }
    tools();
    text();
    reasoning();
    sampling();
    options();
    if (request.stream()) {
      json.flag("stream", true);
    }
    json.flag("store", false).array("include").text("reasoning.encrypted_content");
    if (request.options().logprobs().isPresent()) {
      json.text("message.output_text.logprobs");
    }
    json.end().end();
  }

  private void cap(long tokens) {
    if (tokens < LEAST_CAP) {
      crossing.lose("max_output_tokens", "raised to " + LEAST_CAP + ", the least");
    }
    json.number("max_output_tokens", Math.max(LEAST_CAP, tokens));
  }

  private void tools() {
    ChatRequest.Tools tools = request.tools();
    if (tools.offered().isEmpty()) {
      return;
    }
    json.array("tools");
    for (Tool tool : tools.offered()) {
      tool(tool);
    }
    json.end();
    switch (tools.choice()) {
      case ToolChoice.Auto() -> {}
      case ToolChoice.None() -> json.text("tool_choice", "none");
      case ToolChoice.Required() -> json.text("tool_choice", "required");
      case ToolChoice.Named(String name) -> {
        boolean freeform = OpenAiResponsesItemWriter.isFreeform(request, name);
        json.object("tool_choice").text("type", freeform ? "custom" : "function");
        json.text("name", name).end();
      }
    }
    if (!tools.parallel()) {
      json.flag("parallel_tool_calls", false);
    }
  }

  private void tool(Tool tool) {
    json.object().text("type", tool.isFreeform() ? "custom" : "function").text("name", tool.name());
    if (!tool.description().isEmpty()) {
      json.text("description", tool.description());
    }
    if (!tool.isFreeform()) {
      boolean open = tool.schema().equals(JsonText.EMPTY_OBJECT);
      json.json("parameters", open ? ANY_OBJECT : tool.schema());
      // Unsaid would mean strict, which few schemas are written for.
      json.flag("strict", tool.strict());
    }
    json.end();
  }

  private void text() {
    Optional<String> verbosity = request.options().verbosity();
    if (request.format() instanceof OutputFormat.FreeText && verbosity.isEmpty()) {
      return;
    }
    json.object("text");
    switch (request.format()) {
      case OutputFormat.FreeText() -> {}
      case OutputFormat.JsonObject() -> json.object("format").text("type", "json_object").end();
      case OutputFormat.Schema(var name, var schema, var strict) -> {
        json.object("format").text("type", "json_schema").text("name", name);
        json.json("schema", schema).flag("strict", strict).end();
      }
    }
    verbosity.ifPresent(wish -> json.text("verbosity", wish));
    json.end();
  }

  private void reasoning() {
    Optional<Effort> effort = request.thinking().effortOrFitting();
    boolean shown = request.thinking().shown().orElse(false) && !request.thinking().isOff();
    if (effort.isEmpty() && !shown) {
      return;
    }
    json.object("reasoning");
    effort.ifPresent(wish -> json.text("effort", wish.name().toLowerCase(Locale.ROOT)));
    if (shown) {
      json.text("summary", "auto");
    }
    json.end();
  }

  private void sampling() {
    Sampling sampling = request.sampling();
    sampling.temperature().ifPresent(t -> json.number("temperature", t));
    sampling.topP().ifPresent(p -> json.number("top_p", p));
    lost(sampling.topK().isPresent(), "top_k");
    lost(sampling.seed().isPresent(), "seed");
    lost(sampling.frequencyPenalty().isPresent(), "frequency_penalty");
    lost(sampling.presencePenalty().isPresent(), "presence_penalty");
  }

  private void lost(boolean asked, String what) {
    if (asked) {
      crossing.noPlaceFor(what);
    }
  }

  private void options() {
    request.options().tier().ifPresent(tier -> json.text("service_tier", word(tier)));
    request.options().cacheKey().ifPresent(key -> json.text("prompt_cache_key", key));
    request
        .options()
        .endUser()
        .ifPresent(user -> json.text("safety_identifier", Names.bounded(user)));
    request
        .options()
        .logprobs()
        .ifPresent(alternatives -> json.number("top_logprobs", alternatives));
  }

  private static String word(ServiceTier tier) {
    return switch (tier) {
      case AUTO, BATCH, FAST -> "auto";
      case STANDARD -> "default";
      case FLEX -> "flex";
      case PRIORITY -> "priority";
    };
  }
}
