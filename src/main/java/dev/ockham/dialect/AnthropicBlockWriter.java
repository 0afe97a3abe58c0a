package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Part;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes content blocks of a Messages request. */
final class AnthropicBlockWriter {
  private final JsonWriter json;
  private final Crossing crossing;

  AnthropicBlockWriter(JsonWriter json, Crossing crossing) {
    this.json = json;
    this.crossing = crossing;
  }

  /** Writes the fields of the block that says {@code part}. */
  void fields(String path, Part part) {
    switch (part) {
      case Part.Text(String text) -> json.text("type", "text").text("text", text);
      case Part.Image(Part.Source source) -> {
        json.text("type", "image");
        source(path, source);
      }
      case Part.Document(Part.Source source, String name) -> {
        json.text("type", "document");
        source(path, source);
        if (!name.isEmpty()) {
          json.text("title", name);
        }
      }
      case Part.ToolCall call -> {
        if (!JsonReader.isObject(call.arguments().value())) {
          throw crossing.inexpressible(
              path + ": arguments that are not a JSON object", "send a JSON object");
        }
        json.text("type", "tool_use").text("id", idOf(call.id()));
        json.text("name", call.name()).json("input", call.arguments());
      }
      case Part.ToolResult result -> result(path, result);
      case Part.Reasoning reasoning ->
          thought(
              SignedThought.of(reasoning).orElseThrow(() -> crossing.misplaced("reasoning", path)));
      case Part.Audio _ -> throw crossing.refusal("a sound", path);
      case Part.Unknown(String kind, var _) ->
          throw crossing.refusal("a part of type " + JsonReader.quoted(kind), path);
      case Part.CacheMark _ -> throw new IllegalStateException("was left out before");
    }
  }

  private void thought(SignedThought thought) {
    if (thought.redacted()) {
      json.text("type", "redacted_thinking").text("data", thought.data());
    } else {
      json.text("type", "thinking").text("thinking", thought.text());
      json.text("signature", thought.data());
    }
  }

  private void result(String path, Part.ToolResult result) {
    json.text("type", "tool_result").text("tool_use_id", idOf(result.callId()));
    if (result.error()) {
      json.flag("is_error", true);
    }
    if (result.content().size() == 1
        && result.content().getFirst() instanceof Part.Text(String t)) {
      json.text("content", t);
      return;
    }
    json.array("content");
    for (Part part : result.content()) {
      if (part instanceof Part.Reasoning) {
        crossing.noPlaceFor("reasoning");
        continue;
      }
      boolean nothing = part instanceof Part.Text(String text) && text.isEmpty();
      if (!nothing && !(part instanceof Part.CacheMark)) {
        json.object();
        fields(path, part);
        json.end();
      }
    }
    json.end();
  }

  private void source(String path, Part.Source source) {
    json.object("source");
    switch (source) {
      case Part.Source.Address(String url) -> json.text("type", "url").text("url", url);
      case Part.Source.Inline(String media, String base64) when media.startsWith("text/") -> {
        json.text("type", "text").text("media_type", "text/plain");
        json.text("data", plain(path, base64));
      }
      case Part.Source.Inline(String media, String base64) ->
          json.text("type", "base64").text("media_type", media).text("data", base64);
      case Part.Source.Kept(Dialect holder, String id) -> {
        if (holder != Dialect.ANTHROPIC_MESSAGES) {
          throw crossing.refusal("a file of another provider", path);
        }
        json.text("type", "file").text("file_id", id);
      }
    }
    json.end();
  }

  private String plain(String path, String base64) {
    try {
      return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw crossing.inexpressible(path + ": a text that is not in base64", "send base64");
    }
  }

  /** The id in the letters Anthropic takes; a call and its result get the same. */
  private static String idOf(String id) {
    var taken = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
      taken.append(plain ? c : '_');
    }
    return taken.toString();
  }
}
