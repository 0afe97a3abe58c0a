package dev.ockham.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ockham as anybody would start it, with everything on: a configuration with four candidates that
 * the shipped weights know, a key of a team, and hard budgets that bind it at three levels.
 */
final class OckhamRecipe {
  static final String NAME = "ockham";

  private static final Pattern KEY = Pattern.compile("ock_([0-9A-Za-z]+)_[0-9A-Za-z_-]+");
  private static final String CONFIG =
      """
      version: 1
      server: {host: 127.0.0.1, port: %d}
      data: {folder: %s}
      providers:
        mock: {dialect: openai-chat, base-url: "http://127.0.0.1:%d/v1"}
      models:
        tiny:   {provider: mock, name: Meta-Llama-3_1-8B-Instruct,  context-window: 1048576, max-output: 8192, price: {input: 0.05, output: 0.08}, capabilities: []}
        small:  {provider: mock, name: gemini-1.5-flash-002,        context-window: 1048576, max-output: 8192, price: {input: 0.075, output: 0.3}, capabilities: []}
        medium: {provider: mock, name: Meta-Llama-3_1-70B-Instruct, context-window: 1048576, max-output: 8192, price: {input: 0.59, output: 0.79}, capabilities: []}
        large:  {provider: mock, name: gemini-1.5-pro-002,          context-window: 1048576, max-output: 8192, price: {input: 1.25, output: 5}, capabilities: []}
      routes:
        auto: {candidates: [tiny, small, medium, large], default: medium}
      """;

  private final Path launcher = Path.of("ockham").toAbsolutePath();
  private final Path work;
  private final int upstream;

  OckhamRecipe(Path work, int upstream) {
    this.work = work;
    this.upstream = upstream;
  }

  Target.Recipe recipe() throws IOException, InterruptedException {
    int port = Target.freePort();
    Path data = work.resolve("data");
    Path config = work.resolve("ockham.yaml");
    Files.writeString(config, CONFIG.formatted(port, data, upstream));
    String at = "--config=" + config;
    Matcher key = KEY.matcher(run("key", "create", "bench", "--team", "bench", at));
    if (!key.find()) {
      throw new IllegalStateException("ockham key create printed no key");
    }
    for (String scope : List.of("org:default", "team:bench", "key:" + key.group(1))) {
      run("budget", "set", scope, "1000000", "--period", "day", at);
    }
    var command = List.of(launcher.toString(), "serve", at);
    return new Target.Recipe(NAME, port, key.group(), command, Map.of());
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    var command = new java.util.ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ockham " + arguments[0] + " failed: " + output);
    }
    return output;
  }
}
