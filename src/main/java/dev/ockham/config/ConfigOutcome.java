package dev.ockham.config;

import java.util.List;

/** What came of reading a configuration. */
public sealed interface ConfigOutcome {

  /** A valid configuration; warnings name what works but may surprise. */
  record Read(Config config, List<String> warnings) implements ConfigOutcome {
    public Read {
      warnings = List.copyOf(warnings);
    }
  }

  /** Everything that is wrong, in the order of the file. */
  record Invalid(List<ConfigProblem> problems) implements ConfigOutcome {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
