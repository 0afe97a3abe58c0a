package dev.ockham.config;

import java.util.List;

/**
 * What a part of the file looks like. One description serves reading, the editors' schema and the
 * reference, so that they cannot differ.
 */
sealed interface Shape {

  /** A mapping with keys we know. */
  record Section(List<Key> keys) implements Shape {
    Section(Key... keys) {
      this(List.of(keys));
    }
  }

  /** A mapping whose keys are names that the reader of the file chooses. */
  record Named(Shape each) implements Shape {}

  record ListOf(Shape each) implements Shape {}

  record Plain(Kind kind) implements Shape {}

  /** Either a word or a section. */
  record WordOr(Kind word, Section section) implements Shape {}

  /**
   * A key of a section.
   *
   * @param otherwise what holds where the key is absent, in words; empty if it must be there
   * @param meaning for the reference
   */
  record Key(String name, Shape shape, String otherwise, String meaning) {
    boolean required() {
      return otherwise.isEmpty();
    }
  }
}
