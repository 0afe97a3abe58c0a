package dev.ockham.dialect;

import dev.ockham.chat.JsonText;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON. Texts may hold anything: half a surrogate pair is written as U+FFFD. */
final class JsonWriter implements AutoCloseable {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  JsonWriter(Bytes out) {
    this.json = FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
  }

  JsonWriter object() {
    json.writeStartObject();
    return this;
  }

  /** The name of the value that is written next. */
  JsonWriter name(String name) {
    json.writeName(name);
    return this;
  }

  JsonWriter object(String name) {
    json.writeName(name);
    return object();
  }

  JsonWriter array(String name) {
    json.writeName(name);
    json.writeStartArray();
    return this;
  }

  /** Ends the innermost object or array. */
  JsonWriter end() {
    if (json.streamWriteContext().inObject()) {
      json.writeEndObject();
    } else {
      json.writeEndArray();
    }
    return this;
  }

  JsonWriter text(String name, String value) {
    json.writeName(name);
    return text(value);
  }

  JsonWriter text(String value) {
    json.writeString(wellFormed(value));
    return this;
  }

  JsonWriter number(String name, long value) {
    json.writeName(name);
    json.writeNumber(value);
    return this;
  }

  JsonWriter number(long value) {
    json.writeNumber(value);
    return this;
  }

  JsonWriter number(String name, double value) {
    json.writeName(name);
    json.writeNumber(value);
    return this;
  }

  JsonWriter flag(String name, boolean value) {
    json.writeName(name);
    json.writeBoolean(value);
    return this;
  }

  JsonWriter nothing(String name) {
    json.writeName(name);
    json.writeNull();
    return this;
  }

  JsonWriter json(String name, JsonText value) {
    json.writeName(name);
    json.writeRawValue(wellFormed(value.value()));
    return this;
  }

  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
          i++;
        } else {
          return replaced(text);
        }
      }
    }
    return text;
  }

  private static String replaced(String text) {
    var whole = new StringBuilder(text.length());
    text.codePoints().forEach(point -> whole.appendCodePoint(isHalf(point) ? 0xFFFD : point));
    return whole.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  @Override
  public void close() {
    json.close();
  }
}
