package dev.ockham.serve;

import java.util.List;

/** Makes text fit to stand in a header: printable ASCII, bounded. */
final class HeaderText {
  private static final int MAX_LENGTH = 1024;

  private HeaderText() {}

  static String join(List<String> parts) {
    return clean(String.join("; ", parts));
  }

  /** What is not printable ASCII becomes a question mark. */
  static String clean(String text) {
    int length = Math.min(text.length(), MAX_LENGTH);
    var clean = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      clean.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return clean.toString();
  }
}
