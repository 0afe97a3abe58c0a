package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Options;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Sampling;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.Thinking;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Says a request in Gemini's words. */
final class GeminiRequestWriter {
  static final int MOST_STOPS = 5;

  private final ChatRequest request;
  private final GeminiModel model;
  private final Crossing crossing;
  private final JsonWriter json;

  private GeminiRequestWriter(
      ChatRequest request, GeminiModel model, Crossing crossing, JsonWriter json) {
    this.request = request;
    this.model = model;
    this.crossing = crossing;
    this.json = json;
  }

  static EncodeOutcome write(ChatRequest request, Target target) {
    var out = new Bytes();
    var crossing = new Crossing(Dialect.GEMINI_GENERATE);
    var model = GeminiModel.of(target.model());
    try (JsonWriter json = new JsonWriter(out)) {
      crossing.unmapped(request);
      new GeminiRequestWriter(request, model, crossing, json).body();
    } catch (Rejected e) {
      return new EncodeOutcome.Inexpressible(e.error());
    }
    return new EncodeOutcome.Encoded(out.take(), crossing.losses());
  }

  private void body() {
    json.object();
    new GeminiContentWriter(json, crossing, model).write(request.messages());
    tools();
    json.object("generationConfig");
    request.maxOutput().ifPresent(cap -> json.number("maxOutputTokens", cap));
    stop();
    format();
    sampling();
    thinking();
    request
        .options()
        .logprobs()
        .ifPresent(n -> {
          json.flag("responseLogprobs", true);
          json.number("logprobs", n);
        });
    json.end();
    wishes();
    json.end();
  }

  private void tools() {
    ChatRequest.Tools tools = request.tools();
    if (tools.offered().isEmpty()) {
      return;
    }
    json.array("tools").object().array("functionDeclarations");
    tools.offered().forEach(this::function);
    json.end().end().end();
    choice(tools.choice());
    if (!tools.parallel()) {
      crossing.noPlaceFor("parallel_tool_calls");
    }
  }

  private void function(Tool tool) {
    json.object().text("name", tool.name());
    if (!tool.description().isEmpty()) {
      json.text("description", tool.description());
    }
    if (!tool.schema().equals(JsonText.EMPTY_OBJECT)) {
      json.json("parametersJsonSchema", tool.schema());
    }
    json.end();
    if (tool.strict()) {
      crossing.noPlaceFor("tools[].strict");
    }
    if (tool.cached().isPresent()) {
      crossing.noPlaceFor("cache mark");
    }
  }

  private void choice(ToolChoice choice) {
    if (choice instanceof ToolChoice.Auto) {
      return;
    }
    json.object("toolConfig").object("functionCallingConfig");
    switch (choice) {
      case ToolChoice.Auto() -> {}
      case ToolChoice.None() -> json.text("mode", "NONE");
      case ToolChoice.Required() -> json.text("mode", "ANY");
      case ToolChoice.Named(String name) ->
          json.text("mode", "ANY").array("allowedFunctionNames").text(name).end();
    }
    json.end().end();
  }

  private void stop() {
    if (request.stop().size() > MOST_STOPS) {
      throw crossing.refusal("more than 5 stop sequences", "stop");
    }
    if (!request.stop().isEmpty()) {
      json.array("stopSequences");
      request.stop().forEach(json::text);
      json.end();
    }
  }

  private void format() {
    switch (request.format()) {
      case OutputFormat.FreeText() -> {}
      case OutputFormat.JsonObject() -> json.text("responseMimeType", "application/json");
      case OutputFormat.Schema schema ->
          json.text("responseMimeType", "application/json")
              .json("responseJsonSchema", schema.schema());
    }
  }

  private void sampling() {
    Sampling sampling = request.sampling();
    sampling.temperature().ifPresent(t -> json.number("temperature", t));
    sampling.topP().ifPresent(p -> json.number("topP", p));
    sampling.topK().ifPresent(k -> json.number("topK", k));
    sampling.frequencyPenalty().ifPresent(p -> json.number("frequencyPenalty", p));
    sampling.presencePenalty().ifPresent(p -> json.number("presencePenalty", p));
    OptionalLong seed = sampling.seed();
    if (seed.isPresent() && seed.getAsLong() == (int) seed.getAsLong()) {
      json.number("seed", seed.getAsLong());
    } else if (seed.isPresent()) {
      crossing.lose("seed", "not sent, it takes 32 bits");
    }
  }

  private void thinking() {
    Thinking thinking = request.thinking();
    if (thinking.isUnset()) {
      return;
    }
    switch (model.generation()) {
      case PLAIN -> {
        if (!thinking.isOff()) {
          crossing.lose("thinking", "not sent, the model does not think");
        }
      }
      case BUDGETS -> {
        json.object("thinkingConfig");
        thinking
            .budgetOrFitting()
            .ifPresent(n -> json.number("thinkingBudget", Math.max(n, model.leastBudget())));
        shown(thinking);
      }
      case LEVELS -> {
        json.object("thinkingConfig");
        thinking.effortOrFitting().ifPresent(this::level);
        shown(thinking);
      }
    }
  }

  private void shown(Thinking thinking) {
    thinking.shown().ifPresent(shown -> json.flag("includeThoughts", shown));
    json.end();
  }

  private void level(Effort effort) {
    if (effort == Effort.NONE) {
      crossing.lose("thinking", "cannot be switched off, the least is asked for");
    }
    json.text("thinkingLevel", model.level(effort));
  }

  private void wishes() {
    Options options = request.options();
    Optional<ServiceTier> tier = options.tier().filter(t -> t != ServiceTier.AUTO);
    tier.ifPresent(t -> json.text("serviceTier", t.name().toLowerCase(Locale.ROOT)));
    if (options.endUser().isPresent()) {
      crossing.lose("user", "not sent");
    }
    if (options.cacheKey().isPresent()) {
      crossing.noPlaceFor("prompt_cache_key");
    }
    if (options.verbosity().isPresent()) {
      crossing.noPlaceFor("verbosity");
    }
  }
}
