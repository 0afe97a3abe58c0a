package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import dev.ockham.chat.Tool;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;

/** Tools whose argument is plain text, and how they are told to dialects that have none such. */
final class Freeform {
  /** The schema of one string. */
  static final JsonText SCHEMA =
      new JsonText(
          """
          {"type":"object","properties":{"%1$s":{"type":"string"}},"required":["%1$s"],\
          "additionalProperties":false}\
          """
              .formatted(Tool.Kind.Freeform.ARGUMENT));

  private Freeform() {}

  /** The arguments that say {@code text}. */
  static JsonText arguments(String text) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text(Tool.Kind.Freeform.ARGUMENT, text).end();
    }
    return new JsonText(new String(out.take(), StandardCharsets.UTF_8));
  }

  /** The text that arguments say; they themselves where a model wrote something else. */
  static String text(String arguments) {
    try (JsonReader in = JsonReader.of(arguments.getBytes(StandardCharsets.UTF_8))) {
      in.beginObject();
      while (in.nextField()) {
        if (in.name().equals(Tool.Kind.Freeform.ARGUMENT) && in.isText()) {
          return in.textOrEmpty();
        }
        in.skip();
      }
    } catch (Rejected | JacksonException notAnObject) {
      return arguments;
    }
    return arguments;
  }
}
