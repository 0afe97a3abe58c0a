package dev.ockham.config;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A provider we ship facts of.
 *
 * @param id in models.dev, and in our catalog
 * @param pricesId in genai-prices
 * @param baseUrl with names of the user's own in braces, where it has such
 * @param pricesOnly whether models are taken that only genai-prices has
 * @param takes which of its models speak the dialect, and are priced by text alone
 */
record CatalogService(
    String id,
    String pricesId,
    Dialect dialect,
    String baseUrl,
    boolean pricesOnly,
    Predicate<String> takes) {

  private static final Set<String> HALVED = Set.of("openai", "anthropic", "google", "mistral");

  static final List<CatalogService> ALL =
      List.of(
          openAi("openai", "https://api.openai.com/v1", true),
          new CatalogService(
              "anthropic",
              "anthropic",
              Dialect.ANTHROPIC_MESSAGES,
              "https://api.anthropic.com",
              true,
              id -> true),
          openAi("groq", "https://api.groq.com/openai/v1", true),
          openAi("mistral", "https://api.mistral.ai/v1", true),
          openAi("deepseek", "https://api.deepseek.com/v1", true),
          openAi("openrouter", "https://openrouter.ai/api/v1", false),
          new CatalogService(
              "google",
              "google",
              Dialect.GEMINI_GENERATE,
              "https://generativelanguage.googleapis.com/v1beta",
              false,
              id -> !id.contains("image")),
          new CatalogService(
              "google-vertex",
              "google",
              Dialect.GEMINI_GENERATE,
              "https://{region}-aiplatform.googleapis.com/v1/projects/{project}/locations/{region}"
                  + "/publishers/google",
              false,
              id -> id.startsWith("gemini") && !id.contains("image")),
          new CatalogService(
              "amazon-bedrock",
              "aws",
              Dialect.BEDROCK_CONVERSE,
              "https://bedrock-runtime.{region}.amazonaws.com",
              false,
              id -> true),
          new CatalogService(
              "azure",
              "azure",
              Dialect.OPENAI_CHAT,
              "https://{resource}.openai.azure.com/openai/v1",
              false,
              id -> !id.startsWith("claude") && !id.contains("image")));

  private static CatalogService openAi(String id, String baseUrl, boolean pricesOnly) {
    return new CatalogService(id, id, Dialect.OPENAI_CHAT, baseUrl, pricesOnly, model -> true);
  }

  /** Whether all its models cost half in batches, by its own rule. */
  boolean halfPriceInBatches() {
    return HALVED.contains(id);
  }

  /** Whether a model is priced by Anthropic's rules. */
  boolean isAnthropics(String model) {
    return id.equals("anthropic") || (id.equals("amazon-bedrock") && model.contains("anthropic."));
  }
}
