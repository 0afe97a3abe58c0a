package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says a schema of Gemini's own kind, a subset of OpenAPI's with types in capitals, as JSON schema.
 */
final class GeminiSchema {
  private static final String NULL = "\"null\"";

  private final JsonReader in;
  private final Bytes out = new Bytes();
  private final JsonWriter json = new JsonWriter(out);
  private Optional<String> type = Optional.empty();
  private Optional<List<String>> values = Optional.empty();
  private boolean nullable;

  private GeminiSchema(JsonReader in) {
    this.in = in;
  }

  /** Reads the schema object stood on. */
  static JsonText read(JsonReader in) {
    return new GeminiSchema(in).read();
  }

  private JsonText read() {
    var fields = new GeminiFields(in, "a schema object");
    json.object();
    while (fields.next()) {
      field(fields.name());
    }
    type.ifPresent(t -> json.json("type", new JsonText(nullable ? list(List.of(t, NULL)) : t)));
    values.ifPresent(v -> {
      if (nullable) {
        v.add("null");
      }
      json.json("enum", new JsonText(list(v)));
    });
    json.end().close();
    return new JsonText(new String(out.take(), StandardCharsets.UTF_8));
  }

  private void field(String name) {
    switch (name) {
      case "type" -> type();
      case "nullable" -> nullable = in.flag();
      case "enum" -> values = Optional.of(each("an array of values", () -> in.json().value()));
      case "properties" -> named("properties");
      case "defs", "$defs" -> named("$defs");
      case "items" -> json.json("items", read(in));
      case "additionalProperties" -> json.json(name, in.isObject() ? read(in) : in.json());
      case "anyOf" ->
          json.json(
              name,
              new JsonText(list(each("an array of schemas", () -> GeminiSchema.read(in).value()))));
      case "ref", "$ref" -> json.json("$ref", in.json());
      case "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties" ->
          json.json(name, new JsonText(unquoted(in.json().value())));
      case "format" -> format();
      // the order the model fills fields in, which JSON schema does not know
      case "propertyOrdering" -> in.skip();
      case "example" -> json.json("examples", new JsonText(list(List.of(in.json().value()))));
      default -> json.json(name, in.json());
    }
  }

  /** Other libraries let a type be written as JSON schema has it, which may be a list. */
  private void type() {
    if (!in.isText()) {
      json.json("type", in.json());
      return;
    }
    String word = in.text("a type").toLowerCase(Locale.ROOT);
    if (!word.equals("type_unspecified")) {
      type = Optional.of(quoted(word));
    }
  }

  /** {@code enum} is no format in JSON schema. */
  private void format() {
    if (in.isText() && in.text("a format").equals("enum")) {
      return;
    }
    json.json("format", in.json());
  }

  /** Schemas by names that are the client's own. */
  private void named(String name) {
    in.object("an object of schemas by name");
    json.object(name);
    while (in.nextField()) {
      String of = in.name();
      json.json(of, read(in));
    }
    json.end();
  }

  private interface Value {
    String read();
  }

  private List<String> each(String expected, Value value) {
    in.array(expected);
    var all = new ArrayList<String>();
    while (in.nextElement()) {
      all.add(value.read());
    }
    return all;
  }

  private static String list(List<String> values) {
    return "[" + String.join(",", values) + "]";
  }

  private static String quoted(String word) {
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.text(word);
    }
    return new String(out.take(), StandardCharsets.UTF_8);
  }

  /** Long numbers may be written as strings. */
  private static String unquoted(String number) {
    String bare = number.replace("\"", "");
    return bare.matches("\\d{1,18}") ? bare : number;
  }
}
