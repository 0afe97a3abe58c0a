package dev.ockham.dialect;

import java.util.Optional;

/**
 * Remembers, by the id of a tool call, what its maker wants back, for clients whose dialect has no
 * place for it. Of one caller only.
 */
public interface CallMemory {
  /** Remembers nothing. */
  CallMemory NONE =
      new CallMemory() {
        @Override
        public void remember(String callId, String sealed) {}

        @Override
        public Optional<String> recall(String callId) {
          return Optional.empty();
        }
      };

  void remember(String callId, String sealed);

  Optional<String> recall(String callId);
}
