package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Role;
import dev.ockham.chat.ServiceTier;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads a Converse request; its address names the model and says whether it streams. */
final class BedrockRequestReader extends RequestReader {
  private final BedrockMessageReader messages = new BedrockMessageReader(in, draft);

  /** Whether an input is to be counted: then what would be asked is wrapped. */
  private final boolean counting;

  private BedrockRequestReader(JsonReader in, boolean counting) {
    super(in);
    this.counting = counting;
    draft.streamUsage = true;
  }

  static DecodeOutcome read(PathSays path, byte[] body) {
    return read(body, Dialect.BEDROCK_CONVERSE, path, in -> new BedrockRequestReader(in, false));
  }

  /** Reads a body whose input is to be counted. */
  static DecodeOutcome readCount(PathSays path, byte[] body) {
    return read(body, Dialect.BEDROCK_CONVERSE, path, in -> new BedrockRequestReader(in, true));
  }

  @Override
  String conversation() {
    return counting ? "input.converse.messages" : "messages";
  }

  @Override
  void field(String name) {
    if (!counting) {
      asked(name);
    } else if (name.equals("input")) {
      members(name, this::counted);
    } else {
      pass(name);
    }
  }

  private void asked(String name) {
    switch (name) {
      case "messages" -> messages(messages::read);
      case "system" -> draft.system.add(new Message(Role.SYSTEM, messages.content()));
      case "inferenceConfig" -> members(name, this::inference);
      case "toolConfig" -> new BedrockToolReader(in, draft).read();
      case "outputConfig" -> members(name, this::output);
      case "additionalModelRequestFields" -> more();
      case "serviceTier" -> members(name, this::tier);
      case "performanceConfig" -> members(name, this::performance);
      default -> pass(name);
    }
  }

  @Override
  void complete() {}

  /** Reads one member of an object; false where it is none of those known. */
  private interface Member {
    boolean read(String name);
  }

  /** Reads the members that say something of the object stood on. */
  private void members(String object, Member member) {
    in.object("an object");
    while (in.nextField()) {
      if (!in.isNull() && !member.read(in.name())) {
        pass(object + "." + in.name());
      }
    }
  }

  /** What is counted is a Converse request; the body of another kind has no neutral form. */
  private boolean counted(String name) {
    if (!name.equals("converse")) {
      return false;
    }
    in.object("a Converse request");
    while (in.nextField()) {
      if (!in.isNull()) {
        asked(in.name());
      }
    }
    return true;
  }

  private boolean inference(String name) {
    switch (name) {
      case "maxTokens" -> draft.maxOutput = OptionalLong.of(in.whole(1));
      case "temperature" -> draft.temperature = OptionalDouble.of(in.number());
      case "topP" -> draft.topP = OptionalDouble.of(in.number());
      case "stopSequences" -> texts(() -> draft.stop.add(in.text("a string")));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean output(String name) {
    switch (name) {
      case "effort" -> effort("outputConfig.effort", in.text("low, medium, high, xhigh or max"));
      case "textFormat" -> textFormat();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void effort(String path, String word) {
    Optional<Effort> effort = Effort.of(word.toLowerCase(Locale.ROOT));
    if (effort.isPresent()) {
      draft.effort = effort;
    } else {
      draft.unmapped.add(path);
    }
  }

  private void textFormat() {
    in.object("an object with a type and a structure");
    String type = "json_schema";
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("json_schema");
        case "structure" -> members("outputConfig.textFormat.structure", this::structure);
        default -> pass("outputConfig.textFormat." + in.name());
      }
    }
    if (!type.equals("json_schema")) {
      draft.unmapped.add("outputConfig.textFormat of type " + type);
    }
  }

  private boolean structure(String name) {
    if (!name.equals("jsonSchema")) {
      return false;
    }
    in.object("an object with a schema");
    String called = "answer";
    Optional<JsonText> schema = Optional.empty();
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "schema" -> schema = Optional.of(schema());
        case "name" -> called = in.text("a name");
        default -> pass("outputConfig.textFormat.structure.jsonSchema." + in.name());
      }
    }
    draft.format =
        new OutputFormat.Schema(
            called,
            schema.orElseThrow(() -> in.missing("schema", "a JSON schema in a string")),
            true);
    return true;
  }

  private JsonText schema() {
    String schema = in.text("a JSON schema in a string");
    if (!JsonReader.isObject(schema)) {
      throw in.wrong("a JSON schema in a string: one JSON object");
    }
    return new JsonText(schema);
  }

  private boolean tier(String name) {
    if (!name.equals("type")) {
      return false;
    }
    switch (in.text("default, priority, flex or reserved")) {
      case "default" -> draft.tier = Optional.of(ServiceTier.STANDARD);
      case "priority" -> draft.tier = Optional.of(ServiceTier.PRIORITY);
      case "flex" -> draft.tier = Optional.of(ServiceTier.FLEX);
      default -> draft.unmapped.add("serviceTier");
    }
    return true;
  }

  private boolean performance(String name) {
    if (!name.equals("latency")) {
      return false;
    }
    if (!in.text("standard or optimized").equals("standard")) {
      draft.unmapped.add("performanceConfig.latency");
    }
    return true;
  }

  /** Fields of the model's own dialect: those of Claude that have a neutral form are read. */
  private void more() {
    if (!in.isObject()) {
      pass("additionalModelRequestFields");
      return;
    }
    members(
        "additionalModelRequestFields",
        name -> {
          switch (name) {
            case "thinking" -> thinking();
            case "top_k", "topK" -> {
              long count = in.count();
              draft.topK = count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
            }
            case "reasoning_effort" ->
                effort("additionalModelRequestFields.reasoning_effort", in.textOrEmpty());
            default -> {
              return false;
            }
          }
          return true;
        });
  }

  private void thinking() {
    String path = "additionalModelRequestFields.thinking";
    String type = "";
    Optional<Boolean> shown = Optional.empty();
    in.object("an object with a type");
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("adaptive, enabled or disabled");
        case "budget_tokens" -> draft.thinkingBudget = OptionalLong.of(in.whole(1));
        case "display" -> shown = Optional.of(!in.textOrEmpty().equals("omitted"));
        default -> pass(path + "." + in.name());
      }
    }
    switch (type) {
      case "enabled", "adaptive" -> draft.thinkingShown = Optional.of(shown.orElse(true));
      case "disabled" -> draft.effort = Optional.of(Effort.NONE);
      default -> draft.unmapped.add(path + " of type " + type);
    }
  }
}
