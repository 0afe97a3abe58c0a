package dev.ockham.learn;

/** Masks of cue groups by what they tell. */
final class CueGroups {
  /** Polite words: they tell nothing of the task. */
  static final String SOCIAL = "social";

  /** Words that point at text that came along. */
  static final String POINTER = "this";

  /** Words that only join demands. */
  static final String JOINING = "multi";

  final int size;
  final long languages;
  final long english;
  final long pointers;

  /** Everything that names something to do or a field of knowledge. */
  final long tasks;

  CueGroups(CueTable table) {
    size = table.groups().size();
    languages = table.languages();
    english = mask(table, CueTable.LANGUAGE + "en");
    pointers = mask(table, POINTER);
    tasks =
        ~(languages | pointers | mask(table, SOCIAL) | mask(table, JOINING)) & ((1L << size) - 1);
  }

  private static long mask(CueTable table, String group) {
    int at = table.indexOf(group);
    return at < 0 ? 0 : 1L << at;
  }
}
