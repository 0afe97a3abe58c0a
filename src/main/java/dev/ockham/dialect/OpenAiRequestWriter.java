package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.Options;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Sampling;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.Optional;

/** Says a request in OpenAI's words. */
final class OpenAiRequestWriter {
  static final int MOST_STOPS = 4;

  private final ChatRequest request;
  private final Target target;
  private final OpenAiModel model;
  private final Crossing crossing;
  private final JsonWriter json;

  private OpenAiRequestWriter(
      ChatRequest request, Target target, Crossing crossing, JsonWriter json) {
    this.request = request;
    this.target = target;
    this.model = OpenAiModel.of(target);
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
    new OpenAiMessageWriter(json, crossing, target).write(request.messages());
    request.maxOutput().ifPresent(cap -> json.number(target.server().capField(), cap));
    stop();
    tools();
    format();
    effort();
    sampling();
    options();
    if (request.stream()) {
      json.flag("stream", true);
      if (target.server().waitsForIncludeUsage()) {
        json.object("stream_options").flag("include_usage", true).end();
      }
    }
    json.end();
  }

  private void stop() {
    if (request.stop().size() > MOST_STOPS) {
      throw crossing.refusal(
          "more than 4 stop sequences", "stop_sequences: " + request.stop().size());
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
      if (tool.cached().isPresent()) {
        crossing.noPlaceFor("cache mark");
      }
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

  /** What is not effort, such as whether thoughts are shown, has no word here. */
  private void effort() {
    Optional<Effort> asked = request.thinking().effortOrFitting();
    boolean wanted = !request.thinking().isUnset() && !request.thinking().isOff();
    if (model.refusesEffort()) {
      if (wanted) {
        crossing.lose("thinking", "not asked for, this model does not");
      }
      return;
    }
    if (target.server().knob() == ChatServer.Knob.THINKING) {
      if (!request.thinking().isUnset()) {
        json.object("thinking").text("type", wanted ? "enabled" : "disabled").end();
      }
      return;
    }
    if (asked.isPresent()) {
      effort(asked.get());
    } else {
      lose(wanted, "thinking without effort");
    }
  }

  private void effort(Effort asked) {
    // Others than OpenAI know three words, and one for none.
    boolean every = target.server() == ChatServer.OPENAI || asked == Effort.NONE;
    String word = (every ? asked : asked.within(Effort.LOW, Effort.HIGH)).word();
    if (target.server().knob() == ChatServer.Knob.REASONING) {
      json.object("reasoning").text("effort", word).end();
    } else {
      json.text("reasoning_effort", word);
    }
  }

  private void sampling() {
    Sampling sampling = request.sampling();
    boolean refused =
        model.refusesSampling() && !request.thinking().effort().equals(Optional.of(Effort.NONE));
    if (refused && (sampling.temperature().isPresent() || sampling.topP().isPresent())) {
      crossing.lose("temperature, top_p", "not sent, this model refuses them");
    } else {
      sampling.temperature().ifPresent(t -> json.number("temperature", t));
      sampling.topP().ifPresent(p -> json.number("top_p", p));
    }
    sampling.seed().ifPresent(s -> json.number(target.server().seedField(), s));
    sampling.frequencyPenalty().ifPresent(p -> json.number("frequency_penalty", p));
    sampling.presencePenalty().ifPresent(p -> json.number("presence_penalty", p));
    lose(sampling.topK().isPresent(), "top_k");
  }

  private void options() {
    Options options = request.options();
    boolean own = target.server().takesOwnFields();
    options.endUser().ifPresent(user -> json.text(own ? "safety_identifier" : "user", user));
    if (own) {
      options.tier().ifPresent(tier -> json.text("service_tier", word(tier)));
      options.cacheKey().ifPresent(key -> json.text("prompt_cache_key", key));
      options.verbosity().ifPresent(wish -> json.text("verbosity", wish));
    } else {
      lose(options.tier().isPresent(), "service_tier");
      lose(options.cacheKey().isPresent(), "prompt_cache_key");
      lose(options.verbosity().isPresent(), "verbosity");
    }
    options
        .logprobs()
        .ifPresent(alternatives -> {
          json.flag("logprobs", true);
          if (alternatives > 0) {
            json.number("top_logprobs", alternatives);
          }
        });
  }

  private static String word(ServiceTier tier) {
    return switch (tier) {
      case AUTO, BATCH, FAST -> "auto";
      case STANDARD -> "default";
      case FLEX -> "flex";
      case PRIORITY -> "priority";
    };
  }

  private void lose(boolean asked, String what) {
    if (asked) {
      crossing.noPlaceFor(what);
    }
  }
}
