package dev.ockham.provider;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.Usage;
import java.util.Optional;

/**
 * Where an attempt reports what it used. {@link #dispatched} comes before the first byte goes to
 * the provider; after it exactly one of the other three is called, without it only {@link
 * #released}.
 */
public interface Meter {
  /** Of calls that nobody pays for. */
  Meter UNBILLED =
      new Meter() {
        @Override
        public void dispatched() {}

        @Override
        public void reported(Usage usage) {}

        @Override
        public void estimated(Usage usage) {}

        @Override
        public void released(String why) {}
      };

  void dispatched();

  /**
   * Asked after each piece of a stream: why the answer must not go on; usually empty.
   *
   * @param reported by the provider, so far
   * @param outputChars seen, so far
   */
  default Optional<ChatError> mustStop(Usage reported, long outputChars) {
    return Optional.empty();
  }

  /** The provider told what it counted. */
  void reported(Usage usage);

  /** The provider did not tell, or not all: this is what was counted here. */
  void estimated(Usage usage);

  /** Nothing was used. */
  void released(String why);
}
