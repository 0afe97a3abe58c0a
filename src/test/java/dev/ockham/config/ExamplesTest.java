package dev.ockham.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.testing.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The configurations that ship are right, and show every key. */
class ExamplesTest {
  private static final CatalogFile SHIPPED = CatalogReader.shipped();
  private static final Path EXAMPLES = Path.of("examples");
  private static final Map<String, String> VARIABLES =
      Map.of(
          "OPENAI_API_KEY", "sk-1",
          "ANTHROPIC_API_KEY", "sk-2",
          "GEMINI_API_KEY", "g-1",
          "AWS_BEARER_TOKEN_BEDROCK", "b-1",
          "AWS_ACCESS_KEY_ID", "AKIA1",
          "AWS_SECRET_ACCESS_KEY", "s-1",
          "AWS_SESSION_TOKEN", "t-1",
          "PROXY_USER", "ada",
          "PROXY_PASSWORD", "p-1");

  @TempDir Path folder;

  @Test
  void all_are_valid_and_surprise_nobody() throws Exception {
    layOut();
    for (String name : names()) {
      var environment = new Environment(VARIABLES, folder, folder);
      ConfigOutcome outcome = ConfigReader.read(folder.resolve(name), SHIPPED, environment);
      assertThat(outcome).as(name).isInstanceOf(ConfigOutcome.Read.class);
      assertThat(((ConfigOutcome.Read) outcome).warnings()).as(name).isEmpty();
    }
  }

  @Test
  void every_key_there_is_stands_in_one() throws IOException {
    var all = new StringBuilder();
    for (String name : names()) {
      all.append(Files.readString(EXAMPLES.resolve(name)));
    }
    ConfigSchema.reference()
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .forEach(path -> {
          String key = path.substring(path.lastIndexOf('.') + 1);
          assertThat(all.toString())
              .as(path)
              .containsPattern(Pattern.compile("(?m)(^|[ {])" + Pattern.quote(key) + ":"));
        });
  }

  /** With the certificates and accounts that stand beside a real one. */
  private void layOut() throws Exception {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    var certificates = Certificates.make(folder, "dns:gateway.claims.example");
    Files.writeString(folder.resolve("gateway.pem"), certificates.certificatePem());
    Files.writeString(folder.resolve("gateway.key"), certificates.keyPem());
    Files.writeString(folder.resolve("company-ca.pem"), certificates.certificatePem());
    Files.writeString(folder.resolve("service-account.json"), serviceAccount());
  }

  static String serviceAccount() throws Exception {
    return serviceAccount("https://oauth2.googleapis.com/token");
  }

  static String serviceAccount(String tokenUrl) throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
    return new JsonMapper()
        .writeValueAsString(
            Map.of(
                "client_email",
                "ockham@p.test",
                "private_key_id",
                "key-1",
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n",
                "token_uri",
                tokenUrl));
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }
}
