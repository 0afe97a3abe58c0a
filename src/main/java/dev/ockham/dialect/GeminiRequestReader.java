package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a generateContent request. */
final class GeminiRequestReader extends RequestReader {
  private final GeminiContentReader contents = new GeminiContentReader(in, draft);
  private final List<String> seen = new ArrayList<>();

  /** The only functions that may be called; empty where all may. */
  private final Set<String> allowed = new HashSet<>();

  /** Whether the input is to be counted; then the request may be in a field of its own. */
  private final boolean counts;

  private GeminiRequestReader(JsonReader in, boolean counts) {
    super(in);
    this.counts = counts;
    draft.streamUsage = true;
  }

  static DecodeOutcome read(PathSays path, byte[] body) {
    return read(body, Dialect.GEMINI_GENERATE, path, in -> new GeminiRequestReader(in, false));
  }

  static DecodeOutcome readCount(PathSays path, byte[] body) {
    return read(body, Dialect.GEMINI_GENERATE, path, in -> new GeminiRequestReader(in, true));
  }

  @Override
  String canonical(String name) {
    String camel = GeminiFields.camelCase(name);
    GeminiFields.once(camel, seen, in);
    return camel;
  }

  @Override
  String conversation() {
    return "contents";
  }

  @Override
  void field(String name) {
    switch (name) {
      // the address names the model
      case "model" -> in.skip();
      case "contents" -> messages(contents::read);
      case "systemInstruction" -> draft.system.add(contents.instructions());
      case "tools" -> tools();
      case "toolConfig" -> toolConfig();
      case "generationConfig" -> new GeminiSettingsReader(in, draft).read();
      case "serviceTier" -> draft.tier = tier(in.text("flex, standard or priority"));
      case "generateContentRequest" -> request(name);
      default -> pass(name);
    }
  }

  private void request(String name) {
    if (!counts) {
      pass(name);
      return;
    }
    var fields = new GeminiFields(in, "a request object");
    while (fields.next()) {
      field(fields.name());
    }
  }

  @Override
  void complete() {
    contents.end();
    if (!allowed.isEmpty()) {
      draft.tools.removeIf(tool -> !allowed.contains(tool.name()));
    }
  }

  private Optional<ServiceTier> tier(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "flex" -> Optional.of(ServiceTier.FLEX);
      case "standard" -> Optional.of(ServiceTier.STANDARD);
      case "priority" -> Optional.of(ServiceTier.PRIORITY);
      default -> Optional.empty();
    };
  }

  private void tools() {
    in.array("an array of tools");
    while (in.nextElement()) {
      var fields = new GeminiFields(in, "a tool object");
      while (fields.next()) {
        if (fields.name().equals("functionDeclarations")) {
          functions();
        } else {
          draft.unmapped.add("tools[] of type " + fields.name());
          in.skip();
        }
      }
    }
  }

  private void functions() {
    in.array("an array of function declarations");
    while (in.nextElement()) {
      function();
    }
  }

  private void function() {
    String name = "";
    String description = "";
    JsonText schema = JsonText.EMPTY_OBJECT;
    var fields = new GeminiFields(in, "a function declaration");
    while (fields.next()) {
      switch (fields.name()) {
        case "name" -> name = in.text("the function's name");
        case "description" -> description = in.text("a string");
        case "parameters" -> schema = GeminiSchema.read(in);
        case "parametersJsonSchema" -> {
          in.object("a JSON schema object");
          schema = in.json();
        }
        default -> pass("tools[].functionDeclarations[]." + fields.name());
      }
    }
    if (name.isEmpty()) {
      throw in.missing("name", "the function's name");
    }
    draft.tools.add(Tool.function(name, description, schema, false));
  }

  private void toolConfig() {
    var fields = new GeminiFields(in, "an object");
    while (fields.next()) {
      if (fields.name().equals("functionCallingConfig")) {
        functionCalling();
      } else {
        pass("toolConfig." + fields.name());
      }
    }
  }

  private void functionCalling() {
    String mode = "AUTO";
    var names = new ArrayList<String>();
    var fields = new GeminiFields(in, "an object with a mode");
    while (fields.next()) {
      switch (fields.name()) {
        case "mode" -> mode = in.text("AUTO, ANY, NONE or VALIDATED").toUpperCase(Locale.ROOT);
        case "allowedFunctionNames" -> texts(() -> names.add(in.text("a function's name")));
        default -> pass("toolConfig.functionCallingConfig." + fields.name());
      }
    }
    allowed.addAll(names);
    draft.choice =
        switch (mode) {
          case "AUTO", "MODE_UNSPECIFIED" -> new ToolChoice.Auto();
          case "NONE" -> new ToolChoice.None();
          case "ANY" ->
              names.size() == 1
                  ? new ToolChoice.Named(names.getFirst())
                  : new ToolChoice.Required();
          case "VALIDATED" -> {
            draft.unmapped.add("toolConfig.functionCallingConfig.mode VALIDATED");
            yield new ToolChoice.Auto();
          }
          default -> throw in.unknown(mode, "a mode: AUTO, ANY, NONE or VALIDATED");
        };
  }
}
