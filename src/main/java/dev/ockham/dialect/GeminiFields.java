package dev.ockham.dialect;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks the fields of an object of Gemini's, whose names clients may write in camel case or with
 * underscores. Fields that are null count as absent; one that is there in both ways is refused, as
 * two readers may take different values.
 */
final class GeminiFields {
  private final JsonReader in;
  private final List<String> seen = new ArrayList<>(8);
  private String name = "";

  /** Over the object stood on. */
  GeminiFields(JsonReader in, String expected) {
    in.object(expected);
    this.in = in;
  }

  /** Steps onto the value of the next field; false at the end of the object. */
  boolean next() {
    while (in.nextField()) {
      name = camelCase(in.name());
      once(name, seen, in);
      if (!in.isNull()) {
        return true;
      }
    }
    return false;
  }

  /** The field's name in camel case. */
  String name() {
    return name;
  }

  /** Refuses a name that comes a second time. */
  static void once(String name, List<String> seen, JsonReader in) {
    if (seen.contains(name)) {
      throw Rejected.invalid(
          "duplicate_key",
          in.path() + ": the object has this field twice, in two spellings (expected: once)");
    }
    seen.add(name);
  }

  /** {@code top_p} and {@code topP} are one; so are fields that begin with an underscore. */
  static String camelCase(String name) {
    if (name.indexOf('_') < 0) {
      return name;
    }
    var camel = new StringBuilder(name.length());
    boolean raise = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_') {
        raise = !camel.isEmpty();
      } else {
        camel.append(raise ? Character.toUpperCase(c) : c);
        raise = false;
      }
    }
    return camel.toString();
  }
}
