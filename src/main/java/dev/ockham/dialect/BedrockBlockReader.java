package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Part;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Reads one content block of a Converse request: an object whose one member is its kind. */
final class BedrockBlockReader {
  private static final String ONE = "one block per object: text, image, toolUse or another kind";

  private final JsonReader in;
  private final RequestDraft draft;
  private final BedrockMessageReader messages;
  private final int start;

  BedrockBlockReader(JsonReader in, RequestDraft draft, BedrockMessageReader messages) {
    this.in = in;
    this.draft = draft;
    this.messages = messages;
    this.start = in.offset();
  }

  /** Reads the block stood on. */
  Part read() {
    String kind = "";
    Optional<Part> known = Optional.empty();
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      if (!kind.isEmpty()) {
        throw in.wrong(ONE);
      }
      kind = in.name();
      known = known(kind);
    }
    if (kind.isEmpty()) {
      throw in.empty(ONE);
    }
    String read = kind;
    return known.orElseGet(() -> new Part.Unknown(read, in.json(start)));
  }

  /** Reads the member stood on; empty where it has no neutral form. */
  private Optional<Part> known(String kind) {
    return switch (kind) {
      case "text" -> Optional.of(new Part.Text(in.text("a string")));
      case "json" -> Optional.of(new Part.Text(in.json().value()));
      case "image" -> image();
      case "document" -> document();
      case "audio" -> audio();
      case "toolUse" -> toolUse();
      case "toolResult" -> toolResult();
      case "reasoningContent" -> reasoning();
      case "cachePoint" -> Optional.of(new Part.CacheMark(BedrockMessageReader.cachePoint(in)));
      case "guardContent" -> guarded();
      case "citationsContent" -> cited();
      default -> {
        in.skip();
        yield Optional.empty();
      }
    };
  }

  /** A file's format, name and source, as pictures, documents and sounds have them. */
  private final class File {
    private String format = "";
    private String name = "";
    private Optional<Part.Source> source = Optional.empty();

    private interface Media {
      String of(String format);
    }

    File(String kind, Media media) {
      in.object("an object with a format and a source");
      Optional<String> bytes = Optional.empty();
      while (in.nextField()) {
        if (in.isNull()) {
          continue;
        }
        switch (in.name()) {
          case "format" -> format = in.text("a format");
          case "name" -> name = in.text("a name");
          case "source" -> bytes = source(bytes);
          default -> draft.pass(in, "messages[].content[]." + kind + "." + in.name());
        }
      }
      if (bytes.isPresent()) {
        source = Optional.of(new Part.Source.Inline(media.of(format), bytes.get()));
      }
    }

    /** Gives the bytes, whose media type may not be known yet; everything else is noted. */
    private Optional<String> source(Optional<String> bytes) {
      in.object("an object with bytes, text or a place");
      Optional<String> found = bytes;
      while (in.nextField()) {
        switch (in.name()) {
          case "bytes" -> found = Optional.of(in.text("bytes in base64"));
          case "text" -> source = Optional.of(plain(in.text("a string")));
          case "content" -> source = Optional.of(plain(texts()));
          case "s3Location" -> kept();
          default -> in.skip();
        }
      }
      return found;
    }

    private void kept() {
      in.object("an object with a uri");
      while (in.nextField()) {
        if (in.name().equals("uri")) {
          source =
              Optional.of(new Part.Source.Kept(Dialect.BEDROCK_CONVERSE, in.text("an address")));
        } else {
          in.skip();
        }
      }
    }
  }

  private Optional<Part> image() {
    return new File("image", BedrockMedia::ofImage).source.map(Part.Image::new);
  }

  private Optional<Part> document() {
    var file = new File("document", BedrockMedia::ofDocument);
    return file.source.map(source -> new Part.Document(source, file.name));
  }

  private Optional<Part> audio() {
    return new File("audio", BedrockMedia::ofSound).source.map(Part.Audio::new);
  }

  private static Part.Source plain(String text) {
    return new Part.Source.Inline(
        "text/plain", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The texts of an array of objects that have one each, joined by line ends. */
  private String texts() {
    in.array("an array of objects with a text");
    var joined = new StringJoiner("\n");
    while (in.nextElement()) {
      in.object("an object with a text");
      while (in.nextField()) {
        if (in.name().equals("text")) {
          joined.add(in.text("a string"));
        } else {
          in.skip();
        }
      }
    }
    return joined.toString();
  }

  private Optional<Part> toolUse() {
    in.object("an object with a toolUseId, a name and an input");
    String id = "";
    String name = "";
    JsonText input = JsonText.EMPTY_OBJECT;
    boolean ofProvider = false;
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "toolUseId" -> id = in.text("the id of a tool call");
        case "name" -> name = in.text("the tool's name");
        case "input" -> input = in.json();
        case "type" -> ofProvider = !in.text("a type").isEmpty();
        default -> draft.pass(in, "messages[].content[].toolUse." + in.name());
      }
    }
    return ofProvider ? Optional.empty() : Optional.of(new Part.ToolCall(id, name, input));
  }

  private Optional<Part> toolResult() {
    in.object("an object with a toolUseId and content");
    String id = "";
    boolean error = false;
    boolean ofProvider = false;
    List<Part> content = List.of();
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "toolUseId" -> id = in.text("the id of a tool call");
        case "content" -> content = messages.content();
        case "status" -> error = in.text("success or error").equals("error");
        case "type" -> ofProvider = !in.text("a type").isEmpty();
        default -> draft.pass(in, "messages[].content[].toolResult." + in.name());
      }
    }
    return ofProvider ? Optional.empty() : Optional.of(new Part.ToolResult(id, content, error));
  }

  private Optional<Part> reasoning() {
    in.object("an object with reasoningText or redactedContent");
    Optional<Part> read = Optional.empty();
    while (in.nextField()) {
      if (in.isNull()) {
        continue;
      }
      switch (in.name()) {
        case "reasoningText" -> read = Optional.of(reasoningText());
        case "redactedContent" -> {
          String data = in.text("bytes in base64");
          var state =
              SignedThought.brought(data, SignedThought.redacted(Dialect.BEDROCK_CONVERSE, data));
          read = Optional.of(new Part.Reasoning("", state));
        }
        default -> draft.pass(in, "messages[].content[].reasoningContent." + in.name());
      }
    }
    return read;
  }

  private Part reasoningText() {
    in.object("an object with a text");
    String text = "";
    String signature = "";
    while (in.nextField()) {
      switch (in.name()) {
        case "text" -> text = in.text("a string");
        case "signature" -> signature = in.isNull() ? "" : in.text("a string");
        default -> draft.pass(in, "messages[].content[].reasoningContent." + in.name());
      }
    }
    // the text stands beside it, so the state need not hold it
    var own = SignedThought.signed(Dialect.BEDROCK_CONVERSE, "", signature);
    return new Part.Reasoning(text, SignedThought.brought(signature, own));
  }

  /** What a guardrail of this dialect looks at is content like any other to everybody else. */
  private Optional<Part> guarded() {
    in.object("an object with a text or an image");
    draft.unmapped.add("messages[].content[].guardContent");
    Optional<Part> read = Optional.empty();
    while (in.nextField()) {
      switch (in.name()) {
        case "text" -> read = Optional.of(new Part.Text(guardedText()));
        case "image" -> read = image();
        default -> in.skip();
      }
    }
    return read;
  }

  private String guardedText() {
    in.object("an object with a text");
    String text = "";
    while (in.nextField()) {
      if (in.name().equals("text")) {
        text = in.text("a string");
      } else {
        in.skip();
      }
    }
    return text;
  }

  private Optional<Part> cited() {
    in.object("an object with content");
    String text = "";
    while (in.nextField()) {
      if (in.name().equals("content") && in.isArray()) {
        text = texts();
      } else {
        draft.pass(in, "messages[].content[].citationsContent." + in.name());
      }
    }
    return Optional.of(new Part.Text(text));
  }
}
