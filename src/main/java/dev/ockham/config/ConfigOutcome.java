package dev.ockham.config;

import java.util.List;
import java.util.Optional;

/** What came of reading a configuration. */
public sealed interface ConfigOutcome {

  /**
   * A valid configuration; warnings name what works but may surprise.
   *
   * @param keys reads again what is secret, as the files say then; empty where none can change
   */
  record Read(Config config, List<String> warnings, Optional<KeyringReader> keys)
      implements ConfigOutcome {
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
