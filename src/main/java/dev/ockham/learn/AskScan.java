package dev.ockham.learn;

/**
 * One pass over an ask: its words as hashes, the cues among them, and where lines, clauses, quoted
 * and fenced text begin. Of a long text both ends are read.
 */
final class AskScan {
  static final int HEAD = 900;
  static final int TAIL = 500;
  private static final int MOST_WORDS = 400;

  final long[] hashes = new long[MOST_WORDS];

  /** Groups of cues, a mask a word. */
  final long[] cues = new long[MOST_WORDS];

  final int[] starts = new int[MOST_WORDS];
  final int[] ends = new int[MOST_WORDS];
  final int[] lines = new int[MOST_WORDS];
  final int[] clauses = new int[MOST_WORDS];

  /** Whether the word stands in quotes, a fence or a quoted line: matter that was given. */
  final boolean[] given = new boolean[MOST_WORDS];

  int words;
  int lineCount = 1;
  boolean fenced;
  int foreignLetters;
  int letters;

  private final String text;
  private final CueTable table;
  private final CharFolding folding;
  private int clause;
  private boolean inFence;
  private boolean inQuotes;
  private boolean quotedLine;

  AskScan(String text, CueTable table, CharFolding folding) {
    this.text = text;
    this.table = table;
    this.folding = folding;
    int length = text.length();
    if (length <= HEAD + TAIL) {
      read(0, length);
    } else {
      read(0, HEAD);
      newLine(HEAD);
      read(length - TAIL, length);
    }
  }

  private void read(int from, int to) {
    int i = from;
    if (from == 0) {
      beginLine(0);
    }
    while (i < to && words < MOST_WORDS) {
      char c = text.charAt(i);
      int kind = folding.kind(c);
      if (kind == CharFolding.WORD || c == '_') {
        i = word(i, to);
      } else if (kind == CharFolding.ALONE && c >= 0x3000) {
        end(i, i + 1, CueTable.next(CueTable.start(), c), 0);
        foreignLetters++;
        letters++;
        i++;
      } else {
        sign(c, i);
        i++;
      }
    }
  }

  /** Reads a word from its first character; returns where it ends. */
  private int word(int from, int to) {
    long hash = CueTable.start();
    long found = 0;
    int i = from;
    int length = 0;
    for (; i < to; i++) {
      char c = text.charAt(i);
      if (folding.kind(c) == CharFolding.WORD || c == '_') {
        hash = CueTable.next(hash, folding.fold(c));
        length++;
        found |= length >= 3 ? table.ofStem(hash) : 0;
        letters++;
        foreignLetters += c >= 0x0250 ? 1 : 0;
      } else if (!isApostrophe(c)) {
        break;
      }
    }
    end(from, i, hash, found);
    return i;
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '’';
  }

  private void end(int from, int to, long hash, long stems) {
    long before = words == 0 ? 0 : hashes[words - 1];
    hashes[words] = hash;
    cues[words] = stems | table.ofWord(before, hash);
    starts[words] = from;
    ends[words] = to;
    lines[words] = lineCount - 1;
    clauses[words] = clause;
    given[words] = inFence || inQuotes || quotedLine;
    words++;
  }

  private void sign(char c, int at) {
    switch (c) {
      case '\n' -> newLine(at + 1);
      case '.', '?', '!', ':', ';', '。', '？', '！', '：' -> clause++;
      case '"', '“', '”', '„', '«', '»' -> inQuotes = !inQuotes && closes(c, at);
      default -> {}
    }
  }

  /** A quote that is never closed on its line quotes nothing. */
  private boolean closes(char open, int at) {
    int newline = text.indexOf('\n', at);
    int end = newline < 0 ? text.length() : newline;
    char close =
        switch (open) {
          case '“' -> '”';
          case '„' -> '“';
          case '«' -> '»';
          case '»' -> '«';
          default -> open;
        };
    int found = text.indexOf(close, at + 1);
    return found > 0 && found < end;
  }

  private void newLine(int next) {
    lineCount++;
    clause++;
    inQuotes = false;
    beginLine(next);
  }

  private void beginLine(int at) {
    quotedLine = text.startsWith("> ", at);
    if (text.startsWith("```", at)) {
      inFence = !inFence;
      fenced = true;
    }
  }
}
