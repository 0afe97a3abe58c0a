package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Part;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Writes the parts of a user's message in Chat Completions. */
final class OpenAiPartWriter {
  private final JsonWriter json;
  private final Crossing crossing;
  private final boolean takesMarks;

  /**
   * @param takesMarks whether parts may say where a prompt is to be kept
   */
  OpenAiPartWriter(JsonWriter json, Crossing crossing, boolean takesMarks) {
    this.json = json;
    this.crossing = crossing;
    this.takesMarks = takesMarks;
  }

  boolean takesMarksOf(List<Part> parts) {
    return takesMarks && parts.stream().anyMatch(Part.CacheMark.class::isInstance);
  }

  void loseMarks(List<Part> parts) {
    if (parts.stream().anyMatch(Part.CacheMark.class::isInstance)) {
      crossing.noPlaceFor("cache mark");
    }
  }

  void write(List<Part> parts, String path) {
    if (!takesMarks) {
      loseMarks(parts);
    }
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part instanceof Part.CacheMark) {
        continue;
      }
      if (part instanceof Part.Reasoning) {
        crossing.noPlaceFor("reasoning");
        continue;
      }
      json.object();
      fields(part, path + ".content[" + i + "]");
      boolean marked = i + 1 < parts.size() && parts.get(i + 1) instanceof Part.CacheMark;
      if (marked && takesMarks) {
        json.object("prompt_cache_breakpoint").text("mode", "explicit").end();
      }
      json.end();
    }
  }

  private void fields(Part part, String path) {
    switch (part) {
      case Part.Text(String text) -> json.text("type", "text").text("text", text);
      case Part.Image(Part.Source source) -> {
        json.text("type", "image_url").object("image_url").text("url", url(source, path)).end();
      }
      case Part.Document(Part.Source source, String name) -> document(source, name, path);
      case Part.Audio(Part.Source source) -> audio(source, path);
      case Part.Unknown(String kind, var _) ->
          throw crossing.refusal("a part of type " + JsonReader.quoted(kind), path);
      case Part.ToolCall _, Part.ToolResult _, Part.Reasoning _, Part.CacheMark _ ->
          throw crossing.refusal("a part of type " + JsonReader.quoted("a tool's"), path);
    }
  }

  private String url(Part.Source source, String path) {
    return switch (source) {
      case Part.Source.Address(String url) -> url;
      case Part.Source.Inline(String media, String base64) -> data(media, base64);
      case Part.Source.Kept _ -> throw crossing.refusal("a file of another provider", path);
    };
  }

  private static String data(String media, String base64) {
    return "data:" + media + ";base64," + base64;
  }

  private void document(Part.Source source, String name, String path) {
    switch (source) {
      case Part.Source.Inline(String media, String base64) when media.startsWith("text/") -> {
        crossing.noPlaceFor("a text file");
        json.text("type", "text").text("text", told(name, base64, path));
      }
      case Part.Source.Inline(String media, String base64) -> {
        json.text("type", "file").object("file");
        json.text("filename", name.isEmpty() ? "document" : name);
        json.text("file_data", data(media, base64)).end();
      }
      case Part.Source.Kept(Dialect holder, String id) -> {
        if (holder != Dialect.OPENAI_CHAT && holder != Dialect.OPENAI_RESPONSES) {
          throw crossing.refusal("a file of another provider", path);
        }
        json.text("type", "file").object("file").text("file_id", id).end();
      }
      case Part.Source.Address _ -> throw crossing.refusal("a document by its address", path);
    }
  }

  private String told(String name, String base64, String path) {
    try {
      String text = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
      return "<document>\n" + (name.isEmpty() ? "" : name + "\n\n") + text + "\n</document>";
    } catch (IllegalArgumentException broken) {
      throw crossing.inexpressible(path + ": a text that is not in base64", "send base64");
    }
  }

  private void audio(Part.Source source, String path) {
    if (!(source instanceof Part.Source.Inline(String media, String base64))) {
      throw crossing.refusal("a sound by its address", path);
    }
    String format =
        switch (media) {
          case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
          case "audio/mp3", "audio/mpeg" -> "mp3";
          default -> throw crossing.refusal("a sound that is neither wav nor mp3", path);
        };
    json.text("type", "input_audio").object("input_audio");
    json.text("data", base64).text("format", format).end();
  }
}
