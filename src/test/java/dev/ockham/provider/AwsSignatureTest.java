package dev.ockham.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Credential.AwsKeys;
import dev.ockham.catalog.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against the signatures that AWS publishes for its test suite. */
class AwsSignatureTest {
  private static final Instant THEN = Instant.parse("2015-08-30T12:36:00Z");
  private static final String HOST = "example.amazonaws.com";
  private static final String NOTHING = AwsSignature.sha256(new byte[0]);

  @Test
  void get_vanilla() {
    assertThat(sign(Optional.empty(), "GET", "/", Map.of("host", HOST), NOTHING))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date,"
                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  }

  @Test
  void post_vanilla() {
    assertThat(sign(Optional.empty(), "POST", "/", Map.of("host", HOST), NOTHING))
        .endsWith("=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  }

  @Test
  void a_space_in_the_path() {
    assertThat(sign(Optional.empty(), "GET", "/example space/", Map.of("host", HOST), NOTHING))
        .endsWith("=652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741");
  }

  @Test
  void a_body_with_more_headers() {
    String hash = AwsSignature.sha256("Param1=value1".getBytes(UTF_8));
    Map<String, String> headers =
        Map.of(
            "content-length",
            "13",
            "content-type",
            "application/x-www-form-urlencoded",
            "host",
            HOST,
            "x-amz-content-sha256",
            hash);
    assertThat(sign(Optional.empty(), "POST", "/", headers, hash))
        .endsWith("=d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b");
  }

  @Test
  void a_session_token() {
    var token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    assertThat(sign(Optional.of(token), "GET", "/", Map.of("host", HOST), NOTHING))
        .contains("SignedHeaders=host;x-amz-date;x-amz-security-token,")
        .endsWith("=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
  }

  /** Made with the AWS SDK for Java 2 of the same request, at the same time, with the same keys. */
  @Test
  void a_model_name_with_a_colon_is_signed_encoded_twice() {
    var keys =
        new AwsKeys(
            "eu-central-1",
            new Secret("AKIDEXAMPLE"),
            new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            Optional.empty());
    String hash = AwsSignature.sha256("{\"messages\":[]}".getBytes(UTF_8));
    var request =
        new AwsSignature.Signable(
            "POST",
            "/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse",
            "",
            Map.of(
                "host", "bedrock-runtime.eu-central-1.amazonaws.com",
                "content-type", "application/json",
                "x-amz-content-sha256", hash),
            hash);
    assertThat(new AwsSignature(keys, "bedrock").sign(request, THEN).get("authorization"))
        .endsWith("=dbebef98ce17f6ce5d5eab586b227b61476e3ff2391e09028a37569c43ba47bb");
  }

  private static String sign(
      Optional<String> token,
      String method,
      String path,
      Map<String, String> headers,
      String bodyHash) {
    var keys =
        new AwsKeys(
            "us-east-1",
            new Secret("AKIDEXAMPLE"),
            new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            token.map(Secret::new));
    var request = new AwsSignature.Signable(method, path, "", headers, bodyHash);
    return new AwsSignature(keys, "service").sign(request, THEN).getOrDefault("authorization", "");
  }
}
