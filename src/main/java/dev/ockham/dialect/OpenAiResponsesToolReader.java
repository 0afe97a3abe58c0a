package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the tools of a Responses request, and which of them must be called. */
final class OpenAiResponsesToolReader {
  /**
   * Tools that the provider runs or looks up, and that agents offer whether they are needed or not:
   * without them the model answers from what it knows.
   */
  static final Set<String> DISPENSABLE =
      Set.of(
          "web_search",
          "web_search_2025_08_26",
          "web_search_preview",
          "web_search_preview_2025_03_11",
          "tool_search");

  private static final JsonText ONE_TEXT =
      new JsonText(
          """
          {"type":"object","properties":{"input":{"type":"string"}},"required":["input"],\
          "additionalProperties":false}\
          """);

  private static final String CHOICES = "none, auto, required or an object naming a tool";

  private final JsonReader in;
  private final RequestDraft draft;

  /** Names that may be called, where the client narrowed its own list. */
  private Optional<Set<String>> allowed = Optional.empty();

  OpenAiResponsesToolReader(JsonReader in, RequestDraft draft) {
    this.in = in;
    this.draft = draft;
  }

  /** The one name of a tool that the client calls by two; plain where there is no namespace. */
  static String joined(String namespace, String name) {
    return namespace.isEmpty() ? name : Names.bounded(namespace + "__" + name);
  }

  void tools() {
    in.array("an array of tools");
    while (in.nextElement()) {
      in.object("a tool object");
      tool("");
    }
  }

  private void tool(String namespace) {
    String type = in.ahead("type");
    switch (type) {
      case "function", "custom" -> new Definition(namespace, type.equals("custom")).read();
      case "namespace" -> {
        if (namespace.isEmpty()) {
          namespace();
        } else {
          in.skip();
          draft.unmapped.add("tools[] of type namespace in a namespace");
        }
      }
      case "" -> throw in.missing("type", "function, custom, namespace or a hosted tool's type");
      default -> {
        in.skip();
        draft.unmapped.add(
            DISPENSABLE.contains(type) ? "tools[] " + type : "tools[] of type " + type);
      }
    }
  }

  private void namespace() {
    // The name is needed before the tools that may stand before it.
    String name = in.ahead("name");
    if (name.isEmpty()) {
      throw in.missing("name", "the namespace's name");
    }
    while (in.nextField()) {
      switch (in.name()) {
        case "type", "name" -> in.skip();
        case "tools" -> {
          in.array("an array of tools");
          while (in.nextElement()) {
            in.object("a tool object");
            tool(name);
          }
        }
        default -> draft.pass(in, "tools[]." + in.name() + " of a namespace");
      }
    }
  }

  /** A tool that the client runs, its fields in any order. */
  private final class Definition {
    private final String namespace;
    private final boolean freeform;
    private String name = "";
    private String description = "";
    private JsonText schema = JsonText.EMPTY_OBJECT;
    private boolean strict;
    private String grammar = "";

    Definition(String namespace, boolean freeform) {
      this.namespace = namespace;
      this.freeform = freeform;
    }

    void read() {
      while (in.nextField()) {
        if (!in.isNull()) {
          field();
        }
      }
      if (name.isEmpty()) {
        throw in.missing("name", "the tool's name");
      }
      draft.tools.add(
          new Tool(
              joined(namespace, name),
              described(),
              freeform ? ONE_TEXT : schema,
              strict,
              kind(),
              Optional.empty()));
    }

    private void field() {
      switch (in.name()) {
        case "type" -> in.skip();
        case "name" -> name = in.text("the tool's name");
        case "description" -> description = in.text("a string");
        case "parameters" -> {
          in.object("a JSON schema object");
          schema = in.json();
        }
        case "strict" -> strict = in.flag();
        case "format" -> format();
        default -> draft.pass(in, "tools[]." + in.name());
      }
    }

    private void format() {
      in.object("an object with a type");
      String type = "";
      String syntax = "";
      String definition = "";
      while (in.nextField()) {
        switch (in.name()) {
          case "type" -> type = in.textOrEmpty();
          case "syntax" -> syntax = in.textOrEmpty();
          case "definition" -> definition = in.textOrEmpty();
          default -> draft.pass(in, "tools[].format." + in.name());
        }
      }
      if (!type.equals("text")) {
        draft.unmapped.add("tools[].format");
        grammar = "The input must match this " + syntax + " grammar:\n" + definition;
      }
    }

    private String described() {
      return description.isEmpty() || grammar.isEmpty()
          ? description + grammar
          : description + "\n\n" + grammar;
    }

    private Tool.Kind kind() {
      if (!namespace.isEmpty()) {
        return new Tool.Kind.Namespaced(namespace, name, freeform);
      }
      return freeform ? new Tool.Kind.Freeform() : new Tool.Kind.Function();
    }
  }

  void choice() {
    if (in.isText()) {
      draft.choice = word(in.text("a string"));
      return;
    }
    in.object(CHOICES);
    String type = "";
    String name = "";
    String mode = "auto";
    var names = new HashSet<String>();
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.text("function, custom, allowed_tools or a hosted tool's type");
        case "name" -> name = in.text("the tool's name");
        case "mode" -> mode = in.text("auto or required");
        case "tools" -> allowedNames(names);
        default -> draft.pass(in, "tool_choice." + in.name());
      }
    }
    switch (type) {
      case "function", "custom" -> draft.choice = new ToolChoice.Named(name);
      case "allowed_tools" -> {
        draft.choice = word(mode);
        allowed = Optional.of(names);
      }
      case "" -> throw in.missing("type", "function, custom or allowed_tools");
      default -> draft.unmapped.add("tool_choice of type " + type);
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

  private void allowedNames(Set<String> names) {
    in.array("an array of tools");
    while (in.nextElement()) {
      in.object("an object naming a tool");
      while (in.nextField()) {
        if (in.name().equals("name")) {
          names.add(in.text("the tool's name"));
        } else {
          in.skip();
        }
      }
    }
  }

  /** Finds what the choice names among the tools, which may have come after it. */
  void complete() {
    allowed.ifPresent(names -> draft.tools.removeIf(tool -> !isNamed(tool, names)));
    if (draft.choice instanceof ToolChoice.Named(String name)) {
      List<Tool> meant = draft.tools.stream().filter(t -> isNamed(t, Set.of(name))).toList();
      if (!meant.isEmpty()) {
        draft.choice = new ToolChoice.Named(meant.getFirst().name());
      }
    }
  }

  private static boolean isNamed(Tool tool, Set<String> names) {
    if (names.contains(tool.name())) {
      return true;
    }
    return tool.kind() instanceof Tool.Kind.Namespaced(var namespace, var local, var _)
        && (names.contains(local) || names.contains(namespace));
  }
}
