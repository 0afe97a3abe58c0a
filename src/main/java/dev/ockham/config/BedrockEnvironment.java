package dev.ockham.config;

import dev.ockham.catalog.CatalogFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bedrock without a file: by its API key and a region. Keys of an AWS account in the environment
 * are usually there for something else, so they turn nothing on; nor does Azure's, whose models
 * have names that its users choose.
 */
final class BedrockEnvironment {
  static final String KEY = "AWS_BEARER_TOKEN_BEDROCK";
  private static final List<String> REGION = List.of("AWS_REGION", "AWS_DEFAULT_REGION");
  private static final String PROVIDER = "amazon-bedrock";
  private static final String AZURE = "AZURE_OPENAI_API_KEY";
  private static final List<String> STARTERS =
      List.of("anthropic.claude-opus-4-8", "anthropic.claude-haiku-4-5-20251001-v1:0");

  /** How names begin of models that run in one part of the world, by how its regions begin. */
  private static final Map<String, List<String>> HOME =
      Map.of(
          "us.", List.of("us-"),
          "eu.", List.of("eu-"),
          "jp.", List.of("ap-northeast-1", "ap-northeast-3"),
          "au.", List.of("ap-southeast-2", "ap-southeast-4"),
          "apac.", List.of("ap-"));

  private BedrockEnvironment() {}

  /** Adds what can be used; says what is set and cannot. */
  static List<String> add(
      CatalogFile shipped, Environment environment, EnvironmentConfig.Found found) {
    var warnings = new ArrayList<String>();
    Optional<String> key = environment.variable(KEY);
    Optional<String> region =
        REGION.stream().flatMap(name -> environment.variable(name).stream()).findFirst();
    CatalogFile.Provider facts = shipped.providers().get(PROVIDER);
    if (key.isPresent() && facts != null) {
      if (region.filter(Kind.REGION::accepts).isPresent()) {
        add(facts, region.get(), key.get(), found);
      } else {
        warnings.add(KEY + " is set, but no region: set AWS_REGION to use Bedrock");
      }
    }
    if (environment.variable(AZURE).isPresent()) {
      warnings.add(
          AZURE
              + " is set, but deployments have names of your own: list them in a file, as"
              + " docs/configuration.md shows");
    }
    return warnings;
  }

  private static void add(
      CatalogFile.Provider facts, String region, String key, EnvironmentConfig.Found found) {
    found.add(PROVIDER, facts.dialect(), facts.baseUrl().replace("{region}", region), key);
    List<String> here =
        facts.models().keySet().stream().filter(model -> runsIn(region, model)).toList();
    here.forEach(model -> found.offer(PROVIDER, model));
    for (String starter : STARTERS) {
      here.stream()
          .filter(model -> model.endsWith("." + starter) && !model.startsWith("global."))
          .findFirst()
          .or(() -> here.stream().filter(model -> model.equals("global." + starter)).findFirst())
          .ifPresent(model -> found.start(List.of(model)));
    }
  }

  private static boolean runsIn(String region, String model) {
    for (Map.Entry<String, List<String>> home : HOME.entrySet()) {
      if (model.startsWith(home.getKey())) {
        return home.getValue().stream().anyMatch(region::startsWith);
      }
    }
    return true;
  }
}
