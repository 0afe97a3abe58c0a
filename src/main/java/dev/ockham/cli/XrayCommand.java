package dev.ockham.cli;

import dev.ockham.config.CatalogReader;
import dev.ockham.lab.xray.Xray;
import dev.ockham.lab.xray.XrayHtml;
import dev.ockham.lab.xray.XrayJson;
import dev.ockham.lab.xray.XrayReport;
import dev.ockham.lab.xray.XrayText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says where the money went, from logs that are there already. */
@Command(
    name = "xray",
    description = "Show where the money went, from logs and usage exports, offline.",
    footer = {
      "",
      "Reads LiteLLM spend logs, OpenAI and Anthropic usage and cost exports, Claude Code and Codex",
      "transcripts; JSON, JSON lines or CSV, plain or .gz. Opens no connection and keeps nothing.",
      "",
      "Example: ./ockham xray ~/.claude/projects --html bill.html"
    })
final class XrayCommand implements Callable<Integer> {
  private static final List<String> ENDINGS = List.of(".json", ".jsonl", ".ndjson", ".csv");
  private static final int DEEP = 12;

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Logs, or folders of them.")
  private List<Path> given = List.of();

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page that loads nothing.")
  private Optional<Path> html = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "Lines of every list (default 10).")
  private int top = 10;

  XrayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (top < 1) {
      throw new ParameterException(spec.commandLine(), "--top " + top + ": expected 1 or more");
    }
    var xray =
        new Xray(CatalogReader.shipped(), rows -> terminal.err().printf("%,d rows read…%n", rows));
    for (Path file : files()) {
      try {
        xray.add(file);
      } catch (IOException failed) {
        return fail("%s cannot be read (%s). Is it a log, and may you read it?", file, failed);
      }
    }
    XrayReport report = xray.report();
    if (report.isEmpty()) {
      terminal.err().println("ockham: nothing in these files is a log that can be read. Known are");
      terminal.err().println("  " + Xray.KNOWN + ".");
      return OckhamCommand.FAILED;
    }
    if (html.isPresent()) {
      try {
        Files.writeString(html.get(), XrayHtml.of(report, Math.max(top, 50)));
      } catch (IOException failed) {
        return fail("%s cannot be written (%s). Give another place.", html.get(), failed);
      }
      terminal.err().println("Written: " + html.get());
    }
    if (json) {
      terminal.out().println(XrayJson.of(report, Math.max(top, 1_000)));
    } else {
      XrayText.print(report, top, terminal.out());
    }
    return OckhamCommand.OK;
  }

  private int fail(String message, Path file, IOException why) {
    terminal.err().printf("ockham: " + message + "%n", file, why.getClass().getSimpleName());
    return OckhamCommand.FAILED;
  }

  /** What was named, and the logs in folders that were named. */
  private List<Path> files() {
    var files = new ArrayList<Path>();
    for (Path each : given) {
      if (!Files.exists(each)) {
        throw new ParameterException(
            spec.commandLine(), each + ": there is no such file. Where is the log?");
      }
      if (Files.isDirectory(each)) {
        files.addAll(logsIn(each));
      } else {
        files.add(each);
      }
    }
    return files;
  }

  private List<Path> logsIn(Path folder) {
    try (Stream<Path> found = Files.walk(folder, DEEP)) {
      List<Path> logs = found.filter(XrayCommand::isLog).sorted().toList();
      if (logs.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            folder + ": no .json, .jsonl or .csv file below it. Name the files themselves.");
      }
      return logs;
    } catch (IOException unreadable) {
      throw new ParameterException(
          spec.commandLine(), folder + ": cannot be listed (" + unreadable.getMessage() + ")");
    }
  }

  private static boolean isLog(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(plain::endsWith);
  }
}
