package dev.ockham.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML into {@link YamlNode}s. Anchors and aliases are refused (a few lines of them can stand
 * for gigabytes), as are duplicate keys, a second document and deep nesting.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 20;
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(2 * MAX_DEPTH).build())
          .build();

  private final List<ConfigProblem> problems;

  YamlReader(List<ConfigProblem> problems) {
    this.problems = problems;
  }

  /** The root mapping; empty where the text is not YAML, which is then among the problems. */
  Optional<YamlNode.Mapping> read(String text) {
    try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        problems.add(new ConfigProblem(0, "", "an empty file", "at least version: 1"));
        return Optional.empty();
      }
      YamlNode root = node(parser, "", 0);
      if (parser.nextToken() != null) {
        problem(parser, "", "a second document", "one YAML document in the file");
      }
      if (root instanceof YamlNode.Mapping mapping) {
        return Optional.of(mapping);
      }
      problems.add(new ConfigProblem(root.line(), "", "no mapping", "keys such as version: 1"));
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      String what = e.getOriginalMessage().lines().findFirst().orElse("");
      problems.add(new ConfigProblem(line, "", "not YAML: " + what, "a YAML mapping"));
    }
    return Optional.empty();
  }

  private YamlNode node(JsonParser parser, String path, int depth) {
    int line = line(parser);
    if (depth > MAX_DEPTH) {
      problem(parser, path, "nested too deep", "at most " + MAX_DEPTH + " levels");
      parser.skipChildren();
      return new YamlNode.Scalar(line, "");
    }
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problem(parser, path, "*" + parser.getString(), "a value in place: aliases are not read");
      return new YamlNode.Scalar(line, "");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, path, depth);
      case START_ARRAY -> sequence(parser, path, depth);
      default -> new YamlNode.Scalar(line, scalar(parser));
    };
  }

  private static String scalar(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getString();
  }

  private YamlNode mapping(JsonParser parser, String path, int depth) {
    int start = line(parser);
    var entries = new LinkedHashMap<String, YamlNode.Entry>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      int line = line(parser);
      String inner = path.isEmpty() ? key : path + "." + key;
      YamlNode.Entry earlier = entries.get(key);
      if (earlier != null) {
        problem(parser, inner, "a second time", "once: it is on line " + earlier.line() + " too");
      }
      parser.nextToken();
      entries.put(key, new YamlNode.Entry(line, node(parser, inner, depth + 1)));
    }
    return new YamlNode.Mapping(start, entries);
  }

  private YamlNode sequence(JsonParser parser, String path, int depth) {
    int start = line(parser);
    var elements = new ArrayList<YamlNode>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(node(parser, path + "[" + elements.size() + "]", depth + 1));
    }
    return new YamlNode.Sequence(start, elements);
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private void problem(JsonParser parser, String path, String value, String expected) {
    problems.add(new ConfigProblem(line(parser), path, value, expected));
  }
}
