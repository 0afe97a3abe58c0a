package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads a Chat Completions request. */
final class OpenAiRequestReader extends RequestReader {
  private final OpenAiMessageReader messages = new OpenAiMessageReader(in, draft);

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
      case "tools" -> tools();
      case "tool_choice" -> toolChoice();
      case "parallel_tool_calls" -> draft.parallel = in.flag();
      case "max_completion_tokens" -> cap();
      case "max_tokens" -> cap();
      case "stop" -> stop();
      case "temperature" -> draft.temperature = OptionalDouble.of(in.number());
      case "top_p" -> draft.topP = OptionalDouble.of(in.number());
      case "seed" -> seed();
      case "n" -> choices();
      case "response_format" -> format();
      case "stream" -> draft.stream = in.flag();
      case "stream_options" -> streamOptions();
      default -> pass(name);
    }
  }

  @Override
  void complete() {
    // Nothing depends on two fields at once.
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

  private void tools() {
    in.array("an array of tools");
    while (in.nextElement()) {
      in.object("a tool object");
      tool();
    }
  }

  private void tool() {
    String type = "";
    var function = new FunctionTool();
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("function");
        case "function" -> function.read();
        default -> pass("tools[]." + in.name());
      }
    }
    if (type.equals("function") || (type.isEmpty() && !function.name.isEmpty())) {
      if (function.name.isEmpty()) {
        throw in.missing("function.name", "the tool's name");
      }
      draft.tools.add(
          Tool.function(function.name, function.description, function.schema, function.strict));
    } else {
      draft.unmapped.add("tools[] of type " + type);
    }
  }

  /** The {@code function} of a tool, its fields in any order. */
  private final class FunctionTool {
    private String name = "";
    private String description = "";
    private JsonText schema = JsonText.EMPTY_OBJECT;
    private boolean strict;

    void read() {
      in.object("an object with a name");
      while (in.nextField()) {
        if (in.isNull()) {
          continue;
        }
        switch (in.name()) {
          case "name" -> name = in.text("the tool's name");
          case "description" -> description = in.text("a string");
          case "parameters" -> schema = schema();
          case "strict" -> strict = in.flag();
          default -> pass("tools[].function." + in.name());
        }
      }
    }
  }

  private JsonText schema() {
    in.object("a JSON schema object");
    return in.json();
  }

  private void toolChoice() {
    if (in.isText()) {
      String word = in.text("a string");
      draft.choice =
          switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> throw in.unknown(word, "none, auto, required or an object naming a tool");
          };
      return;
    }
    in.object("none, auto, required or an object naming a tool");
    String type = "function";
    String name = "";
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("function");
        case "function" -> name = named();
        default -> in.skip();
      }
    }
    if (type.equals("function")) {
      draft.choice = new ToolChoice.Named(name);
    } else {
      draft.unmapped.add("tool_choice of type " + type);
    }
  }

  private String named() {
    in.object("an object with a name");
    String name = "";
    while (in.nextField()) {
      if (in.name().equals("name")) {
        name = in.text("the tool's name");
      } else {
        in.skip();
      }
    }
    return name;
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
        case "schema" -> schema = schema();
        case "strict" -> strict = in.flag();
        default -> pass("response_format.json_schema." + in.name());
      }
    }
    return new OutputFormat.Schema(name, schema, strict);
  }
}
