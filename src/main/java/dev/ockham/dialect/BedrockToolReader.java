package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.Optional;

/** Reads the tools of a Converse request. */
final class BedrockToolReader {
  private final JsonReader in;
  private final RequestDraft draft;

  BedrockToolReader(JsonReader in, RequestDraft draft) {
    this.in = in;
    this.draft = draft;
  }

  /** Reads the {@code toolConfig} stood on. */
  void read() {
    in.object("an object with tools");
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "tools" -> tools();
        case "toolChoice" -> choice();
        default -> draft.pass(in, "toolConfig." + in.name());
      }
    }
  }

  private void tools() {
    in.array("an array of tools");
    while (in.nextElement()) {
      in.object("a tool object");
      while (in.nextField()) {
        if (in.isNull()) {
          continue;
        }
        switch (in.name()) {
          case "toolSpec" -> tool();
          case "cachePoint" -> mark(BedrockMessageReader.cachePoint(in));
          default -> {
            draft.unmapped.add("tools[] of type " + in.name());
            in.skip();
          }
        }
      }
    }
  }

  /** The mark stands after the tool that it is on. */
  private void mark(CacheLifetime lifetime) {
    if (!draft.tools.isEmpty()) {
      Tool last = draft.tools.removeLast();
      draft.tools.add(
          new Tool(
              last.name(),
              last.description(),
              last.schema(),
              last.strict(),
              last.kind(),
              Optional.of(lifetime)));
    }
  }

  private void tool() {
    in.object("an object with a name and an inputSchema");
    String name = "";
    String description = "";
    JsonText schema = JsonText.EMPTY_OBJECT;
    boolean strict = false;
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "name" -> name = in.text("the tool's name");
        case "description" -> description = in.text("a string");
        case "inputSchema" -> schema = schema();
        case "strict" -> strict = in.flag();
        default -> draft.pass(in, "toolConfig.tools[].toolSpec." + in.name());
      }
    }
    if (name.isEmpty()) {
      throw in.missing("name", "the tool's name");
    }
    draft.tools.add(Tool.function(name, description, schema, strict));
  }

  private JsonText schema() {
    in.object("an object with a JSON schema in json");
    JsonText schema = JsonText.EMPTY_OBJECT;
    while (in.nextField()) {
      if (in.name().equals("json")) {
        in.object("a JSON schema object");
        schema = in.json();
      } else {
        draft.pass(in, "toolConfig.tools[].toolSpec.inputSchema." + in.name());
      }
    }
    return schema;
  }

  private void choice() {
    in.object("an object with auto, any or tool");
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "auto" -> choose(new ToolChoice.Auto());
        case "any" -> choose(new ToolChoice.Required());
        case "tool" -> choose(new ToolChoice.Named(named()));
        default -> throw in.unknown(in.name(), "auto, any or tool");
      }
    }
  }

  private void choose(ToolChoice choice) {
    draft.choice = choice;
    in.skip();
  }

  private String named() {
    in.object("an object with the tool's name");
    String name = "";
    while (in.nextField()) {
      if (in.name().equals("name")) {
        name = in.text("the tool's name");
      } else {
        in.skip();
      }
    }
    if (name.isEmpty()) {
      throw in.missing("name", "the tool's name");
    }
    return name;
  }
}
