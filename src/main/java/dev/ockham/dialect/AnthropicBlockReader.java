package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one content block of a Messages request, its fields in any order. */
final class AnthropicBlockReader {
  private static final String TYPES = "text, image, tool_use, tool_result or another type";

  /** The types read strictly; a type that has not come yet is empty. */
  private static final Set<String> KNOWN =
      Set.of(
          "",
          "text",
          "image",
          "document",
          "tool_use",
          "tool_result",
          "tool_reference",
          "thinking",
          "redacted_thinking");

  private final JsonReader in;
  private final RequestDraft draft;
  private final AnthropicMessageReader messages;
  private final int start;
  private String type = "";
  private String text = "";
  private String id = "";
  private String name = "";
  private String state = "";
  private JsonText input = JsonText.EMPTY_OBJECT;
  private List<Part> content = List.of();
  private boolean error;
  private Optional<Part.Source> source = Optional.empty();
  private Optional<CacheLifetime> mark = Optional.empty();

  AnthropicBlockReader(JsonReader in, RequestDraft draft, AnthropicMessageReader messages) {
    this.in = in;
    this.draft = draft;
    this.messages = messages;
    this.start = in.offset();
  }

  /** Reads the block stood on, and the mark it may bear. */
  void read(List<Part> into) {
    while (in.nextField()) {
      if (in.name().equals("cache_control")) {
        mark = cacheControl(in);
      } else if (!KNOWN.contains(type)) {
        in.skip();
      } else {
        field(in.name());
      }
    }
    into.add(part());
    mark.ifPresent(lifetime -> into.add(new Part.CacheMark(lifetime)));
  }

  /** Reads the {@code cache_control} stood on. */
  static Optional<CacheLifetime> cacheControl(JsonReader in) {
    if (in.isNull()) {
      return Optional.empty();
    }
    in.object("an object with a type");
    var lifetime = CacheLifetime.FIVE_MINUTES;
    while (in.nextField()) {
      if (in.name().equals("ttl") && in.isText() && in.text("5m or 1h").equals("1h")) {
        lifetime = CacheLifetime.HOUR;
      } else {
        in.skip();
      }
    }
    return Optional.of(lifetime);
  }

  private void field(String field) {
    switch (field) {
      case "type" -> type = in.text("the block's type");
      case "text", "thinking" -> text = in.text("a string");
      case "id", "tool_use_id" -> id = in.text("the id of a tool call");
      case "name" -> name = textOrNothing("the tool's name");
      case "title", "tool_name" -> name = in.textOrEmpty();
      case "input" -> input = in.json();
      case "content" -> content = messages.content();
      case "is_error" -> error = !in.isNull() && in.flag();
      case "signature", "data" -> state = textOrNothing("a string");
      case "source" -> source();
      default -> draft.pass(in, "messages[].content[]." + field);
    }
  }

  private Part part() {
    return switch (type) {
      case "text" -> new Part.Text(text);
      case "image" -> source.<Part>map(Part.Image::new).orElseGet(this::unknown);
      case "document" ->
          source.<Part>map(read -> new Part.Document(read, name)).orElseGet(this::unknown);
      case "tool_use" -> new Part.ToolCall(id, name, input);
      case "tool_result" -> new Part.ToolResult(id, content, error);
      case "tool_reference" -> new Part.Text("The tool " + name + " is there.");
      case "thinking" -> new Part.Reasoning(text, signed());
      case "redacted_thinking" -> new Part.Reasoning("", redacted());
      case "" -> throw in.missing("type", TYPES);
      default -> unknown();
    };
  }

  /** The text stands beside it, so the state need not hold it. */
  private Optional<ReasoningState> signed() {
    return SignedThought.brought(
        state, SignedThought.signed(Dialect.ANTHROPIC_MESSAGES, "", state));
  }

  private Optional<ReasoningState> redacted() {
    return SignedThought.brought(state, SignedThought.redacted(Dialect.ANTHROPIC_MESSAGES, state));
  }

  private Part unknown() {
    return new Part.Unknown(type, in.json(start));
  }

  private String textOrNothing(String expected) {
    return in.isNull() ? "" : in.text(expected);
  }

  /** What a {@code source} says, its fields in any order. */
  private void source() {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    String kind = "";
    String media = "";
    String data = "";
    String where = "";
    Optional<String> written = Optional.empty();
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> kind = in.textOrEmpty();
        case "media_type" -> media = in.textOrEmpty();
        case "data" -> data = in.textOrEmpty();
        case "url", "file_id" -> where = in.textOrEmpty();
        case "content" -> written = written();
        default -> in.skip();
      }
    }
    source =
        switch (kind) {
          case "base64" -> Optional.of(new Part.Source.Inline(media, data));
          case "text" -> Optional.of(plain(data));
          case "content" -> written.map(AnthropicBlockReader::plain);
          case "url" -> Optional.of(new Part.Source.Address(where));
          case "file" -> Optional.of(new Part.Source.Kept(Dialect.ANTHROPIC_MESSAGES, where));
          default -> Optional.empty();
        };
  }

  /** The text of a document that is given in blocks; empty where they are more than text. */
  private Optional<String> written() {
    List<Part> blocks = messages.content();
    if (!blocks.stream().allMatch(block -> block instanceof Part.Text)) {
      return Optional.empty();
    }
    return Optional.of(
        blocks.stream().map(block -> ((Part.Text) block).text()).collect(Collectors.joining("\n")));
  }

  private static Part.Source plain(String text) {
    return new Part.Source.Inline(
        "text/plain", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }
}
