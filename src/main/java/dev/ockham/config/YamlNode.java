package dev.ockham.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * YAML as it stands in a file, with its lines; scalars keep their text, whatever YAML reads in it.
 */
sealed interface YamlNode {
  int line();

  record Mapping(int line, SequencedMap<String, Entry> entries) implements YamlNode {
    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }

    Optional<YamlNode> get(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** The mapping under a key; an empty one where there is none. */
    Mapping section(String key) {
      return get(key)
          .filter(Mapping.class::isInstance)
          .map(Mapping.class::cast)
          .orElseGet(() -> new Mapping(line, new LinkedHashMap<>()));
    }

    /** The text under a key, if one is there. */
    Optional<String> text(String key) {
      return get(key).filter(Scalar.class::isInstance).map(node -> ((Scalar) node).text());
    }

    /** The elements under a key; none where there is no list. */
    List<YamlNode> list(String key) {
      return get(key)
          .filter(Sequence.class::isInstance)
          .map(node -> ((Sequence) node).elements())
          .orElse(List.of());
    }
  }

  /**
   * A key with its value.
   *
   * @param line of the key
   */
  record Entry(int line, YamlNode value) {}

  record Sequence(int line, List<YamlNode> elements) implements YamlNode {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  record Scalar(int line, String text) implements YamlNode {}
}
