package dev.ockham.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client as a process of its own: nothing of this machine's environment, a home folder of its
 * own, and a proxy that refuses whatever is not on loopback.
 *
 * @param folder where it works; its home is beside it
 * @param outside the address of the proxy
 */
record ClientProcess(Path folder, String outside) {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** How it ended and what it printed. */
  record Ended(int exit, String out, String err) {
    /** The line of JSON that tells of this check. */
    JsonNode line(String check) {
      return out.lines()
          .filter(line -> line.startsWith("{\"check\":\"" + check + "\""))
          .map(JsonMapper.shared()::readTree)
          .findFirst()
          .orElseThrow(() -> new AssertionError("no line about " + check + ": " + this));
    }

    @Override
    public String toString() {
      return "exit " + exit + "\n--- out\n" + last(out) + "\n--- err\n" + last(err);
    }

    private static String last(String text) {
      return text.substring(Math.max(0, text.length() - 4000));
    }
  }

  /** Where the client believes its user lives. */
  Path home() {
    return folder.resolveSibling("home");
  }

  Ended run(List<String> command, Map<String, String> variables) {
    try {
      Files.createDirectories(home());
      Files.createDirectories(folder);
      Path out = folder.resolveSibling("out.txt");
      Path err = folder.resolveSibling("err.txt");
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment());
      builder.environment().putAll(variables);
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      int exit = exit(builder.start());
      return new Ended(exit, Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exit code, or -1 of a process that had to be stopped. */
  private static int exit(Process process) {
    try {
      if (process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Map<String, String> environment() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("HOME", home().toString());
    variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    variables.put("SHELL", "/bin/sh");
    variables.put("LANG", "C.UTF-8");
    for (String proxy : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
      variables.put(proxy, outside);
      variables.put(proxy.toLowerCase(java.util.Locale.ROOT), outside);
    }
    variables.put("NO_PROXY", "127.0.0.1,localhost");
    variables.put("no_proxy", "127.0.0.1,localhost");
    return variables;
  }
}
