package dev.ockham.dialect;

import java.net.URI;
import java.util.OptionalLong;

/**
 * The model a request is written for.
 *
 * @param model what its provider calls it
 * @param maxOutput its longest answer in tokens, asked for where the client set no cap and the
 *     dialect needs one; empty if unknown
 * @param takesMaxCompletionTokens whether a cap is named {@code max_completion_tokens}, as OpenAI
 *     itself wants it, and not {@code max_tokens}, which most compatible servers know
 */
public record Target(String model, OptionalLong maxOutput, boolean takesMaxCompletionTokens) {

  /** A target at a provider's address, which tells how it wants a cap named. */
  public static Target at(String baseUrl, String model, OptionalLong maxOutput) {
    String host = URI.create(baseUrl).getHost();
    boolean openAi = host != null && (host.endsWith("openai.com") || host.endsWith(".azure.com"));
    return new Target(model, maxOutput, openAi);
  }
}
