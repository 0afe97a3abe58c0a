package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

/**
 * A command that was typed, with what it printed.
 *
 * @param code its exit code
 */
record Typed(int code, String out, String err) {

  /** Runs a command line in a home folder of its own. */
  static Typed run(Path home, Map<String, String> variables, String... arguments) {
    return answering("", home, variables, arguments);
  }

  /** Runs it with a person there who types this. */
  static Typed answering(
      String answer, Path home, Map<String, String> variables, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var terminal =
        new Terminal(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new BufferedReader(new StringReader(answer)),
            !answer.isEmpty());
    var ambient =
        new Ambient(
            InstantSource.fixed(Instant.parse("2026-10-01T12:00:00Z")),
            System::nanoTime,
            new Random(1));
    int code =
        OckhamCommand.line(new Environment(variables, home, home), terminal, ambient)
            .execute(arguments);
    return new Typed(code, out.toString(), err.toString());
  }
}
