package dev.ockham.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a run has shown, cell by cell. Dialects are told by their names. */
final class Results {
  /** A client's dialect, a provider's, and a column of a matrix. */
  record Key(String client, String provider, String column) {}

  /** What came of a cell's cases so far. */
  private static final class Tally {
    private int tried;
    private int passed;
    private final Set<String> notes = new TreeSet<>();
  }

  private final Map<Key, Tally> tallies = new LinkedHashMap<>();

  /** A case of the cell begins. */
  void tried(Key key) {
    tally(key).tried++;
  }

  /** It held; the notes say what it had to leave out. */
  void passed(Key key, Collection<String> notes) {
    tally(key).passed++;
    tally(key).notes.addAll(notes);
  }

  private Tally tally(Key key) {
    return tallies.computeIfAbsent(key, k -> new Tally());
  }

  boolean isGreen(Key key) {
    Tally tally = tallies.get(key);
    return tally != null && tally.tried > 0 && tally.passed == tally.tried;
  }

  Set<String> notes(Key key) {
    return tally(key).notes;
  }

  int cases() {
    return tallies.values().stream().mapToInt(tally -> tally.tried).sum();
  }

  /** The cells that these dialects and columns demand, and that no run has shown to hold. */
  List<Key> missing(Collection<String> dialects, Collection<String> columns) {
    var missing = new ArrayList<Key>();
    for (String client : dialects) {
      for (String provider : dialects) {
        for (String column : columns) {
          var key = new Key(client, provider, column);
          if (!isGreen(key)) {
            missing.add(key);
          }
        }
      }
    }
    return missing;
  }
}
