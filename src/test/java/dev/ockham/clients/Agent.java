package dev.ockham.clients;

import dev.ockham.chat.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A coding agent that runs one prompt and ends.
 *
 * @param tool what it calls its shell
 * @param arguments the name of the argument that holds the command, then others it asks for
 */
record Agent(String name, Dialect dialect, String tool, String arguments, Setup setup) {
  static final String PROMPT = "Please tick once: run the command, then say what you know.";

  /** Leaves one line in a file of the working folder, and prints what is not in its own text. */
  private static final String COMMAND = "echo tick >> ticks.txt; echo dekcit-24 | rev";

  private static final String SHELL = "{\"command\":\"%s\",\"description\":\"Ticks once\"}";

  static final Agent CLAUDE_CODE =
      new Agent("Claude Code", Dialect.ANTHROPIC_MESSAGES, "Bash", SHELL, Agent::claudeCode);
  static final Agent CODEX =
      new Agent(
          "Codex", Dialect.OPENAI_RESPONSES, "exec_command", "{\"cmd\":\"%s\"}", Agent::codex);
  static final Agent CODEX_BUILT_IN =
      new Agent(
          "Codex, its own provider",
          Dialect.OPENAI_RESPONSES,
          "exec_command",
          "{\"cmd\":\"%s\"}",
          Agent::codexBuiltIn);
  static final Agent OPENCODE_CHAT =
      new Agent(
          "opencode, openai-compatible",
          Dialect.OPENAI_CHAT,
          "bash",
          SHELL,
          run -> opencode(run, "@ai-sdk/openai-compatible"));
  static final Agent OPENCODE_RESPONSES =
      new Agent(
          "opencode, openai",
          Dialect.OPENAI_RESPONSES,
          "bash",
          SHELL,
          run -> opencode(run, "@ai-sdk/openai"));
  static final Agent OPENCODE_ANTHROPIC =
      new Agent(
          "opencode, anthropic",
          Dialect.ANTHROPIC_MESSAGES,
          "bash",
          SHELL,
          run -> opencode(run, "@ai-sdk/anthropic"));
  static final Agent GEMINI_CLI =
      new Agent(
          "Gemini CLI", Dialect.GEMINI_GENERATE, "run_shell_command", SHELL, Agent::geminiCli);

  static final List<Agent> ALL =
      List.of(
          CLAUDE_CODE,
          CODEX,
          CODEX_BUILT_IN,
          OPENCODE_CHAT,
          OPENCODE_RESPONSES,
          OPENCODE_ANTHROPIC,
          GEMINI_CLI);

  /** What a run is given. */
  record Run(Path js, ClientProcess process, String url, String key, String model) {
    String program(String name) {
      return js.resolve("node_modules/.bin").resolve(name).toString();
    }

    Path file(String path, String text) {
      try {
        Path file = process.home().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Starts the agent and waits for its end. */
  interface Setup {
    ClientProcess.Ended start(Run run);
  }

  Errand errand() {
    return new Errand("Please tick once", tool, arguments.formatted(COMMAND), "42-ticked");
  }

  /** What it prints of the tokens of both turns: as sums, or turn by turn. */
  List<String> counts() {
    return switch (tool) {
      case "bash" -> List.of("\"input\":20,\"output\":8", "\"input\":11,\"output\":7");
      case "run_shell_command" -> List.of("\"input\": 31", "\"candidates\": 15");
      default -> List.of("\"input_tokens\":31", "\"output_tokens\":15");
    };
  }

  @Override
  public String toString() {
    return name;
  }

  private static ClientProcess.Ended claudeCode(Run run) {
    return run.process.run(
        List.of(
            run.program("claude"),
            "-p",
            PROMPT,
            "--model",
            run.model,
            "--allowedTools",
            "Bash",
            "--output-format",
            "json"),
        Map.of(
            "ANTHROPIC_BASE_URL", run.url,
            "ANTHROPIC_AUTH_TOKEN", run.key,
            "ANTHROPIC_DEFAULT_HAIKU_MODEL", run.model,
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
            "DISABLE_AUTOUPDATER", "1"));
  }

  /** As {@code ./ockham connect codex} says. */
  private static ClientProcess.Ended codex(Run run) {
    String provider =
        """
        {name="Ockham",base_url="%s/v1",env_key="OCKHAM_KEY",wire_api="responses",\
        supports_websockets=false}\
        """
            .formatted(run.url);
    return codexExec(
        run,
        List.of(
            "-m",
            run.model,
            "-c",
            "model_provider=ockham",
            "-c",
            "model_providers.ockham=" + provider),
        Map.of("OCKHAM_KEY", run.key));
  }

  private static ClientProcess.Ended codexBuiltIn(Run run) {
    run.file(
        ".codex/config.toml",
        """
        model = "%s"
        openai_base_url = "%s/v1"
        """
            .formatted(run.model, run.url));
    run.file(".codex/auth.json", "{\"OPENAI_API_KEY\":\"" + run.key + "\"}");
    return codexExec(run, List.of(), Map.of());
  }

  private static ClientProcess.Ended codexExec(
      Run run, List<String> options, Map<String, String> variables) {
    var command = new ArrayList<>(List.of(InstalledClients.node(run.js), run.program("codex")));
    command.addAll(List.of("exec", "--skip-git-repo-check", "-s", "danger-full-access"));
    command.addAll(options);
    command.addAll(List.of("-c", "analytics.enabled=false", "--json", PROMPT));
    return run.process.run(command, variables);
  }

  private static ClientProcess.Ended opencode(Run run, String npm) {
    run.file(
        ".config/opencode/opencode.json",
        """
        {"model":"ockham/%2$s","small_model":"ockham/%2$s","autoupdate":false,"share":"disabled",
         "provider":{"ockham":{"npm":"%1$s","options":{"baseURL":"%3$s/v1","apiKey":"%4$s"},
           "models":{"%2$s":{"tool_call":true}}}},
         "permission":{"bash":"allow"}}
        """
            .formatted(npm, run.model, run.url, run.key));
    return run.process.run(
        List.of(run.program("opencode"), "run", "--format", "json", PROMPT),
        Map.of("OPENCODE_DISABLE_AUTOUPDATE", "1", "OPENCODE_DISABLE_MODELS_FETCH", "1"));
  }

  private static ClientProcess.Ended geminiCli(Run run) {
    run.file(
        ".gemini/settings.json",
        """
        {"security":{"auth":{"selectedType":"gemini-api-key"}},
         "privacy":{"usageStatisticsEnabled":false},"general":{"disableAutoUpdate":true}}
        """);
    return run.process.run(
        List.of(
            InstalledClients.node(run.js),
            run.program("gemini"),
            "-p",
            PROMPT,
            "--yolo",
            "--output-format",
            "json",
            "-m",
            run.model),
        Map.of(
            "GEMINI_API_KEY", run.key,
            "GOOGLE_GEMINI_BASE_URL", run.url,
            "GEMINI_CLI_TRUST_WORKSPACE", "true"));
  }
}
