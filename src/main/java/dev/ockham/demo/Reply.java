package dev.ockham.demo;

import java.util.ArrayList;
import java.util.List;

/** What a server of the fleet answers, before it is put into a dialect. Usage is in tokens. */
record Reply(String id, String model, String text, long inputTokens, long outputTokens) {
  /** A stream's event carries about this many characters. */
  private static final int PIECE = 120;

  /** The text in the pieces it is streamed in. */
  List<String> pieces() {
    var pieces = new ArrayList<String>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + PIECE);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to++;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }
}
