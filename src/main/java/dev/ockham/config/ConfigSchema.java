package dev.ockham.config;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what the configuration file looks like: to editors as JSON schema, to people as a table. */
public final class ConfigSchema {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ConfigSchema() {}

  /** JSON schema, draft 2020-12. */
  public static String json() {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Ockham configuration");
    fill(schema, ConfigShape.ROOT);
    return JSON.writeValueAsString(schema) + "\n";
  }

  /** A Markdown table of all keys. */
  public static String reference() {
    var text = new StringBuilder("| key | value | if absent | meaning |\n|---|---|---|---|\n");
    rows(text, ConfigShape.ROOT, "");
    return text.toString();
  }

  private static void fill(ObjectNode node, Shape shape) {
    switch (shape) {
      case Shape.Section section -> {
        node.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = JSON.createArrayNode();
        for (Shape.Key key : section.keys()) {
          ObjectNode property = properties.putObject(key.name());
          String absent = key.required() ? "required" : "if absent: " + key.otherwise();
          property.put("description", key.meaning() + " (" + absent + ")");
          fill(property, key.shape());
          if (key.required()) {
            required.add(key.name());
          }
        }
        if (!required.isEmpty()) {
          node.set("required", required);
        }
      }
      case Shape.Named(Shape each) -> {
        node.put("type", "object");
        node.putObject("propertyNames").put("pattern", anchored(Kind.NAME));
        fill(node.putObject("additionalProperties"), each);
      }
      case Shape.ListOf(Shape each) -> {
        node.put("type", "array");
        fill(node.putObject("items"), each);
      }
      case Shape.Plain(Kind kind) -> plain(node, kind);
      case Shape.WordOr(Kind word, Shape.Section section) -> {
        ArrayNode either = node.putArray("anyOf");
        plain(either.addObject(), word);
        fill(either.addObject(), section);
      }
    }
  }

  private static void plain(ObjectNode node, Kind kind) {
    switch (kind) {
      case ONE -> node.put("const", 1);
      case PORT -> node.put("type", "integer").put("minimum", 0).put("maximum", 65_535);
      case TOKENS -> node.put("type", "integer").put("minimum", 1).put("maximum", 100_000_000);
      case COUNT -> node.put("type", "integer").put("minimum", 0).put("maximum", 100_000_000);
      case YES_NO -> node.put("type", "boolean");
      case PER_MILLION, DOLLARS, SHARE -> {
        node.putArray("type").add("string").add("number");
        node.put("pattern", anchored(kind));
      }
      default -> node.put("type", "string").put("pattern", anchored(kind));
    }
  }

  private static String anchored(Kind kind) {
    return "^(" + kind.pattern() + ")$";
  }

  private static void rows(StringBuilder text, Shape shape, String path) {
    switch (shape) {
      case Shape.Section section -> {
        for (Shape.Key key : section.keys()) {
          String inner = ShapeCheck.inside(path, key.name());
          if (!(key.shape() instanceof Shape.Section)) {
            String absent = key.required() ? "**required**" : key.otherwise();
            row(text, inner, expected(key.shape()), absent, key.meaning());
          }
          rows(text, key.shape(), inner);
        }
      }
      case Shape.Named(Shape each) -> rows(text, each, path + ".NAME");
      case Shape.ListOf(Shape each) -> rows(text, each, path + "[]");
      case Shape.Plain _ -> {}
      case Shape.WordOr(_, Shape.Section section) -> rows(text, section, path);
    }
  }

  private static String expected(Shape shape) {
    return switch (shape) {
      case Shape.Section _ -> "settings";
      case Shape.Named(Shape each) -> "names, each with " + expected(each);
      case Shape.ListOf(Shape each) -> "a list of " + expected(each);
      case Shape.Plain(Kind kind) -> kind.expected();
      case Shape.WordOr(Kind word, _) -> word.expected();
    };
  }

  private static void row(
      StringBuilder text, String key, String value, String absent, String meaning) {
    text.append("| `").append(key).append("` | ").append(value).append(" | ");
    text.append(absent).append(" | ").append(meaning).append(" |\n");
  }
}
