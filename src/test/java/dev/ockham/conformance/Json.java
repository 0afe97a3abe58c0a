package dev.ockham.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds JSON trees in few words, and reads them strictly: what is not as demanded, fails. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** An object of names and values in turn; an empty Optional leaves its name out. */
  static ObjectNode obj(@Nullable Object... namesAndValues) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value instanceof Optional<?> maybe) {
        String name = String.valueOf(namesAndValues[i]);
        maybe.ifPresent(there -> object.set(name, node(there)));
      } else {
        object.set(String.valueOf(namesAndValues[i]), node(value));
      }
    }
    return object;
  }

  static ArrayNode arr(Object... items) {
    return list(Arrays.asList(items));
  }

  static ArrayNode list(List<?> items) {
    ArrayNode array = NODES.arrayNode();
    items.forEach(item -> array.add(node(item)));
    return array;
  }

  private static JsonNode node(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case JsonNode json -> json;
      case String text -> NODES.stringNode(text);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Boolean flag -> NODES.booleanNode(flag);
      case List<?> items -> list(items);
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
    };
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (RuntimeException notJson) {
      throw new AssertionError("not JSON: " + text, notJson);
    }
  }

  static ObjectNode object(byte[] utf8) {
    return object(parse(text(utf8)), "the body");
  }

  static ObjectNode object(JsonNode node, String what) {
    demand(node.isObject(), what + " is an object: " + node);
    return (ObjectNode) node;
  }

  static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException broken) {
      throw new AssertionError("not UTF-8", broken);
    }
  }

  /** Fails the speaker's reading: the other side broke the dialect's grammar. */
  static void demand(boolean holds, String grammar) {
    if (!holds) {
      throw new AssertionError("against the grammar: " + grammar);
    }
  }

  static String string(JsonNode in, String name) {
    JsonNode value = in.path(name);
    demand(value.isString(), name + " is a string in " + in);
    return value.asString();
  }

  static String filled(JsonNode in, String name) {
    String text = string(in, name);
    demand(!text.isEmpty(), name + " is not empty in " + in);
    return text;
  }

  static long count(JsonNode in, String name) {
    JsonNode value = in.path(name);
    demand(value.isIntegralNumber() && value.asLong() >= 0, name + " is a count in " + in);
    return value.asLong();
  }

  static ObjectNode object(JsonNode in, String name, boolean needed) {
    JsonNode value = in.path(name);
    if (!needed && absent(value)) {
      return obj();
    }
    demand(value.isObject(), name + " is an object in " + in);
    return (ObjectNode) value;
  }

  static ArrayNode array(JsonNode in, String name) {
    JsonNode value = in.path(name);
    demand(value.isArray(), name + " is a list in " + in);
    return (ArrayNode) value;
  }

  /** A list, empty where there is none. */
  static ArrayNode maybeArray(JsonNode in, String name) {
    return absent(in.path(name)) ? NODES.arrayNode() : array(in, name);
  }

  static String oneOf(JsonNode in, String name, String... words) {
    String word = string(in, name);
    demand(List.of(words).contains(word), name + " is one of " + List.of(words) + ": " + word);
    return word;
  }

  static void is(JsonNode in, String name, String word) {
    oneOf(in, name, word);
  }

  /** Every name must be there, null or not. */
  static void has(JsonNode in, String... names) {
    for (String name : names) {
      demand(in.has(name), name + " is there in " + in);
    }
  }

  /** Providers refuse names that they do not know. */
  static void only(JsonNode in, String... names) {
    demand(in.isObject(), "an object: " + in);
    Set<String> others = new TreeSet<>(in.propertyNames());
    List.of(names).forEach(others::remove);
    demand(others.isEmpty(), "unknown fields " + others + " in " + in);
  }

  static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
