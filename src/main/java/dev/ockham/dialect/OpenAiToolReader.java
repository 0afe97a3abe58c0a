package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.Optional;

/** Reads the tools of a Chat Completions request, and which of them must be called. */
final class OpenAiToolReader {
  private static final String CHOICES = "none, auto, required or an object naming a tool";

  private final JsonReader in;
  private final RequestDraft draft;

  OpenAiToolReader(JsonReader in, RequestDraft draft) {
    this.in = in;
    this.draft = draft;
  }

  void read() {
    in.array("an array of tools");
    while (in.nextElement()) {
      in.object("a tool object");
      tool();
    }
  }

  private void tool() {
    String type = "";
    var told = new Definition();
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("function or custom");
        case "function", "custom" -> told.read();
        default -> draft.pass(in, "tools[]." + in.name());
      }
    }
    switch (type.isEmpty() && !told.name.isEmpty() ? "function" : type) {
      case "function" -> draft.tools.add(told.tool(told.schema, new Tool.Kind.Function()));
      case "custom" -> draft.tools.add(told.tool(Freeform.SCHEMA, new Tool.Kind.Freeform()));
      default -> draft.unmapped.add("tools[] of type " + type);
    }
  }

  /** What a tool has under its type's name, its fields in any order. */
  private final class Definition {
    private String under = "function";
    private String name = "";
    private String description = "";
    private JsonText schema = JsonText.EMPTY_OBJECT;
    private boolean strict;

    void read() {
      under = in.name();
      in.object("an object with a name");
      while (in.nextField()) {
        if (in.isNull()) {
          continue;
        }
        switch (in.name()) {
          case "name" -> name = in.text("the tool's name");
          case "description" -> description = in.text("a string");
          case "parameters" -> {
            in.object("a JSON schema object");
            schema = in.json();
          }
          case "strict" -> strict = in.flag();
          default -> draft.pass(in, "tools[]." + under + "." + in.name());
        }
      }
    }

    Tool tool(JsonText arguments, Tool.Kind kind) {
      if (name.isEmpty()) {
        throw in.missing(under + ".name", "the tool's name");
      }
      return new Tool(name, description, arguments, strict, kind, Optional.empty());
    }
  }

  void choice() {
    if (in.isText()) {
      draft.choice = word(in.text("a string"));
      return;
    }
    in.object(CHOICES);
    String type = "function";
    String name = "";
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("function or custom");
        case "function", "custom" -> name = named();
        default -> in.skip();
      }
    }
    if (type.equals("function") || type.equals("custom")) {
      draft.choice = new ToolChoice.Named(name);
    } else {
      draft.unmapped.add("tool_choice of type " + type);
    }
  }

  private ToolChoice word(String word) {
    return switch (word) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Required();
      default -> throw in.unknown(word, CHOICES);
    };
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
}
