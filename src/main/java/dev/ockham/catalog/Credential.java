package dev.ockham.catalog;

import dev.ockham.chat.Dialect;
import java.util.Optional;

/** What makes a provider believe that a call is ours. It goes to that provider alone. */
public sealed interface Credential {

  /** The provider asks for none. */
  record None() implements Credential {}

  /** A key or token that goes along as it is. */
  record Key(Placement placement, Secret key) implements Credential {}

  /**
   * Keys of an AWS account, with which each request is signed; they never travel themselves.
   *
   * @param region what the signature is for, such as {@code eu-central-1}
   * @param sessionToken goes along where the keys are temporary
   */
  record AwsKeys(String region, Secret accessKeyId, Secret secretKey, Optional<Secret> sessionToken)
      implements Credential {}

  /**
   * A service account of Google, which is exchanged for tokens that live for an hour.
   *
   * @param keyId names the key for its reader
   * @param privateKey RSA, PKCS #8, in PEM
   * @param tokenUrl where it is exchanged
   */
  record GoogleAccount(String email, String keyId, Secret privateKey, String tokenUrl)
      implements Credential {}

  /** The header in which a provider wants its key. */
  enum Placement {
    BEARER("authorization", "Bearer "),
    X_API_KEY("x-api-key", ""),
    X_GOOG_API_KEY("x-goog-api-key", ""),
    API_KEY("api-key", "");

    private final String header;
    private final String prefix;

    Placement(String header, String prefix) {
      this.header = header;
      this.prefix = prefix;
    }

    /** In lower case. */
    public String header() {
      return header;
    }

    /** What stands before the key. */
    public String prefix() {
      return prefix;
    }

    /** Where the speakers of a dialect usually want it. */
    public static Placement usual(Dialect dialect) {
      return switch (dialect) {
        case OPENAI_CHAT, OPENAI_RESPONSES, BEDROCK_CONVERSE -> BEARER;
        case ANTHROPIC_MESSAGES -> X_API_KEY;
        case GEMINI_GENERATE -> X_GOOG_API_KEY;
      };
    }
  }
}
