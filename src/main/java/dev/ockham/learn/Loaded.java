package dev.ockham.learn;

import java.util.function.Function;

/** What reading weights came to: the value, or why it cannot be used and what to do. */
public sealed interface Loaded<T> {

  /** It was read whole. */
  record Ready<T>(T value) implements Loaded<T> {}

  /** It cannot be used; the problem names the offending value, what was expected and what to do. */
  record Unusable<T>(String problem) implements Loaded<T> {}

  /** Goes on with the value, if there is one. */
  default <R> Loaded<R> then(Function<? super T, Loaded<R>> next) {
    return switch (this) {
      case Ready<T>(T value) -> next.apply(value);
      case Unusable<T>(String problem) -> new Unusable<>(problem);
    };
  }

  /**
   * The value of something that cannot be broken unless the program is: what ships inside the jar.
   */
  default T orThrow() {
    return switch (this) {
      case Ready<T>(T value) -> value;
      case Unusable<T>(String problem) -> throw new IllegalStateException(problem);
    };
  }
}
