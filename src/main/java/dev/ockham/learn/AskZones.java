package dev.ockham.learn;

/**
 * Which words of a scan are the ask and which are matter that came with it: quoted, fenced, or in
 * lines that ask for nothing beside one that does. Where no line asks, all is ask.
 */
final class AskZones {
  /** From this score on a line asks for something. */
  private static final int ASKS = 3;

  private static final int SHORT_LINE = 40;
  private static final int LONG_LINE = 80;
  private static final int OPENING_WORDS = 4;
  private static final int GREETING_WORDS = 3;

  /** The words of the ask, by position. */
  final boolean[] ask;

  /** Where the first clause with a cue of a task begins and ends. */
  int leadFrom;

  int leadTo;
  int askWords;

  private final AskScan scan;
  private final CueGroups groups;
  private final String text;

  AskZones(AskScan scan, CueGroups groups, String text) {
    this.scan = scan;
    this.groups = groups;
    this.text = text;
    ask = new boolean[scan.words];
    boolean[] asking = askingLines();
    take(asking);
    if (askWords < 2) {
      takeAll();
    }
    findLead();
  }

  /** Whether nothing that was read is matter. */
  boolean isAll() {
    return askWords == scan.words;
  }

  /** The text of the ask alone. */
  String askText() {
    var kept = new StringBuilder(Math.min(text.length(), AskScan.HEAD + AskScan.TAIL));
    int w = 0;
    while (w < scan.words) {
      if (!ask[w]) {
        w++;
        continue;
      }
      int from = w;
      while (w + 1 < scan.words && ask[w + 1] && scan.lines[w + 1] == scan.lines[w]) {
        w++;
      }
      int end = Math.min(text.length(), scan.ends[w] + 1);
      kept.append(text, scan.starts[from], end).append('\n');
      w++;
    }
    return kept.toString();
  }

  private boolean[] askingLines() {
    boolean[] asking = new boolean[scan.lineCount];
    int first = neighbour(-1, 1);
    int last = neighbour(scan.lineCount, -1);
    if (first >= last) {
      java.util.Arrays.fill(asking, true);
      return asking;
    }
    int ofFirst = score(first);
    int ofLast = score(last);
    if (ofFirst < ASKS && ofLast < ASKS) {
      int second = neighbour(first, 1);
      int beforeLast = neighbour(last, -1);
      asking[second] = score(second) >= ASKS;
      asking[beforeLast] |= score(beforeLast) >= ASKS;
      if (!asking[second] && !asking[beforeLast]) {
        java.util.Arrays.fill(asking, true);
      }
      return asking;
    }
    asking[first] = ofFirst >= ASKS;
    asking[last] = ofLast >= ASKS;
    return asking;
  }

  /** The next line with words of its own, greetings passed over where there is more. */
  private int neighbour(int line, int step) {
    int found = -1;
    for (int l = line + step; l >= 0 && l < scan.lineCount; l += step) {
      int own = ownWords(l);
      if (own > GREETING_WORDS || (own > 0 && score(l) >= ASKS)) {
        return l;
      }
      found = own > 0 && found < 0 ? l : found;
    }
    return found < 0 ? Math.clamp(line, 0, scan.lineCount - 1) : found;
  }

  private int ownWords(int line) {
    int own = 0;
    for (int w = firstWord(line); w < scan.words && scan.lines[w] == line; w++) {
      own += scan.given[w] ? 0 : 1;
    }
    return own;
  }

  private int firstWord(int line) {
    int low = 0;
    int high = scan.words;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (scan.lines[middle] < line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How much a line looks like one that asks for something. */
  private int score(int line) {
    int from = firstWord(line);
    int own = 0;
    int score = 0;
    boolean task = false;
    boolean points = false;
    int w = from;
    for (; w < scan.words && scan.lines[w] == line; w++) {
      if (!scan.given[w]) {
        task |= own < OPENING_WORDS && (scan.cues[w] & groups.tasks) != 0;
        points |= (scan.cues[w] & groups.pointers) != 0;
        own++;
      }
    }
    if (own == 0) {
      return 0;
    }
    score += task ? 2 : 0;
    score += points ? 1 : 0;
    score += endsWithQuestion(scan.ends[w - 1]) ? 2 : 0;
    score += own <= SHORT_LINE ? 1 : 0;
    return own > LONG_LINE ? score - 1 : score;
  }

  private boolean endsWithQuestion(int end) {
    for (int i = end; i < Math.min(end + 3, text.length()); i++) {
      char c = text.charAt(i);
      if (c == '?' || c == '？') {
        return true;
      }
    }
    return false;
  }

  private void take(boolean[] asking) {
    for (int w = 0; w < scan.words; w++) {
      ask[w] = asking[scan.lines[w]] && !scan.given[w];
      askWords += ask[w] ? 1 : 0;
    }
  }

  private void takeAll() {
    java.util.Arrays.fill(ask, true);
    askWords = scan.words;
  }

  private void findLead() {
    int from = 0;
    while (from < scan.words) {
      int to = from;
      boolean task = false;
      while (to < scan.words && scan.clauses[to] == scan.clauses[from]) {
        task |= ask[to] && (scan.cues[to] & groups.tasks) != 0;
        to++;
      }
      if (task) {
        leadFrom = from;
        leadTo = to;
        return;
      }
      from = to;
    }
    leadTo = scan.words;
  }
}
