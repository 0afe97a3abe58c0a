package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import dev.ockham.chat.Part;
import java.util.stream.Collectors;

/**
 * What a function answered, as text: the value of {@code output}, {@code result} or {@code error}
 * where that is all there is, else the whole object.
 */
record GeminiResult(String text, boolean error) {

  /** Reads the response object stood on. */
  static GeminiResult read(JsonReader in) {
    int start = in.offset();
    in.object("an object");
    int fields = 0;
    String name = "";
    String value = "";
    while (in.nextField()) {
      fields++;
      name = in.name();
      if (in.isText()) {
        value = in.text("a string");
      } else {
        value = in.json().value();
      }
    }
    boolean alone = fields == 1;
    if (alone && name.equals("error")) {
      return new GeminiResult(value, true);
    }
    boolean plain = alone && (name.equals("output") || name.equals("result"));
    return new GeminiResult(plain ? value : in.json(start).value(), false);
  }

  /** Writes the response object: a text that is one goes as it is. */
  static void write(JsonWriter json, Part.ToolResult result) {
    String text =
        result.content().stream()
            .filter(Part.Text.class::isInstance)
            .map(part -> ((Part.Text) part).text())
            .collect(Collectors.joining("\n"));
    boolean object = JsonReader.isObject(text);
    if (object && !result.error()) {
      json.json("response", new JsonText(text));
      return;
    }
    String name = result.error() ? "error" : "result";
    json.object("response");
    if (object) {
      json.json(name, new JsonText(text));
    } else {
      json.text(name, text);
    }
    json.end();
  }

  /** Prints no content. */
  @Override
  public String toString() {
    return "GeminiResult[" + text.length() + " characters]";
  }
}
