package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.Message;
import dev.ockham.chat.Options;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.chat.Sampling;
import dev.ockham.chat.ServiceTier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Says a request in Converse's words; the address tells the model and whether it streams. */
final class BedrockRequestWriter {
  private static final double HOTTEST = 1;

  /** What an answer may come to where neither the client nor the catalog knows. */
  private static final long USUAL_CAP = 4096;

  private final ChatRequest request;
  private final Target target;
  private final Crossing crossing;
  private final JsonWriter json;

  private BedrockRequestWriter(
      ChatRequest request, Target target, Crossing crossing, JsonWriter json) {
    this.request = request;
    this.target = target;
    this.crossing = crossing;
    this.json = json;
  }

  static EncodeOutcome write(ChatRequest request, Target target) {
    var out = new Bytes();
    var crossing = new Crossing(Dialect.BEDROCK_CONVERSE);
    try (JsonWriter json = new JsonWriter(out)) {
      crossing.unmapped(request);
      new BedrockRequestWriter(request, target, crossing, json).body();
    } catch (Rejected e) {
      return new EncodeOutcome.Inexpressible(e.error());
    }
    return new EncodeOutcome.Encoded(out.take(), crossing.losses());
  }

  private void body() {
    json.object();
    int spoken = system();
    new BedrockMessageWriter(json, crossing).write(request.messages(), spoken);
    inference();
    new BedrockToolWriter(request, crossing, json).write();
    if (target.model().contains("claude")) {
      var model = ClaudeModel.of(target.model());
      var thinking = new AnthropicThinkingWriter(request, model, crossing, json);
      output(thinking.effort());
      askClaude(thinking);
    } else {
      output(effortOfOthers());
      lose(request.sampling().topK().isPresent(), "top_k");
    }
    options();
    json.end();
  }

  /** Writes the instructions that come first; returns how many messages they were. */
  private int system() {
    List<Message> messages = request.messages();
    int spoken = 0;
    while (spoken < messages.size() && messages.get(spoken).role() == Role.SYSTEM) {
      spoken++;
    }
    Instructions.check(messages.subList(0, spoken), crossing);
    boolean begun = false;
    for (Message message : messages.subList(0, spoken)) {
      for (Part part : message.parts()) {
        boolean said = part instanceof Part.Text(String text) && !text.isBlank();
        if (said || (begun && part instanceof Part.CacheMark)) {
          if (!begun) {
            json.array("system");
            begun = true;
          }
          instruction(part);
        }
      }
    }
    if (begun) {
      json.end();
    }
    return spoken;
  }

  private void instruction(Part part) {
    json.object();
    if (part instanceof Part.Text(String text)) {
      json.text("text", text);
    } else if (part instanceof Part.CacheMark(var lifetime)) {
      BedrockMessageWriter.cachePoint(json, lifetime);
    }
    json.end();
  }

  private void inference() {
    Sampling sampling = request.sampling();
    boolean any =
        request.maxOutput().isPresent()
            || sampling.temperature().isPresent()
            || sampling.topP().isPresent()
            || !request.stop().isEmpty();
    if (any) {
      json.object("inferenceConfig");
      request.maxOutput().ifPresent(cap -> json.number("maxTokens", cap));
      sampling.temperature().ifPresent(this::temperature);
      sampling.topP().ifPresent(p -> json.number("topP", p));
      if (!request.stop().isEmpty()) {
        json.array("stopSequences");
        request.stop().forEach(json::text);
        json.end();
      }
      json.end();
    }
    lose(sampling.seed().isPresent(), "seed");
    lose(sampling.frequencyPenalty().isPresent(), "frequency_penalty");
    lose(sampling.presencePenalty().isPresent(), "presence_penalty");
  }

  private void temperature(double asked) {
    if (asked > HOTTEST) {
      crossing.noPlaceFor("a temperature above 1");
    }
    json.number("temperature", Math.min(asked, HOTTEST));
  }

  private void output(Optional<Effort> effort) {
    lose(request.format() instanceof OutputFormat.JsonObject, "json_object");
    boolean schema = request.format() instanceof OutputFormat.Schema;
    if (!schema && effort.isEmpty()) {
      return;
    }
    json.object("outputConfig");
    effort.ifPresent(wish -> json.text("effort", wish.word()));
    if (request.format() instanceof OutputFormat.Schema wanted) {
      json.object("textFormat").text("type", "json_schema").object("structure");
      json.object("jsonSchema").text("schema", wanted.schema().value());
      json.text("name", wanted.name()).end().end().end();
    }
    json.end();
  }

  /** What only Claude is asked, in its maker's words. */
  private void askClaude(AnthropicThinkingWriter thinking) {
    OptionalLong topK = request.sampling().topK();
    if (request.thinking().isUnset() && topK.isEmpty()) {
      return;
    }
    json.object("additionalModelRequestFields");
    thinking.write(request.maxOutput().orElse(target.maxOutput().orElse(USUAL_CAP)));
    topK.ifPresent(most -> json.number("top_k", most));
    json.end();
  }

  private Optional<Effort> effortOfOthers() {
    boolean off = request.thinking().isOff();
    lose(off, "reasoning effort none");
    return off
        ? Optional.empty()
        : request.thinking().effortOrFitting().map(e -> e.within(Effort.LOW, Effort.MAX));
  }

  private void options() {
    Options options = request.options();
    options.tier().ifPresent(this::tier);
    lose(options.endUser().isPresent(), "user");
    lose(options.cacheKey().isPresent(), "prompt_cache_key");
    lose(options.verbosity().isPresent(), "verbosity");
    lose(options.logprobs().isPresent(), "logprobs");
  }

  private void tier(ServiceTier tier) {
    String word =
        switch (tier) {
          case AUTO, BATCH, FAST -> "";
          case STANDARD -> "default";
          case FLEX -> "flex";
          case PRIORITY -> "priority";
        };
    if (!word.isEmpty()) {
      json.object("serviceTier").text("type", word).end();
    }
  }

  private void lose(boolean asked, String what) {
    if (asked) {
      crossing.noPlaceFor(what);
    }
  }
}
