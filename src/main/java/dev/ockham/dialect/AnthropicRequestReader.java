package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads a Messages request. */
final class AnthropicRequestReader extends RequestReader {
  private final AnthropicMessageReader messages = new AnthropicMessageReader(in, draft);
  private Optional<CacheLifetime> mark = Optional.empty();
  private boolean thinkingOff;

  /** Whether an answer is asked for, which needs a cap. */
  private final boolean answered;

  private AnthropicRequestReader(JsonReader in, boolean answered) {
    super(in);
    this.answered = answered;
    draft.streamUsage = true;
  }

  static DecodeOutcome read(byte[] body) {
    return read(body, Dialect.ANTHROPIC_MESSAGES, in -> new AnthropicRequestReader(in, true));
  }

  /** Reads a body whose input is to be counted. */
  static DecodeOutcome readCount(byte[] body) {
    return read(body, Dialect.ANTHROPIC_MESSAGES, in -> new AnthropicRequestReader(in, false));
  }

  @Override
  void field(String name) {
    switch (name) {
      case "model" -> model();
      case "messages" -> messages(messages::read);
      case "system" -> draft.system.add(new Message(Role.SYSTEM, messages.content()));
      case "max_tokens" -> draft.maxOutput = OptionalLong.of(in.whole(1));
      case "tools" -> tools();
      case "tool_choice" -> toolChoice();
      case "stop_sequences" -> texts(() -> draft.stop.add(in.text("a string")));
      case "temperature" -> draft.temperature = OptionalDouble.of(in.number());
      case "top_p" -> draft.topP = OptionalDouble.of(in.number());
      case "top_k" -> draft.topK = OptionalLong.of(in.whole(0));
      case "stream" -> draft.stream = in.flag();
      case "thinking" -> thinking();
      case "output_config" -> outputConfig();
      case "metadata" -> metadata();
      case "service_tier" -> serviceTier();
      case "cache_control" -> mark = AnthropicBlockReader.cacheControl(in);
      default -> pass(name);
    }
  }

  @Override
  void complete() {
    if (answered && draft.maxOutput.isEmpty()) {
      throw in.missing("max_tokens", "a whole number of tokens, at least 1");
    }
    if (thinkingOff) {
      draft.effort = Optional.of(Effort.NONE);
    }
    mark.ifPresent(this::markLast);
  }

  /** The mark on the whole request stands for one after the last block. */
  private void markLast(CacheLifetime lifetime) {
    Message last = draft.messages.removeLast();
    var parts = new ArrayList<>(last.parts());
    parts.add(new Part.CacheMark(lifetime));
    draft.messages.add(new Message(last.role(), parts));
  }

  private void thinking() {
    in.object("an object with a type");
    String type = "";
    String display = "";
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("enabled, adaptive, between_tools or disabled");
        case "budget_tokens" -> draft.thinkingBudget = OptionalLong.of(in.whole(1));
        case "display" -> display = in.isNull() ? "" : in.text("summarized or omitted");
        default -> pass("thinking." + in.name());
      }
    }
    switch (type) {
      case "disabled" -> thinkingOff = true;
      case "enabled", "adaptive", "between_tools" ->
          draft.thinkingShown = Optional.of(!display.equals("omitted"));
      default -> draft.unmapped.add("thinking of type " + type);
    }
    if (type.equals("between_tools")) {
      draft.unmapped.add("thinking of type between_tools");
    }
  }

  private void metadata() {
    in.object("an object");
    while (in.nextField()) {
      if (in.name().equals("user_id") && in.isText()) {
        draft.endUser = Optional.of(in.text("a string"));
      } else {
        pass("metadata." + in.name());
      }
    }
  }

  private void serviceTier() {
    String tier = in.text("auto or standard_only");
    switch (tier) {
      case "auto" -> draft.tier = Optional.of(ServiceTier.AUTO);
      case "standard_only" -> draft.tier = Optional.of(ServiceTier.STANDARD);
      default -> draft.unmapped.add("service_tier");
    }
  }

  private void outputConfig() {
    in.object("an object");
    while (in.nextField()) {
      switch (in.name()) {
        case "format" -> {
          if (!in.isNull()) {
            format();
          }
        }
        case "effort" -> {
          if (!in.isNull()) {
            effort();
          }
        }
        default -> pass("output_config." + in.name());
      }
    }
  }

  private void effort() {
    String word = in.text("low, medium, high, xhigh or max");
    Optional<Effort> effort = Effort.of(word);
    if (effort.isEmpty()) {
      draft.unmapped.add("output_config.effort");
    }
    draft.effort = effort;
  }

  private void format() {
    in.object("an object with a type");
    String type = "";
    JsonText schema = JsonText.EMPTY_OBJECT;
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("json_schema");
        case "schema" -> schema = schema();
        default -> pass("output_config.format." + in.name());
      }
    }
    if (type.equals("json_schema")) {
      draft.format = new OutputFormat.Schema("answer", schema, true);
    } else {
      draft.unmapped.add("output_config.format of type " + type);
    }
  }

  private JsonText schema() {
    in.object("a JSON schema object");
    return in.json();
  }

  private void tools() {
    in.array("an array of tools");
    while (in.nextElement()) {
      in.object("a tool object");
      tool();
    }
  }

  private void tool() {
    String type = "custom";
    String name = "";
    String description = "";
    JsonText schema = JsonText.EMPTY_OBJECT;
    boolean strict = false;
    Optional<CacheLifetime> cached = Optional.empty();
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "type" -> type = in.text("custom, or a type of hosted tool");
        case "name" -> name = in.text("the tool's name");
        case "description" -> description = in.text("a string");
        case "input_schema" -> schema = schema();
        case "strict" -> strict = in.flag();
        case "cache_control" -> cached = AnthropicBlockReader.cacheControl(in);
        default -> pass("tools[]." + in.name());
      }
    }
    if (!type.equals("custom")) {
      draft.unmapped.add("tools[] of type " + type);
    } else if (name.isEmpty()) {
      throw in.missing("name", "the tool's name");
    } else {
      var kind = new Tool.Kind.Function();
      draft.tools.add(new Tool(name, description, schema, strict, kind, cached));
    }
  }

  private void toolChoice() {
    in.object("an object with a type");
    String type = "";
    String name = "";
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("auto, any, tool or none");
        case "name" -> name = in.text("the tool's name");
        case "disable_parallel_tool_use" -> draft.parallel = in.isNull() || !in.flag();
        default -> pass("tool_choice." + in.name());
      }
    }
    draft.choice =
        switch (type) {
          case "auto" -> new ToolChoice.Auto();
          case "any" -> new ToolChoice.Required();
          case "tool" -> new ToolChoice.Named(name);
          case "none" -> new ToolChoice.None();
          default -> throw in.unknown(type, "a type: auto, any, tool or none");
        };
  }
}
