package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks through JSON field by field, without a tree. Wrong types and broken JSON leave as {@link
 * Rejected}, with the path, what is there and what was expected.
 */
final class JsonReader implements AutoCloseable {
  static final int DEEPEST = 200;

  /** No call uses more, and any price of so many can be reckoned. */
  private static final long MOST_TOKENS = 1L << 30;

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEEPEST)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  /** Keys, values and brackets of one body: the longest requests have a tenth of it. */
  private static final long MOST_ELEMENTS = 1_000_000;

  private static final StreamReadConstraints LIMITS_OF_CLIENTS =
      LIMITS.rebuild().maxTokenCount(MOST_ELEMENTS).build();
  private static final JsonFactory OF_CLIENTS =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS_OF_CLIENTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final JsonFactory OF_PROVIDERS =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final JsonParser parser;

  private JsonReader(JsonFactory factory, byte[] bytes, int from, int to) {
    checkStart(bytes, from, to);
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.parser = factory.createParser(ObjectReadContext.empty(), bytes, from, to - from);
  }

  /** A client's body: strict UTF-8, no key twice at any level. */
  static JsonReader ofClient(byte[] body) {
    checkEncoding(body);
    return new JsonReader(OF_CLIENTS, body, 0, body.length);
  }

  /** What a provider sent, or a text that was inside something read before. */
  static JsonReader of(byte[] bytes, int from, int to) {
    return new JsonReader(OF_PROVIDERS, bytes, from, to);
  }

  static JsonReader of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** Whether a text is one JSON object and nothing else. */
  static boolean isObject(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (JsonReader in = of(bytes)) {
      in.beginObject();
      while (in.nextField()) {
        in.skip();
      }
      in.end();
      return true;
    } catch (Rejected | JacksonException e) {
      return false;
    }
  }

  private static void checkEncoding(byte[] body) {
    int fault = Utf8.firstFault(body);
    if (fault >= 0) {
      throw Rejected.invalid(
          "invalid_json",
          "The body is not UTF-8: byte 0x%02x at offset %d (expected: JSON in UTF-8)"
              .formatted(body[fault] & 0xFF, fault));
    }
  }

  // The parser would take these first bytes for another encoding, with other offsets.
  private static void checkStart(byte[] bytes, int from, int to) {
    for (int i = from; i < Math.min(from + 4, to); i++) {
      if (bytes[i] == 0 || bytes[i] == (byte) 0xEF || bytes[i] == (byte) 0xFE) {
        throw Rejected.invalid(
            "invalid_json",
            "The body begins with byte 0x%02x at offset %d (expected: JSON in UTF-8 without a byte order mark)"
                .formatted(bytes[i] & 0xFF, i - from));
      }
    }
  }

  /** What a failure of the parser means to the client whose body it was. */
  Rejected explain(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return parser.streamReadContext().getNestingDepth() >= DEEPEST
          ? Rejected.invalid("invalid_json", path() + ": nested deeper than " + DEEPEST + " levels")
          : Rejected.invalid("invalid_json", path() + ": a number or a name is too long");
    }
    if (e.getOriginalMessage().startsWith("Duplicate")) {
      return Rejected.invalid(
          "duplicate_key",
          path()
              + ": an object has this key twice (expected: each key once, so that every reader"
              + " takes the same value)");
    }
    return Rejected.invalid(
        "invalid_json",
        "The body is not JSON: it breaks at line %d, column %d, after %s"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr(), quoted(path())));
  }

  /** Steps onto the object the text must be. */
  void beginObject() {
    parser.nextToken();
    object("a JSON object");
  }

  /** After the outermost object nothing may follow. */
  void end() {
    if (parser.nextToken() != null) {
      throw Rejected.invalid("invalid_json", "The body goes on after its JSON object has ended");
    }
  }

  /** Steps onto the value of the next field; false at the end of the object. */
  boolean nextField() {
    if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
      return false;
    }
    parser.nextToken();
    return true;
  }

  /** Steps onto the next field's name, where {@link #offset} tells; then call {@link #value}. */
  boolean nextName() {
    return parser.nextToken() == JsonToken.PROPERTY_NAME;
  }

  void value() {
    parser.nextToken();
  }

  boolean nextElement() {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  String name() {
    return parser.currentName();
  }

  /** The text of a field of the object stood on, before it is read; empty where there is none. */
  String ahead(String field) {
    return FieldAhead.text(bytes, offset(), field);
  }

  /** Where the token stood on begins. */
  int offset() {
    return from + (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Where the value just read ends. */
  int endOffset() {
    parser.finishToken();
    return from + (int) parser.currentLocation().getByteOffset();
  }

  boolean isNull() {
    return parser.hasToken(JsonToken.VALUE_NULL);
  }

  boolean isFalse() {
    return parser.hasToken(JsonToken.VALUE_FALSE);
  }

  boolean isTrue() {
    return parser.hasToken(JsonToken.VALUE_TRUE);
  }

  boolean isText() {
    return parser.hasToken(JsonToken.VALUE_STRING);
  }

  boolean isObject() {
    return parser.hasToken(JsonToken.START_OBJECT);
  }

  boolean isArray() {
    return parser.hasToken(JsonToken.START_ARRAY);
  }

  boolean isWhole() {
    return parser.hasToken(JsonToken.VALUE_NUMBER_INT)
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  void object(String expected) {
    if (!isObject()) {
      throw wrong(expected);
    }
  }

  void array(String expected) {
    if (!isArray()) {
      throw wrong(expected);
    }
  }

  String text(String expected) {
    if (!isText()) {
      throw wrong(expected);
    }
    return string();
  }

  private String string() {
    return to - from < LongText.SHORTEST_BODY
        ? parser.getString()
        : LongText.at(bytes, offset() + 1, to).orElseGet(parser::getString);
  }

  /** The text stood on; empty where there is something else. For what providers say. */
  String textOrEmpty() {
    if (isText()) {
      return parser.getString();
    }
    skip();
    return "";
  }

  boolean flag() {
    if (parser.hasToken(JsonToken.VALUE_TRUE)) {
      return true;
    }
    if (isFalse()) {
      return false;
    }
    throw wrong("true or false");
  }

  long whole(long least) {
    if (!isWhole() || parser.getLongValue() < least) {
      throw wrong("a whole number, at least " + least);
    }
    return parser.getLongValue();
  }

  /** The count stood on; -1 where there is none that can be true. For what providers say. */
  long count() {
    if (isWhole() && parser.getLongValue() >= 0 && parser.getLongValue() <= MOST_TOKENS) {
      return parser.getLongValue();
    }
    skip();
    return -1;
  }

  double number() {
    if (!parser.currentToken().isNumeric()) {
      throw wrong("a number");
    }
    return parser.getDoubleValue();
  }

  void skip() {
    parser.skipChildren();
  }

  /** The value stood on as it is written. */
  JsonText json() {
    int start = offset();
    skip();
    return json(start);
  }

  /** What was read from {@code start} to here, as it is written. */
  JsonText json(int start) {
    return new JsonText(new String(bytes, start, endOffset() - start, StandardCharsets.UTF_8));
  }

  Rejected wrong(String expected) {
    return Rejected.invalid(
        "invalid_value", path() + ": " + shown() + " (expected: " + expected + ")");
  }

  /** An unknown word where one of a few is expected; words are short, so no prompt leaks. */
  Rejected unknown(String word, String expected) {
    return Rejected.invalid(
        "invalid_value", path() + ": " + quoted(word) + " (expected: " + expected + ")");
  }

  /** The array just read has no elements. */
  Rejected empty(String expected) {
    return Rejected.invalid("invalid_value", path() + ": empty (expected: " + expected + ")");
  }

  Rejected missing(String field, String expected) {
    String path = path();
    return Rejected.invalid(
        "missing_field",
        (path.equals("the body") ? "" : path + ".")
            + field
            + ": missing (expected: "
            + expected
            + ")");
  }

  /** Where the walk is, such as {@code messages[3].content[0].type}. */
  String path() {
    var path = new StringBuilder();
    TokenStreamContext context = parser.streamReadContext();
    appendPath(isArray() || isObject() ? context.getParent() : context, path);
    return path.isEmpty() ? "the body" : path.toString();
  }

  private static void appendPath(TokenStreamContext context, StringBuilder path) {
    if (context.inRoot()) {
      return;
    }
    appendPath(context.getParent(), path);
    if (context.inArray()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else if (context.hasCurrentName()) {
      path.append(path.isEmpty() ? "" : ".").append(shortened(context.currentName()));
    }
  }

  private String shown() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> "a string of " + parser.getStringLength() + " characters";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case null -> "nothing";
      default -> shortened(parser.getString());
    };
  }

  static String quoted(String word) {
    return '"' + shortened(word) + '"';
  }

  private static String shortened(String word) {
    return word.length() <= 64 ? word : word.substring(0, 64) + "…";
  }

  @Override
  public void close() {
    parser.close();
  }
}
