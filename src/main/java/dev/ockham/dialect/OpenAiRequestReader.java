package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.ServiceTier;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads a Chat Completions request. */
final class OpenAiRequestReader extends RequestReader {
  /** More than any provider gives. */
  private static final int MOST_ALTERNATIVES = 1000;

  private boolean logprobs;
  private int alternatives;
  private final OpenAiMessageReader messages = new OpenAiMessageReader(in, draft);
  private final OpenAiToolReader tools = new OpenAiToolReader(in, draft);

  private OpenAiRequestReader(JsonReader in) {
    super(in);
  }

  static DecodeOutcome read(byte[] body) {
    return read(body, Dialect.OPENAI_CHAT, OpenAiRequestReader::new);
  }

  @Override
  void field(String name) {
    switch (name) {
      case "model" -> model();
      case "messages" -> messages(messages::read);
      case "tools" -> tools.read();
      case "tool_choice" -> tools.choice();
      case "parallel_tool_calls" -> draft.parallel = in.flag();
      case "max_completion_tokens" -> cap();
      case "max_tokens" -> cap();
      case "stop" -> stop();
      case "temperature" -> draft.temperature = OptionalDouble.of(in.number());
      case "top_p" -> draft.topP = OptionalDouble.of(in.number());
      case "seed" -> seed();
      case "frequency_penalty" -> draft.frequencyPenalty = OptionalDouble.of(in.number());
      case "presence_penalty" -> draft.presencePenalty = OptionalDouble.of(in.number());
      case "reasoning_effort" -> effort();
      case "safety_identifier" -> draft.endUser = Optional.of(in.text("a string"));
      case "user" -> user();
      case "service_tier" -> tier();
      case "prompt_cache_key" -> draft.cacheKey = Optional.of(in.text("a string"));
      case "verbosity" -> draft.verbosity = Optional.of(in.text("low, medium or high"));
      case "logprobs" -> logprobs = in.flag();
      case "top_logprobs" -> alternatives = (int) Math.min(in.whole(0), MOST_ALTERNATIVES);
      case "n" -> choices();
      case "response_format" -> format();
      case "stream" -> draft.stream = in.flag();
      case "stream_options" -> streamOptions();
      default -> pass(name);
    }
  }

  @Override
  void complete() {
    if (logprobs) {
      draft.logprobs = OptionalInt.of(alternatives);
    }
  }

  /** Servers differ in which of two caps they obey, so the larger one is reckoned with. */
  private void cap() {
    long cap = in.whole(1);
    draft.maxOutput = OptionalLong.of(Math.max(cap, draft.maxOutput.orElse(1)));
  }

  private void stop() {
    if (in.isText()) {
      draft.stop.add(in.text("a string"));
    } else {
      texts(() -> draft.stop.add(in.text("a string")));
    }
  }

  private void seed() {
    if (!in.isWhole()) {
      throw in.wrong("a whole number");
    }
    draft.seed = OptionalLong.of(in.whole(Long.MIN_VALUE));
  }

  private void effort() {
    Optional<Effort> effort = Effort.of(in.text("how hard to think, such as low or high"));
    if (effort.isEmpty()) {
      draft.unmapped.add("reasoning_effort");
    }
    draft.effort = effort;
  }

  private void user() {
    String user = in.text("a string");
    draft.endUser = draft.endUser.or(() -> Optional.of(user));
  }

  private void tier() {
    switch (in.text("the name of a service tier")) {
      case "auto" -> draft.tier = Optional.of(ServiceTier.AUTO);
      case "default" -> draft.tier = Optional.of(ServiceTier.STANDARD);
      case "flex" -> draft.tier = Optional.of(ServiceTier.FLEX);
      case "priority" -> draft.tier = Optional.of(ServiceTier.PRIORITY);
      default -> draft.unmapped.add("service_tier");
    }
  }

  private void choices() {
    draft.choices = in.whole(1);
    if (draft.choices > 1) {
      draft.unmapped.add("n");
    }
  }

  private void streamOptions() {
    in.object("an object");
    while (in.nextField()) {
      if (in.name().equals("include_usage") && !in.isNull()) {
        draft.streamUsage = in.flag();
      } else {
        pass("stream_options." + in.name());
      }
    }
  }

  private void format() {
    in.object("an object with a type");
    String type = "";
    OutputFormat schema = new OutputFormat.Schema("answer", JsonText.EMPTY_OBJECT, false);
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("text, json_object or json_schema");
        case "json_schema" -> schema = formatSchema();
        default -> pass("response_format." + in.name());
      }
    }
    switch (type) {
      case "text" -> draft.format = new OutputFormat.FreeText();
      case "json_object" -> draft.format = new OutputFormat.JsonObject();
      case "json_schema" -> draft.format = schema;
      case "" -> throw in.missing("type", "text, json_object or json_schema");
      default -> draft.unmapped.add("response_format of type " + type);
    }
  }

  private OutputFormat formatSchema() {
    in.object("an object with name and schema");
    String name = "answer";
    JsonText schema = JsonText.EMPTY_OBJECT;
    boolean strict = false;
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "name" -> name = in.text("the schema's name");
        case "schema" -> {
          in.object("a JSON schema object");
          schema = in.json();
        }
        case "strict" -> strict = in.flag();
        default -> pass("response_format.json_schema." + in.name());
      }
    }
    return new OutputFormat.Schema(name, schema, strict);
  }
}
