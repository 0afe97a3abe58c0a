package dev.ockham.serve;

import dev.ockham.config.ConfigProblem;
import java.util.List;

/** Takes up settings that have changed since the last time, all of them or none. */
@FunctionalInterface
public interface Reload {
  /** Where settings cannot change. */
  Reload NONE =
      () ->
          new Refused(
              "no settings",
              List.of(new ConfigProblem(0, "", "reload", "a gateway that reads its settings")));

  /** Reads them and puts them in force. Blocks; one caller at a time. */
  Outcome reload();

  /** What came of it. */
  sealed interface Outcome {}

  /**
   * In force for every request that comes now; those under way keep what they began with.
   *
   * @param routes the version that records name
   * @param catalog likewise
   * @param warnings what works but may surprise
   */
  record Taken(String routes, String catalog, List<String> warnings) implements Outcome {
    public Taken {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Nothing has changed.
   *
   * @param source the file
   * @param problems all of them, with their lines
   */
  record Refused(String source, List<ConfigProblem> problems) implements Outcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
