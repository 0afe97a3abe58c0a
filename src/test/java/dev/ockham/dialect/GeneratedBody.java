package dev.ockham.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A random but valid body, written as no tidy client would: any key order, white space, escapes and
 * unknown fields. Beside it grows what a provider must get, made without any code under test.
 */
final class GeneratedBody {
  static final String ASKED = "asked-modél";
  static final String SERVED = "served \"model\"";
  static final String SERVED_JSON = "\"served \\\"model\\\"\"";

  private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n", "  \n    "};
  private static final String[] WORDS = {
    "",
    "hello",
    "é",
    "日本語",
    "😀",
    "\u2028",
    "a\"b",
    "back\\slash",
    "/",
    "\u0001",
    "}{][,:",
    "model",
    "\n"
  };

  private final RandomGenerator random;
  private final boolean openAi;
  private final StringBuilder sent = new StringBuilder();
  private final StringBuilder expected = new StringBuilder();

  GeneratedBody(RandomGenerator random, boolean openAi) {
    this.random = random;
    this.openAi = openAi;
    write();
  }

  String sent() {
    return sent.toString();
  }

  String expected() {
    return expected.toString();
  }

  private void write() {
    var fields = new ArrayList<Runnable>();
    boolean stream = random.nextBoolean();
    int options = random.nextInt(6);
    fields.add(() -> field("model", this::model));
    fields.add(() -> field("messages", this::messages));
    if (openAi && stream && options > 0) {
      fields.add(() -> field("stream_options", () -> streamOptions(options)));
    }
    if (stream || random.nextBoolean()) {
      fields.add(() -> field("stream", () -> both(stream ? "true" : "false")));
    }
    if (!openAi || random.nextBoolean()) {
      fields.add(() -> field("max_tokens", () -> both("" + (1 + random.nextInt(100_000)))));
    }
    if (random.nextBoolean()) {
      fields.add(() -> field("temperature", () -> both("0.70")));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = "x_" + i + word();
      fields.add(() -> field(name, () -> value(0)));
    }
    Collections.shuffle(fields, random);
    space();
    both("{");
    separated(fields, stream && openAi && options == 0);
    both("}");
    space();
  }

  private void separated(List<Runnable> fields, boolean insertsOptions) {
    for (int i = 0; i < fields.size(); i++) {
      both(i == 0 ? "" : ",");
      space();
      int before = sent.length();
      fields.get(i).run();
      if (insertsOptions && isStream(before)) {
        expected.append(",\"stream_options\":{\"include_usage\":true}");
      }
      space();
    }
  }

  private boolean isStream(int from) {
    return unescaped(sent.substring(from)).startsWith("\"stream\"");
  }

  private void model() {
    sent.append(quoted(ASKED));
    expected.append(SERVED_JSON);
  }

  private void streamOptions(int kind) {
    switch (kind) {
      case 1 -> {
        sent.append("null");
        expected.append("{\"include_usage\":true}");
      }
      case 2 -> {
        both("{");
        expected.append("\"include_usage\":true");
        space();
        both("}");
      }
      case 3 -> {
        both("{");
        expected.append("\"include_usage\":true,");
        space();
        field("x", () -> value(1));
        both("}");
      }
      case 4 -> {
        both("{");
        field("x", () -> value(1));
        both(",");
        space();
        field("include_usage", this::falseToTrue);
        space();
        both("}");
      }
      default -> {
        both("{");
        space();
        field("include_usage", () -> both("true"));
        both("}");
      }
    }
  }

  private void falseToTrue() {
    sent.append(random.nextBoolean() ? "false" : "null");
    expected.append("true");
  }

  private void messages() {
    both("[");
    for (int i = random.nextInt(3); i >= 0; i--) {
      space();
      both("{");
      boolean contentFirst = random.nextBoolean();
      if (contentFirst) {
        field("content", this::content);
        both(",");
      }
      field("role", () -> both("\"user\""));
      if (random.nextBoolean()) {
        both(",");
        field("model", () -> value(1));
      }
      if (!contentFirst) {
        both(",");
        field("content", this::content);
      }
      both(i == 0 ? "}" : "},");
    }
    space();
    both("]");
  }

  private void content() {
    if (random.nextBoolean()) {
      both(quoted(word()));
      return;
    }
    both("[{");
    field("type", () -> both("\"text\""));
    both(",");
    field("text", () -> both(quoted(word() + word())));
    if (random.nextBoolean()) {
      both(",");
      field("cache_control", () -> both("{\"type\" : \"ephemeral\"}"));
    }
    both("}]");
  }

  private void value(int depth) {
    switch (depth > 3 ? random.nextInt(4) : random.nextInt(6)) {
      case 0 -> both(quoted(word()));
      case 1 -> both(new String[] {"0", "-1.50", "1e9", "12345678901234567890"}[random.nextInt(4)]);
      case 2 -> both(random.nextBoolean() ? "null" : "\"half \\uD83D of a pair\"");
      case 3 -> both(random.nextBoolean() ? "true" : "false");
      case 4 -> {
        both("[");
        space();
        value(depth + 1);
        both(",");
        value(depth + 1);
        space();
        both("]");
      }
      default -> {
        both("{");
        space();
        field("model", () -> value(depth + 1));
        both(",");
        field("stream_options", () -> value(depth + 1));
        both("}");
      }
    }
  }

  private void field(String name, Runnable value) {
    both(quoted(name));
    space();
    both(":");
    space();
    value.run();
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private void space() {
    both(SPACES[random.nextInt(SPACES.length)]);
  }

  private void both(String text) {
    sent.append(text);
    expected.append(text);
  }

  /** A JSON string with escapes at random, also where none is needed. */
  private String quoted(String text) {
    var json = new StringBuilder("\"");
    for (int point : text.codePoints().toArray()) {
      if (point < ' ' || point == '"' || point == '\\' || random.nextInt(8) == 0) {
        for (char c : Character.toChars(point)) {
          json.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
        }
      } else if (point == '/' && random.nextBoolean()) {
        json.append("\\/");
      } else {
        json.appendCodePoint(point);
      }
    }
    return json.append('"').toString();
  }

  private static String unescaped(String json) {
    var text = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      if (json.startsWith("\\u", i)) {
        text.append((char) Integer.parseInt(json.substring(i + 2, i + 6), 16));
        i += 5;
      } else {
        text.append(json.charAt(i));
      }
    }
    return text.toString();
  }
}
