package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.chat.ServiceTier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads a Responses request. */
final class OpenAiResponsesRequestReader extends RequestReader {
  private static final String LOGPROBS = "message.output_text.logprobs";
  private static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";

  private final OpenAiResponsesToolReader tools = new OpenAiResponsesToolReader(in, draft);
  private final OpenAiResponsesItemReader items = new OpenAiResponsesItemReader(in, draft, tools);
  private boolean includesLogprobs;
  private int topLogprobs;

  /** Whether the client waits for Chat Completions, whose streams only tell usage when asked to. */
  private final boolean atChat;

  private OpenAiResponsesRequestReader(JsonReader in, boolean atChat) {
    super(in);
    this.atChat = atChat;
    draft.streamUsage = !atChat;
  }

  static DecodeOutcome read(byte[] body) {
    return read(body, Dialect.OPENAI_RESPONSES, in -> new OpenAiResponsesRequestReader(in, false));
  }

  /** Reads what some editors post where Chat Completions belong. */
  static DecodeOutcome readAtChat(byte[] body) {
    return read(body, Dialect.OPENAI_RESPONSES, in -> new OpenAiResponsesRequestReader(in, true));
  }

  @Override
  String conversation() {
    return "input";
  }

  @Override
  void field(String name) {
    switch (name) {
      case "model" -> model();
      case "input" -> items.input();
      case "instructions" -> instructions();
      case "tools" -> tools.tools();
      case "tool_choice" -> tools.choice();
      case "parallel_tool_calls" -> draft.parallel = in.flag();
      case "max_output_tokens" -> draft.maxOutput = OptionalLong.of(in.whole(1));
      case "temperature" -> draft.temperature = OptionalDouble.of(in.number());
      case "top_p" -> draft.topP = OptionalDouble.of(in.number());
      case "text" -> text();
      case "reasoning" -> reasoning();
      case "service_tier" -> tier();
      case "prompt_cache_key" -> draft.cacheKey = Optional.of(in.text("a string"));
      case "safety_identifier" -> draft.endUser = Optional.of(in.text("a string"));
      case "user" -> user();
      case "include" -> texts(this::include);
      case "top_logprobs" -> topLogprobs = (int) Math.min(in.whole(0), Integer.MAX_VALUE);
      case "stream" -> draft.stream = in.flag();
      case "stream_options" -> streamOptions();
      case "truncation" -> truncation();
      case "previous_response_id", "conversation", "prompt" -> kept(name);
      default -> pass(name);
    }
  }

  /** What the provider keeps may be the whole conversation. */
  private void kept(String name) {
    draft.hasMessages = true;
    pass(name);
  }

  @Override
  void complete() {
    tools.complete();
    if (includesLogprobs) {
      draft.logprobs = OptionalInt.of(topLogprobs);
    }
  }

  private void instructions() {
    draft.system.add(
        new Message(Role.SYSTEM, List.of(new Part.Text(in.text("a string of instructions")))));
  }

  private void user() {
    String user = in.text("a string");
    draft.endUser = draft.endUser.or(() -> Optional.of(user));
  }

  private void include() {
    String what = in.text("a string");
    switch (what) {
      case ENCRYPTED_REASONING -> {}
      case LOGPROBS -> includesLogprobs = true;
      default -> draft.unmapped.add("include");
    }
  }

  private void streamOptions() {
    in.object("an object");
    while (in.nextField()) {
      if (atChat && in.name().equals("include_usage") && !in.isNull()) {
        draft.streamUsage = in.flag();
      } else {
        pass("stream_options." + in.name());
      }
    }
  }

  private void truncation() {
    if (!in.text("auto or disabled").equals("disabled")) {
      draft.unmapped.add("truncation");
    }
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

  private void reasoning() {
    in.object("an object with effort and summary");
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "effort" -> effort(in.text("how hard to think"));
        case "summary", "generate_summary" ->
            draft.thinkingShown = Optional.of(!in.text("auto, concise or detailed").equals("none"));
        default -> pass("reasoning." + in.name());
      }
    }
  }

  /** Words this version does not know pass to the provider that may. */
  private void effort(String word) {
    for (Effort effort : Effort.values()) {
      if (effort.name().toLowerCase(Locale.ROOT).equals(word)) {
        draft.effort = Optional.of(effort);
        return;
      }
    }
    draft.unmapped.add("reasoning.effort");
  }

  private void text() {
    in.object("an object with format and verbosity");
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "format" -> format();
        case "verbosity" -> draft.verbosity = Optional.of(in.text("low, medium or high"));
        default -> pass("text." + in.name());
      }
    }
  }

  private void format() {
    in.object("an object with a type");
    String type = "";
    String name = "answer";
    JsonText schema = JsonText.EMPTY_OBJECT;
    boolean strict = false;
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "type" -> type = in.text("text, json_object or json_schema");
        case "name" -> name = in.text("the schema's name");
        case "schema" -> {
          in.object("a JSON schema object");
          schema = in.json();
        }
        case "strict" -> strict = in.flag();
        default -> pass("text.format." + in.name());
      }
    }
    switch (type) {
      case "text" -> draft.format = new OutputFormat.FreeText();
      case "json_object" -> draft.format = new OutputFormat.JsonObject();
      case "json_schema" -> draft.format = new OutputFormat.Schema(name, schema, strict);
      case "" -> throw in.missing("type", "text, json_object or json_schema");
      default -> draft.unmapped.add("text.format of type " + type);
    }
  }
}
