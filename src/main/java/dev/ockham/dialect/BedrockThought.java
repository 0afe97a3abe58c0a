package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.ReasoningState;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A thought while its pieces come; what its maker wants back is known when its block ends. */
final class BedrockThought {
  private final Bound bound = new Bound();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder signature = new StringBuilder();
  private final List<String> redacted = new ArrayList<>();

  void add(BedrockPiece piece) {
    bound.add(piece.thought.length());
    bound.add(piece.signature.length());
    bound.add(piece.redacted.length());
    text.append(piece.thought);
    signature.append(piece.signature);
    if (!piece.redacted.isEmpty()) {
      redacted.add(piece.redacted);
    }
  }

  Optional<ReasoningState> state() {
    if (!redacted.isEmpty()) {
      return Optional.of(SignedThought.redacted(Dialect.BEDROCK_CONVERSE, joined()));
    }
    return signature.isEmpty()
        ? Optional.empty()
        : Optional.of(
            SignedThought.signed(Dialect.BEDROCK_CONVERSE, text.toString(), signature.toString()));
  }

  /** Each piece is encoded for itself. */
  private String joined() {
    if (redacted.size() == 1) {
      return redacted.getFirst();
    }
    var bytes = new ByteArrayOutputStream();
    try {
      redacted.forEach(piece -> bytes.writeBytes(Base64.getDecoder().decode(piece)));
    } catch (IllegalArgumentException broken) {
      throw Rejected.reply("The provider sent redacted content that is not in base64");
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
