package dev.ockham.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Compares a file with its shape and notes everything that differs. */
final class ShapeCheck {
  private final List<ConfigProblem> problems;

  ShapeCheck(List<ConfigProblem> problems) {
    this.problems = problems;
  }

  void check(YamlNode node, Shape shape, String path) {
    switch (shape) {
      case Shape.Section section -> section(node, section, path);
      case Shape.Named(Shape each) -> named(node, each, path);
      case Shape.ListOf(Shape each) -> {
        if (node instanceof YamlNode.Sequence(_, List<YamlNode> elements)) {
          for (int i = 0; i < elements.size(); i++) {
            check(elements.get(i), each, path + "[" + i + "]");
          }
        } else {
          problem(node, path, "a list");
        }
      }
      case Shape.Plain(Kind kind) -> plain(node, kind, path);
      case Shape.WordOr(Kind word, Shape.Section section) -> {
        if (node instanceof YamlNode.Scalar) {
          plain(node, word, path);
        } else {
          section(node, section, path);
        }
      }
    }
  }

  private void section(YamlNode node, Shape.Section section, String path) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      List<String> names = section.keys().stream().map(Shape.Key::name).toList();
      problem(node, path, "the keys " + String.join(", ", names));
      return;
    }
    mapping
        .entries()
        .forEach((name, entry) -> {
          Optional<Shape.Key> known =
              section.keys().stream().filter(key -> key.name().equals(name)).findFirst();
          if (known.isPresent()) {
            check(entry.value(), known.get().shape(), inside(path, name));
          } else {
            List<String> names = section.keys().stream().map(Shape.Key::name).toList();
            problems.add(
                new ConfigProblem(
                    entry.line(), inside(path, name), name, "a known key" + hint(name, names)));
          }
        });
    for (Shape.Key key : section.keys()) {
      if (key.required() && !mapping.entries().containsKey(key.name())) {
        problems.add(
            new ConfigProblem(mapping.line(), inside(path, key.name()), "absent", key.meaning()));
      }
    }
  }

  private void named(YamlNode node, Shape each, String path) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      problem(node, path, "names, each with its settings");
      return;
    }
    mapping
        .entries()
        .forEach((name, entry) -> {
          if (!Kind.NAME.accepts(name)) {
            problems.add(
                new ConfigProblem(entry.line(), inside(path, name), name, Kind.NAME.expected()));
          }
          check(entry.value(), each, inside(path, name));
        });
  }

  private void plain(YamlNode node, Kind kind, String path) {
    if (!(node instanceof YamlNode.Scalar(int line, String text))) {
      problem(node, path, kind.expected());
    } else if (!kind.accepts(text)) {
      // What stands where a secret belongs may be one.
      String shown = kind == Kind.SECRET ? text.length() + " characters, not shown" : shown(text);
      problems.add(new ConfigProblem(line, path, shown, kind.expected()));
    }
  }

  private void problem(YamlNode node, String path, String expected) {
    String value =
        switch (node) {
          case YamlNode.Mapping _ -> "a mapping";
          case YamlNode.Sequence _ -> "a list";
          case YamlNode.Scalar(_, String text) -> shown(text);
        };
    problems.add(new ConfigProblem(node.line(), path, value, expected));
  }

  private static String shown(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }

  static String inside(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Names the nearest of some words, or all of them where none is near. */
  static String hint(String word, Collection<String> known) {
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    if (least <= Math.max(2, word.length() / 3)) {
      return "; did you mean " + nearest + "?";
    }
    var some = new ArrayList<>(known).subList(0, Math.min(12, known.size()));
    return some.isEmpty() ? "" : ": " + String.join(", ", some);
  }

  /** Levenshtein's edit distance. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
