package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Role;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads a Messages request. */
final class AnthropicRequestReader extends RequestReader {
  private final AnthropicMessageReader messages = new AnthropicMessageReader(in, draft);

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
      case "output_config" -> outputConfig();
      default -> pass(name);
    }
  }

  @Override
  void complete() {
    if (answered && draft.maxOutput.isEmpty()) {
      throw in.missing("max_tokens", "a whole number of tokens, at least 1");
    }
  }

  private void outputConfig() {
    in.object("an object");
    while (in.nextField()) {
      if (in.name().equals("format") && !in.isNull()) {
        format();
      } else {
        pass("output_config." + in.name());
      }
    }
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
        default -> pass("tools[]." + in.name());
      }
    }
    if (!type.equals("custom")) {
      draft.unmapped.add("tools[] of type " + type);
    } else if (name.isEmpty()) {
      throw in.missing("name", "the tool's name");
    } else {
      draft.tools.add(Tool.function(name, description, schema, strict));
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
