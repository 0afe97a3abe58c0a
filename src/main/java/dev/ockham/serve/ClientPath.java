package dev.ockham.serve;

import java.util.List;

/**
 * The path of a request under the one name that the table of routes has for it. Clients write some
 * addresses in several ways, mostly because a base address was given with what they add themselves.
 */
final class ClientPath {
  private static final String GEMINI = "/v1beta/models/";
  private static final String DEPLOYMENTS = "/openai/deployments/";
  private static final String VERTEX = "/publishers/google/models/";
  private static final List<String> GEMINI_VERSIONS = List.of("/v1/models/", "/v1alpha/models/");

  private ClientPath() {}

  /** The path as it came, without the query, under its usual name. */
  static String of(String path) {
    String plain = path;
    if (plain.length() > 1 && plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    if (plain.startsWith("/openai/v1/")) {
      plain = plain.substring("/openai".length());
    } else if (plain.startsWith(DEPLOYMENTS)) {
      plain = ofDeployment(plain);
    }
    if (plain.startsWith("/v1/v1/") || plain.startsWith("/v1/v1beta/")) {
      plain = plain.substring("/v1".length());
    }
    return plain.startsWith("/v1") ? gemini(plain) : plain;
  }

  /** Azure's clients name the model in the body as well. */
  private static String ofDeployment(String path) {
    int end = path.indexOf('/', DEPLOYMENTS.length());
    return end < 0 ? path : "/v1" + path.substring(end);
  }

  /** A model and what is asked of it, apart by a colon, below any of several addresses. */
  private static String gemini(String path) {
    int vertex = path.indexOf(VERTEX);
    if (vertex >= 0 && path.startsWith("/v1") && path.contains("/projects/")) {
      return withColon(GEMINI + path.substring(vertex + VERTEX.length()));
    }
    for (String version : GEMINI_VERSIONS) {
      if (path.startsWith(version)) {
        String other = withColon(GEMINI + path.substring(version.length()));
        return other.indexOf(':') >= 0 && isGeminiVerb(other) ? other : path;
      }
    }
    return path.startsWith(GEMINI) ? withColon(path) : path;
  }

  private static boolean isGeminiVerb(String path) {
    return path.endsWith(":generateContent")
        || path.endsWith(":streamGenerateContent")
        || path.endsWith(":countTokens");
  }

  private static String withColon(String path) {
    int at = Math.max(path.lastIndexOf("%3A"), path.lastIndexOf("%3a"));
    if (at < 0) {
      return path;
    }
    String other = path.substring(0, at) + ":" + path.substring(at + 3);
    return isGeminiVerb(other) ? other : path;
  }
}
