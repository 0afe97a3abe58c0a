package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;

/** What became of a client's body. */
public sealed interface DecodeOutcome {

  /** The body as a request, and the bytes it came in. */
  record Decoded(ChatRequest request, RawBody raw) implements DecodeOutcome {}

  /** The body cannot be read; the error names the place, what is there and what was expected. */
  record Malformed(ChatError error) implements DecodeOutcome {}
}
