package dev.ockham;

import dev.ockham.cli.Ambient;
import dev.ockham.cli.OckhamCommand;
import dev.ockham.cli.Terminal;
import dev.ockham.config.Environment;
import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** Picks a command, nothing else. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    var terminal =
        new Terminal(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
    var ambient = new Ambient(InstantSource.system(), System::nanoTime, new SecureRandom());
    System.exit(OckhamCommand.line(Environment.ofProcess(), terminal, ambient).execute(args));
  }
}
