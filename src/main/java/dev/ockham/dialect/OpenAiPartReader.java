package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Part;
import java.util.List;
import java.util.Set;

/** Reads one part of a message's content in Chat Completions, its fields in any order. */
final class OpenAiPartReader {
  private static final String PLACE = "messages[].content[].";

  /** The types read strictly; a type that has not come yet is empty. */
  private static final Set<String> KNOWN =
      Set.of("", "text", "refusal", "image_url", "file", "input_audio");

  private final JsonReader in;
  private final RequestDraft draft;
  private final int start;
  private String type = "";
  private String text = "";
  private String url = "";
  private String data = "";
  private String fileId = "";
  private String name = "";
  private String format = "";
  private boolean marked;

  OpenAiPartReader(JsonReader in, RequestDraft draft) {
    this.in = in;
    this.draft = draft;
    this.start = in.offset();
  }

  /** Reads the part stood on, and the mark it may bear. */
  void read(List<Part> into) {
    while (in.nextField()) {
      if (in.name().equals("prompt_cache_breakpoint")) {
        marked = !in.isNull();
        in.skip();
      } else if (!KNOWN.contains(type)) {
        in.skip();
      } else {
        field(in.name());
      }
    }
    into.add(part());
    if (marked) {
      into.add(new Part.CacheMark(CacheLifetime.FIVE_MINUTES));
    }
  }

  private void field(String field) {
    switch (field) {
      case "type" -> type = in.text("the part's type");
      case "text", "refusal" -> text = in.text("a string");
      case "image_url" -> imageUrl();
      case "file" -> fields(field);
      case "input_audio" -> fields(field);
      default -> draft.pass(in, PLACE + field);
    }
  }

  private Part part() {
    return switch (type) {
      case "text", "refusal" -> new Part.Text(text);
      case "image_url" -> {
        if (url.isEmpty()) {
          throw in.missing("image_url.url", "an address or a data: URL");
        }
        yield new Part.Image(source(url, ""));
      }
      case "file" -> document();
      case "input_audio" -> new Part.Audio(new Part.Source.Inline("audio/" + format, data));
      case "" -> throw in.missing("type", "text, image_url or another type of part");
      default -> new Part.Unknown(type, in.json(start));
    };
  }

  private Part document() {
    if (!fileId.isEmpty()) {
      return new Part.Document(new Part.Source.Kept(Dialect.OPENAI_CHAT, fileId), name);
    }
    return data.isEmpty()
        ? new Part.Unknown(type, in.json(start))
        : new Part.Document(source(data, "application/pdf"), name);
  }

  private void imageUrl() {
    if (in.isText()) {
      url = in.text("an address");
    } else {
      fields("image_url");
    }
  }

  /** Reads the object that a part has under its type's name. */
  private void fields(String under) {
    in.object("an object");
    while (in.nextField()) {
      switch (in.name()) {
        case "url" -> url = in.text("an address or a data: URL");
        case "file_data", "data" -> data = in.isNull() ? "" : in.text("base64");
        case "file_id" -> fileId = in.isNull() ? "" : in.text("the id of a file");
        case "filename" -> name = in.isNull() ? "" : in.text("the file's name");
        case "format" -> format = in.text("wav or mp3");
        default -> draft.pass(in, PLACE + under + "." + in.name());
      }
    }
  }

  /**
   * What a {@code data:} URL holds, or an address.
   *
   * @param bare the type of base64 without an address; empty where there is none such
   */
  private static Part.Source source(String url, String bare) {
    int comma = url.indexOf(',');
    if (url.startsWith("data:") && comma > 0) {
      String type = url.substring("data:".length(), comma);
      if (type.endsWith(";base64")) {
        String media = type.substring(0, type.length() - ";base64".length());
        return new Part.Source.Inline(media, url.substring(comma + 1));
      }
    }
    return bare.isEmpty() ? new Part.Source.Address(url) : new Part.Source.Inline(bare, url);
  }
}
