package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;

/** What became of a client's body. */
public sealed interface DecodeOutcome {

  /** The body as a request, the bytes it came in, and what its address said. */
  record Decoded(ChatRequest request, RawBody raw, PathSays path) implements DecodeOutcome {}

  /** The body cannot be read; the error names the place, what is there and what was expected. */
  record Malformed(ChatError error) implements DecodeOutcome {}
}
