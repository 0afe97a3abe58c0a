package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the parts of a message or of a tool's output in a Responses request. */
final class OpenAiResponsesPartReader {
  private final JsonReader in;
  private final RequestDraft draft;

  OpenAiResponsesPartReader(JsonReader in, RequestDraft draft) {
    this.in = in;
    this.draft = draft;
  }

  /** Reads a string or an array of parts. */
  List<Part> content() {
    if (in.isNull()) {
      return List.of();
    }
    if (in.isText()) {
      return List.of(new Part.Text(in.text("a string")));
    }
    in.array("a string or an array of parts");
    var parts = new ArrayList<Part>();
    while (in.nextElement()) {
      in.object("a part object");
      parts.addAll(part());
    }
    return parts;
  }

  private List<Part> part() {
    String type = in.ahead("type");
    return switch (type) {
      case "input_text", "output_text", "text", "refusal", "summary_text", "reasoning_text" ->
          new Fields().read(Fields::text);
      case "input_image" -> new Fields().read(Fields::image);
      case "input_file" -> new Fields().read(Fields::document);
      case "input_audio" -> new Fields().read(Fields::audio);
      case "" -> throw in.missing("type", "input_text, output_text, input_image or input_file");
      default -> {
        int start = in.offset();
        in.skip();
        yield List.of(new Part.Unknown(type, in.json(start)));
      }
    };
  }

  /** The fields of a part, in any order. */
  private final class Fields {
    private String text = "";
    private String url = "";
    private String data = "";
    private String fileId = "";
    private String name = "";
    private String format = "";
    private Optional<Part> mark = Optional.empty();

    private interface Maker {
      Part from(Fields fields);
    }

    List<Part> read(Maker maker) {
      while (in.nextField()) {
        if (!in.isNull()) {
          field();
        }
      }
      Part part = maker.from(this);
      return mark.isPresent() ? List.of(part, mark.get()) : List.of(part);
    }

    private void field() {
      switch (in.name()) {
        case "type" -> in.skip();
        case "text", "refusal" -> text = in.text("a string");
        case "image_url", "file_url" -> url = in.text("an address or a data: URL");
        case "file_data" -> data = in.text("a data: URL");
        case "file_id" -> fileId = in.text("the id of a file");
        case "filename" -> name = in.text("a string");
        case "input_audio" -> sound();
        case "prompt_cache_breakpoint" -> {
          in.skip();
          mark = Optional.of(new Part.CacheMark(CacheLifetime.FIVE_MINUTES));
        }
        case "annotations", "logprobs" -> in.skip();
        default -> draft.pass(in, "input[].content[]." + in.name());
      }
    }

    private void sound() {
      in.object("an object with data and format");
      while (in.nextField()) {
        switch (in.name()) {
          case "data" -> data = in.text("base64");
          case "format" -> format = in.text("mp3 or wav");
          default -> draft.pass(in, "input[].content[].input_audio." + in.name());
        }
      }
    }

    private Part text() {
      return new Part.Text(text);
    }

    private Part image() {
      return new Part.Image(source("image_url", "application/octet-stream"));
    }

    private Part document() {
      return new Part.Document(source("file_data", "application/pdf"), name);
    }

    private Part audio() {
      return new Part.Audio(new Part.Source.Inline("audio/" + format, data));
    }

    /**
     * @param usual what base64 without a {@code data:} URL around it is taken for
     */
    private Part.Source source(String field, String usual) {
      if (!fileId.isEmpty()) {
        return new Part.Source.Kept(Dialect.OPENAI_RESPONSES, fileId);
      }
      if (!data.isEmpty()) {
        return inline(data).orElseGet(() -> new Part.Source.Inline(usual, data));
      }
      if (url.isEmpty()) {
        throw in.missing(field, "an address, a data: URL or a file_id");
      }
      return inline(url).orElseGet(() -> new Part.Source.Address(url));
    }

    private static Optional<Part.Source> inline(String url) {
      int comma = url.indexOf(',');
      if (comma < 0 || !url.startsWith("data:")) {
        return Optional.empty();
      }
      String type = url.substring("data:".length(), comma);
      return type.endsWith(";base64")
          ? Optional.of(
              new Part.Source.Inline(
                  type.substring(0, type.length() - ";base64".length()), url.substring(comma + 1)))
          : Optional.empty();
    }
  }
}
