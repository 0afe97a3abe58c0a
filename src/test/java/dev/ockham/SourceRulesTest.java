package dev.ockham;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.SourceFile.Method;
import dev.ockham.SourceFile.TopLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules of the house that only sources can tell. Some fail, the others print what to mend. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SourceRulesTest {
  private static final int MOST_LINES = 400;
  private static final int MOST_METHOD_LINES = 40;
  private static final int MOST_PARAMETERS = 5;

  /** Beside all of the ledger: where money is read, reckoned, kept and shown. */
  private static final Set<String> MONEY =
      Set.of(
          "Price.java",
          "Money.java",
          "Budgets.java",
          "BudgetEvents.java",
          "SqlCheckpoint.java",
          "Drain.java",
          "WorstCase.java",
          "StreamCover.java",
          "Bill.java",
          "BudgetDetails.java",
          "BudgetsEndpoint.java",
          "Denial.java",
          "BudgetCommand.java",
          "BudgetTerms.java");

  private static final Pattern FLOATING = Pattern.compile("\\b(double|float|Double|Float)\\b");
  private static final Pattern FAKES_AND_MAGIC =
      Pattern.compile(
          "import (static )?(lombok|org\\.mockito|org\\.easymock|io\\.mockk|javax\\.inject|jakarta"
              + "|com\\.google\\.inject|org\\.springframework)\\b.*");

  private List<SourceFile> main = List.of();
  private List<SourceFile> tests = List.of();

  @BeforeAll
  void read() throws IOException {
    main = SourceFile.under(SourceFile.MAIN);
    tests = SourceFile.under(SourceFile.TEST);
  }

  @Test
  void every_room_is_on_the_map() {
    Set<String> rooms = new TreeSet<>();
    main.forEach(file -> rooms.add(file.room()));
    rooms.remove(Rooms.ROOT);
    assertThat(Rooms.all())
        .as("a new room needs its arrows in Rooms, and a line in ARCHITECTURE.md")
        .containsAll(rooms);
  }

  @Test
  void no_file_is_longer_than_400_lines() {
    assertThat(notExcused(longFiles()))
        .as("a file is read in one sitting: split what it is about")
        .isEmpty();
  }

  @Test
  void no_method_takes_more_than_five_parameters() {
    assertThat(notExcused(manyParameters()))
        .as("parameters that go together are a record")
        .isEmpty();
  }

  @Test
  void money_is_an_integer() {
    var floating = new ArrayList<String>();
    for (SourceFile file : main) {
      boolean money = file.room().equals("ledger") || MONEY.contains(file.name());
      if (money && FLOATING.matcher(file.code()).find()) {
        floating.add(file.path().toString());
      }
    }
    assertThat(floating).as("a binary fraction cannot hold a cent").isEmpty();
  }

  @Test
  void nothing_is_faked_injected_or_generated() {
    var found = new ArrayList<String>();
    for (SourceFile file : both()) {
      file.code()
          .lines()
          .filter(line -> FAKES_AND_MAGIC.matcher(line).matches())
          .forEach(line -> found.add(file.name() + ": " + line));
    }
    assertThat(found).as("tests use real parts; Main puts them together by hand").isEmpty();
  }

  @Test
  void every_package_is_null_marked() throws IOException {
    var unmarked = new TreeSet<String>();
    for (SourceFile file : both()) {
      Path info = file.path().resolveSibling("package-info.java");
      if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
        unmarked.add(info.toString());
      }
    }
    assertThat(unmarked).as("a package that is not @NullMarked is silently unchecked").isEmpty();
  }

  @Test
  void every_exception_is_still_needed() {
    var idle = new TreeSet<>(Exceptions.REASONS.keySet());
    idle.removeAll(longFiles().keySet());
    idle.removeAll(manyParameters().keySet());
    idle.removeIf(key -> key.startsWith("ambient "));
    assertThat(idle).as("remove them from Exceptions").isEmpty();
  }

  /** These limits are for judgement: they are printed, not enforced. */
  @Test
  void long_methods_and_open_types_are_printed() {
    for (SourceFile file : main) {
      for (Method method : file.methods()) {
        if (method.lines() > MOST_METHOD_LINES) {
          print(file.name() + " " + method.name() + ": " + method.lines() + " lines (aim: <= 40)");
        }
      }
    }
    List<TopLevel> types = main.stream().flatMap(file -> file.types().stream()).toList();
    long closed = types.stream().filter(type -> !type.isPublic()).count();
    print(closed + " of " + types.size() + " top-level types are package-private (aim: >= 60 %)");
    for (SourceFile file : main) {
      for (TopLevel type : file.types()) {
        if (type.isPublic() && !usedElsewhere(type, file)) {
          print(type.name() + " is public, and no other room uses it");
        }
      }
    }
    assertThat(types).isNotEmpty();
  }

  private boolean usedElsewhere(TopLevel type, SourceFile home) {
    Pattern name = Pattern.compile("\\b" + type.name() + "\\b");
    for (SourceFile file : main) {
      if (!file.room().equals(home.room()) && name.matcher(file.code()).find()) {
        return true;
      }
    }
    return false;
  }

  /** By their key in {@link Exceptions}. */
  private Map<String, String> longFiles() {
    var found = new TreeMap<String, String>();
    for (SourceFile file : both()) {
      if (file.lines() > MOST_LINES) {
        found.put("file " + file.name(), file.lines() + " lines");
      }
    }
    return found;
  }

  private Map<String, String> manyParameters() {
    var found = new TreeMap<String, String>();
    for (SourceFile file : main) {
      for (Method method : file.methods()) {
        if (method.parameters() > MOST_PARAMETERS && !method.fixed()) {
          found.put("parameters " + file.name(), method.name() + " takes " + method.parameters());
        }
      }
    }
    return found;
  }

  private static Map<String, String> notExcused(Map<String, String> found) {
    found.keySet().removeAll(Exceptions.REASONS.keySet());
    return found;
  }

  private List<SourceFile> both() {
    var all = new ArrayList<>(main);
    all.addAll(tests);
    return all;
  }

  private static void print(String line) {
    System.out.println("[house] " + line);
  }
}
