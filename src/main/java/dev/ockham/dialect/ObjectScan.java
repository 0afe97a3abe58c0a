package dev.ockham.dialect;

/** Follows the text of a JSON object as it comes and knows when it is complete. */
final class ObjectScan {
  private int depth;
  private boolean begun;
  private boolean inString;
  private boolean escaped;

  void add(String text) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
  }

  private void add(char c) {
    if (escaped) {
      escaped = false;
    } else if (inString) {
      escaped = c == '\\';
      inString = c != '"';
    } else {
      switch (c) {
        case '"' -> inString = true;
        case '{', '[' -> {
          depth++;
          begun = true;
        }
        case '}', ']' -> depth--;
        default -> {}
      }
    }
  }

  boolean isComplete() {
    return begun && depth <= 0;
  }
}
