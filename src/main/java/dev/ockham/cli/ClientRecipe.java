package dev.ockham.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** How a client is pointed at the gateway. */
sealed interface ClientRecipe {

  /** Lines to type or paste; nothing on disk changes. */
  record Lines(Function<String, List<String>> of) implements ClientRecipe {
    List<String> text(String url) {
      return of.apply(url);
    }
  }

  /**
   * Settings in a JSON file of the client.
   *
   * @param relativePath below the home folder
   * @param of settings by their path, parts apart by a slash, from the gateway's address and a key
   */
  record JsonFile(String relativePath, Settings of) implements ClientRecipe {
    SequencedMap<String, String> settings(String url, String key) {
      return of.from(url, key);
    }

    /** The paths that are set. */
    List<String> paths() {
      return List.copyOf(of.from("", "").keySet());
    }
  }

  /** What to write. */
  interface Settings {
    SequencedMap<String, String> from(String url, String key);
  }

  static Optional<ClientRecipe> of(String name) {
    return Optional.ofNullable(all().get(name));
  }

  static List<String> names() {
    return new ArrayList<>(all().keySet());
  }

  private static Map<String, ClientRecipe> all() {
    var all = new LinkedHashMap<String, ClientRecipe>();
    all.put("claude-code", new JsonFile(".claude/settings.json", ClientRecipe::claudeCode));
    all.put("opencode", new JsonFile(".config/opencode/opencode.json", ClientRecipe::opencode));
    all.put("codex", new Lines(ClientRecipe::codex));
    all.put("gemini-cli", new Lines(url -> google(url, "gemini -m auto")));
    all.put("openai-python", new Lines(url -> openAi(url, "python", "client = openai.OpenAI()")));
    all.put("openai-node", new Lines(url -> openAi(url, "node", "const client = new OpenAI()")));
    all.put(
        "anthropic-python",
        new Lines(url -> anthropic(url, "python", "client = anthropic.Anthropic()")));
    all.put(
        "anthropic-node",
        new Lines(url -> anthropic(url, "node", "const client = new Anthropic()")));
    all.put(
        "google-python",
        new Lines(url -> google(url, "client = genai.Client()  # python: model=\"auto\"")));
    all.put(
        "google-node",
        new Lines(url -> google(url, "const ai = new GoogleGenAI({})  // node: model: 'auto'")));
    all.put("bedrock", new Lines(ClientRecipe::bedrock));
    all.put("curl", new Lines(ClientRecipe::curl));
    return all;
  }

  private static SequencedMap<String, String> claudeCode(String url, String key) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("env/ANTHROPIC_BASE_URL", url);
    settings.put("env/ANTHROPIC_AUTH_TOKEN", key);
    return settings;
  }

  private static SequencedMap<String, String> opencode(String url, String key) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("provider/ockham/npm", "@ai-sdk/openai-compatible");
    settings.put("provider/ockham/name", "Ockham");
    settings.put("provider/ockham/options/baseURL", url + "/v1");
    settings.put("provider/ockham/options/apiKey", key);
    settings.put("provider/ockham/models/auto/name", "Ockham chooses");
    return settings;
  }

  private static List<String> openAi(String url, String language, String make) {
    return List.of(
        "export OPENAI_BASE_URL=" + url + "/v1",
        "export OPENAI_API_KEY=$OCKHAM_KEY",
        "",
        "# " + language + ": nothing else changes; \"auto\" lets the router choose",
        make);
  }

  private static List<String> anthropic(String url, String language, String make) {
    return List.of(
        "export ANTHROPIC_BASE_URL=" + url,
        "export ANTHROPIC_API_KEY=$OCKHAM_KEY",
        "",
        "# " + language + ": nothing else changes; \"auto\" lets the router choose",
        make);
  }

  private static List<String> google(String url, String make) {
    return List.of(
        "export GOOGLE_GEMINI_BASE_URL=" + url, "export GEMINI_API_KEY=$OCKHAM_KEY", "", make);
  }

  private static List<String> codex(String url) {
    return List.of(
        "codex -m auto -c model_provider=ockham -c 'model_providers.ockham={name=\"Ockham\",base_url=\""
            + url
            + "/v1\",env_key=\"OCKHAM_KEY\",wire_api=\"responses\",supports_websockets=false}'",
        "",
        "# or the same as a table [model_providers.ockham] in ~/.codex/config.toml");
  }

  private static List<String> bedrock(String url) {
    return List.of(
        "export AWS_ENDPOINT_URL_BEDROCK_RUNTIME=" + url,
        "export AWS_BEARER_TOKEN_BEDROCK=$OCKHAM_KEY",
        "export AWS_REGION=us-east-1  # any; the SDKs ask for one",
        "",
        "# any AWS SDK: nothing else changes; \"auto\" as the model lets the router choose");
  }

  private static List<String> curl(String url) {
    return List.of(
        "curl -s " + url + "/v1/chat/completions \\",
        "  -H \"authorization: Bearer $OCKHAM_KEY\" -H 'content-type: application/json' \\",
        "  -d '{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}' -i");
  }
}
