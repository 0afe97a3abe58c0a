package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.Part;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes content blocks of a Converse request. */
final class BedrockBlockWriter {
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_NAME = 200;

  private final JsonWriter json;
  private final Crossing crossing;

  /** The names of documents so far: no two may have the same. */
  private final Set<String> names = new HashSet<>();

  BedrockBlockWriter(JsonWriter json, Crossing crossing) {
    this.json = json;
    this.crossing = crossing;
  }

  /** Writes the member of the block that says {@code part}. */
  void member(String path, Part part) {
    switch (part) {
      case Part.Text(String text) -> json.text("text", text);
      case Part.Image(Part.Source source) -> file(path, "picture", "image", "", source);
      case Part.Document(Part.Source source, String name) ->
          file(path, "document", "document", unused(nameOf(name)), source);
      case Part.Audio(Part.Source source) -> file(path, "sound", "audio", "", source);
      case Part.ToolCall call -> call(path, call);
      case Part.ToolResult result -> result(path, result);
      case Part.Reasoning reasoning ->
          thought(
              SignedThought.of(reasoning).orElseThrow(() -> crossing.misplaced("reasoning", path)));
      case Part.CacheMark(CacheLifetime lifetime) ->
          BedrockMessageWriter.cachePoint(json, lifetime);
      case Part.Unknown(String kind, var _) ->
          throw crossing.refusal("a part of type " + JsonReader.quoted(kind), path);
    }
  }

  private void call(String path, Part.ToolCall call) {
    if (!JsonReader.isObject(call.arguments().value())) {
      throw crossing.inexpressible(
          path + ": arguments that are not a JSON object", "send a JSON object");
    }
    json.object("toolUse").text("toolUseId", idOf(call.id())).text("name", call.name());
    json.json("input", call.arguments()).end();
  }

  private void thought(SignedThought thought) {
    json.object("reasoningContent");
    if (thought.redacted()) {
      json.text("redactedContent", thought.data());
    } else {
      json.object("reasoningText").text("text", thought.text());
      json.text("signature", thought.data()).end();
    }
    json.end();
  }

  private void result(String path, Part.ToolResult result) {
    json.object("toolResult").text("toolUseId", idOf(result.callId())).array("content");
    for (Part part : result.content()) {
      if (part instanceof Part.Reasoning) {
        crossing.noPlaceFor("reasoning");
        continue;
      }
      boolean nothing = part instanceof Part.Text(String text) && text.isBlank();
      if (!nothing && !(part instanceof Part.CacheMark)) {
        json.object();
        member(path, part);
        json.end();
      }
    }
    json.end();
    if (result.error()) {
      json.text("status", "error");
    }
    json.end();
  }

  private void file(String path, String thing, String kind, String name, Part.Source source) {
    json.object(kind);
    switch (source) {
      case Part.Source.Address _ -> throw crossing.refusal("a " + thing + " by its address", path);
      case Part.Source.Kept _ -> throw crossing.refusal("a file of another provider", path);
      case Part.Source.Inline(String media, String base64) -> {
        json.text("format", formatOf(path, thing, kind, media));
        name(name);
        json.object("source").text("bytes", base64).end();
      }
    }
    json.end();
  }

  private void name(String name) {
    if (!name.isEmpty()) {
      json.text("name", name);
    }
  }

  private String formatOf(String path, String thing, String kind, String media) {
    Optional<String> format =
        switch (kind) {
          case "image" -> BedrockMedia.imageFormat(media);
          case "document" -> BedrockMedia.documentFormat(media);
          default -> BedrockMedia.soundFormat(media);
        };
    return format.orElseThrow(() -> crossing.refusal("a " + thing + " of another format", path));
  }

  /** A document's name in the few letters that one may have, without two spaces in a row. */
  private static String nameOf(String name) {
    var taken = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), LONGEST_NAME - 8); i++) {
      char c = name.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-()[] ".indexOf(c) >= 0);
      char letter = plain ? c : '-';
      if (letter != ' ' || (!taken.isEmpty() && taken.charAt(taken.length() - 1) != ' ')) {
        taken.append(letter);
      }
    }
    return taken.isEmpty() ? "document" : taken.toString().strip();
  }

  private String unused(String name) {
    String unused = name;
    for (int i = 2; !names.add(unused); i++) {
      unused = name + "-" + i;
    }
    return unused;
  }

  /** The id in the letters Bedrock takes; a call and its result get the same. */
  private static String idOf(String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }
    var taken = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "_.:-".indexOf(c) >= 0);
      taken.append(plain ? c : '_');
    }
    return taken.toString();
  }
}
