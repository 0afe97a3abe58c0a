package dev.ockham.config;

import dev.ockham.catalog.Credential.GoogleAccount;
import dev.ockham.catalog.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON file that Google gives out for a service account. */
final class GoogleAccountFile {
  static final String EXPECTED =
      "a service account's JSON: client_email, an RSA private_key, and a token_uri by https";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOKEN_URL = "https://oauth2.googleapis.com/token";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private GoogleAccountFile() {}

  /** Empty where it cannot be used. */
  static Optional<GoogleAccount> read(Secret file) {
    try {
      JsonNode json = JSON.readTree(file.reveal());
      String email = json.path("client_email").asString("");
      String key = json.path("private_key").asString("");
      String url = json.path("token_uri").asString(TOKEN_URL);
      return email.isEmpty() || Pem.key(key, "RSA").isEmpty() || !safe(url)
          ? Optional.empty()
          : Optional.of(
              new GoogleAccount(
                  email, json.path("private_key_id").asString(""), new Secret(key), url));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static boolean safe(String url) {
    return Kind.BASE_URL.accepts(url)
        && (url.startsWith("https:")
            || Kind.url(url).map(URI::getHost).map(LOOPBACK::contains).orElse(false));
  }
}
