package dev.ockham.conformance;

import java.util.ArrayList;
import java.util.List;

/** Cuts what is streamed, so that every reader has to put it together. */
final class Fragments {
  private Fragments() {}

  /** Pieces of one to four characters, a surrogate pair never cut. */
  static List<String> of(String text) {
    var fragments = new ArrayList<String>();
    int from = 0;
    for (int step = 1; from < text.length(); step = step % 4 + 1) {
      int to = Math.min(text.length(), from + step);
      if (Character.isHighSurrogate(text.charAt(to - 1))) {
        to++;
      }
      fragments.add(text.substring(from, to));
      from = to;
    }
    return fragments;
  }

  /** Takes turns: the first fragment of each, the second of each, and so on. */
  static <T> List<T> interleaved(List<List<T>> each) {
    var all = new ArrayList<T>();
    int longest = each.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (List<T> one : each) {
        if (i < one.size()) {
          all.add(one.get(i));
        }
      }
    }
    return all;
  }
}
