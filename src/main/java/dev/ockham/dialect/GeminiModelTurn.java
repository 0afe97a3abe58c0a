package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers what a model said in one turn, which may have come in many pieces. A signature belongs to
 * the part it stands on; an envelope of ours was put on the part after what it seals.
 */
final class GeminiModelTurn {
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thought = new StringBuilder();

  void add(GeminiContentReader.Piece piece) {
    String signature = piece.signature();
    if (piece.thought() && piece.part() instanceof Part.Text(String more)) {
      endText();
      thought.append(more);
      sign(signature);
      return;
    }
    if (piece.part() instanceof Part.Text(String more)) {
      if (Seals.isSealed(signature)) {
        sign(signature);
        say(more);
      } else {
        say(more);
        sign(signature);
      }
      return;
    }
    boolean before = Seals.isSealed(signature) || piece.part() instanceof Part.ToolCall;
    if (before) {
      sign(signature);
    }
    endText();
    endThought(Optional.empty());
    parts.add(piece.part());
    if (!before) {
      sign(signature);
    }
  }

  private void say(String more) {
    if (!more.isEmpty()) {
      endThought(Optional.empty());
      text.append(more);
    }
  }

  private void sign(String signature) {
    if (!signature.isEmpty()) {
      endText();
      endThought(Optional.of(new ReasoningState(Dialect.GEMINI_GENERATE, signature)));
    }
  }

  private void endText() {
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text.toString()));
      text.setLength(0);
    }
  }

  private void endThought(Optional<ReasoningState> state) {
    if (!thought.isEmpty() || state.isPresent()) {
      parts.add(new Part.Reasoning(thought.toString(), state));
      thought.setLength(0);
    }
  }

  /** What was said since the last time. */
  List<Part> take() {
    endText();
    endThought(Optional.empty());
    List<Part> taken = List.copyOf(parts);
    parts.clear();
    return taken;
  }
}
