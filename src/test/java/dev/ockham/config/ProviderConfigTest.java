package dev.ockham.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Credential.AwsKeys;
import dev.ockham.catalog.Credential.GoogleAccount;
import dev.ockham.catalog.Credential.Placement;
import dev.ockham.catalog.HangUp;
import dev.ockham.catalog.Network;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of provider as a file describes it. */
class ProviderConfigTest {
  private static final CatalogFile SHIPPED = CatalogReader.shipped();
  private static final Map<String, String> VARIABLES =
      Map.of("KEY", "key-1", "AWS_ID", "AKIA1", "AWS_KEY", "secret-1", "AWS_TOKEN", "token-1");

  @TempDir Path folder;

  @Test
  void a_key_goes_where_dialect_and_address_say() {
    assertThat(placement("openai: {api-key: \"${env:KEY}\"}")).isEqualTo(Placement.BEARER);
    assertThat(placement("anthropic: {api-key: \"${env:KEY}\"}")).isEqualTo(Placement.X_API_KEY);
    assertThat(placement("google: {api-key: \"${env:KEY}\"}")).isEqualTo(Placement.X_GOOG_API_KEY);
    assertThat(
            placement(
                "azure: {api-key: \"${env:KEY}\", base-url: \"https://x.openai.azure.com/openai/v1\"}"))
        .isEqualTo(Placement.API_KEY);
    assertThat(
            placement(
                "google-vertex: {api-key: \"${env:KEY}\", base-url:"
                    + " \"https://europe-west4-aiplatform.googleapis.com/v1/projects/p\"}"))
        .isEqualTo(Placement.BEARER);
    assertThat(placement("openai: {api-key: \"${env:KEY}\", key-header: api-key}"))
        .isEqualTo(Placement.API_KEY);
    assertThat(placement("amazon-bedrock: {api-key: \"${env:KEY}\", aws: {region: eu-west-1}}"))
        .isEqualTo(Placement.BEARER);
  }

  @Test
  void bedrock_is_where_its_region_says_or_the_region_where_it_is() {
    String keys = "access-key-id: \"${env:AWS_ID}\", secret-access-key: \"${env:AWS_KEY}\"";
    Config config = read("amazon-bedrock: {aws: {region: eu-west-1, " + keys + "}}");
    assertThat(config.providers().get("amazon-bedrock"))
        .isEqualTo(
            new Config.Provider(
                Dialect.BEDROCK_CONVERSE,
                "https://bedrock-runtime.eu-west-1.amazonaws.com",
                "amazon-bedrock",
                Optional.of("eu-west-1"),
                List.of(),
                HangUp.CANCEL,
                false));

    String url = "base-url: \"https://bedrock-runtime.us-east-2.amazonaws.com\"";
    assertThat(
            read("b: {dialect: bedrock-converse, "
                    + url
                    + ", aws: {session-token: \"${env:AWS_TOKEN}\", "
                    + keys
                    + "}}")
                .keyring()
                .to("b")
                .credential())
        .isEqualTo(
            new AwsKeys(
                "us-east-2",
                new Secret("AKIA1"),
                new Secret("secret-1"),
                Optional.of(new Secret("token-1"))));
  }

  @Test
  void a_google_account_is_read_from_its_file() throws Exception {
    write("account.json", ExamplesTest.serviceAccount("https://oauth2.googleapis.com/token"));
    var credential =
        (GoogleAccount)
            read("g: {dialect: gemini-generate, base-url: \"https://x.test\", google-account:"
                    + " \"${file:account.json}\"}")
                .keyring()
                .to("g")
                .credential();
    assertThat(credential.email()).isEqualTo("ockham@p.test");
    assertThat(credential.toString()).doesNotContain("BEGIN");

    write("account.json", ExamplesTest.serviceAccount("http://tokens.test/token"));
    assertThat(
            problems(
                "g: {dialect: gemini-generate, base-url: \"https://x.test\", google-account:"
                    + " \"${file:account.json}\"}"))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.expected()).contains("token_uri by https");
          assertThat(problem.value()).isEqualTo("${file:account.json}");
        });
  }

  @Test
  void headers_and_versions_of_a_provider_are_kept() {
    Access access =
        read("openai: {organization: org-1, project: proj_1, api-version: 2024-10-21}")
            .keyring()
            .to("openai");
    assertThat(access.headers())
        .isEqualTo(Map.of("openai-organization", "org-1", "openai-project", "proj_1"));
    assertThat(access.apiVersion()).hasValue("2024-10-21");
    assertThat(
            read("anthropic: {anthropic-version: 2026-10-21}").keyring().to("anthropic").headers())
        .isEqualTo(Map.of("anthropic-version", "2026-10-21"));
  }

  @Test
  void the_network_is_one_for_all_but_for_what_a_provider_says_itself() throws IOException {
    var certificates = Certificates.make(folder, "dns:gateway.test");
    write("ca.pem", certificates.certificatePem());
    write("own.pem", certificates.certificatePem());
    write("own.key", certificates.keyPem());
    Config config =
        readWhole(
            """
            version: 1
            server:
              tls: {certificate: own.pem, key: own.key}
            network:
              proxy: http://proxy.test:3128
              proxy-user: ${env:AWS_ID}
              proxy-password: ${env:AWS_KEY}
              ca: ca.pem
            providers:
              openai: {}
              groq:
                network: {proxy: none, certificate: own.pem, key: own.key}
            models:
              gpt-4o: {provider: openai}
            """);
    var proxy =
        new Network.Proxy(
            "proxy.test",
            3128,
            Optional.of(new Secret("AKIA1")),
            Optional.of(new Secret("secret-1")));
    Optional<String> authorities = Optional.of(certificates.certificatePem().strip());
    assertThat(config.keyring().to("openai").network())
        .isEqualTo(new Network(Optional.of(proxy), authorities, Optional.empty()));
    Network groq = config.keyring().to("groq").network();
    assertThat(groq.proxy()).isEmpty();
    assertThat(groq.authorities()).isEqualTo(authorities);
    assertThat(groq.identity()).isPresent().isEqualTo(config.keyring().server());
  }

  @Test
  void a_key_that_is_not_its_certificates_is_a_problem() throws IOException {
    write("one.pem", Certificates.make(folder, "dns:one.test").certificatePem());
    write("two.key", Certificates.make(folder, "dns:two.test").keyPem());
    write("no.pem", "nothing");
    assertThat(problems("openai: {network: {ca: no.pem, certificate: one.pem, key: two.key}}"))
        .extracting(ConfigProblem::path, ConfigProblem::expected)
        .containsExactlyInAnyOrder(
            tuple("providers.openai.network.ca", "certificates in PEM"),
            tuple("providers.openai.network.key", "the key of the certificate"));
  }

  @Test
  void what_does_not_go_together_is_told_all_at_once() {
    List<ConfigProblem> problems =
        problems(
            """
            openai: {api-key: "${env:KEY}", google-account: "${env:KEY}", anthropic-version: 2023-06-01}
              azure: {key-header: api-key}
              amazon-bedrock: {aws: {access-key-id: "${env:AWS_ID}"}}
              google-vertex: {network: {proxy: "https://proxy.test"}}
            """);
    assertThat(problems.stream().map(ConfigProblem::toString))
        .anySatisfy(text -> assertThat(text).contains("providers.openai: \"api-key and google"))
        .anySatisfy(text -> assertThat(text).contains("providers.openai.anthropic-version"))
        .anySatisfy(text -> assertThat(text).contains("providers.azure.key-header"))
        .anySatisfy(text ->
            assertThat(text)
                .contains(
                    "providers.azure.base-url",
                    "with names of yours: https://{resource}.openai.azure.com/openai/v1"))
        .anySatisfy(text -> assertThat(text).contains("amazon-bedrock.aws.secret-access-key"))
        .anySatisfy(text -> assertThat(text).contains("amazon-bedrock.base-url", "aws.region"))
        .anySatisfy(text -> assertThat(text).contains("google-vertex.network.proxy"))
        .anySatisfy(text -> assertThat(text).contains("google-vertex.base-url"));
  }

  @Test
  void a_secret_of_two_lines_goes_into_no_header() throws IOException {
    write("two.secret", "key-1\nx-injected: yes");
    assertThat(problems("openai: {api-key: \"${file:two.secret}\"}"))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.expected()).isEqualTo("a secret of one line in ASCII");
          assertThat(problem.toString()).doesNotContain("injected");
        });
  }

  private Placement placement(String provider) {
    Config config = read(provider);
    String name = config.providers().firstEntry().getKey();
    return ((Credential.Key) config.keyring().to(name).credential()).placement();
  }

  private Config read(String providers) {
    return readWhole(yaml(providers));
  }

  private Config readWhole(String yaml) {
    ConfigOutcome outcome = parse(yaml);
    assertThat(outcome).isInstanceOf(ConfigOutcome.Read.class);
    return ((ConfigOutcome.Read) outcome).config();
  }

  private List<ConfigProblem> problems(String providers) {
    ConfigOutcome outcome = parse(yaml(providers));
    assertThat(outcome).isInstanceOf(ConfigOutcome.Invalid.class);
    return ((ConfigOutcome.Invalid) outcome).problems();
  }

  private ConfigOutcome parse(String yaml) {
    var environment = new Environment(VARIABLES, folder, folder);
    return ConfigReader.parse(yaml, folder.resolve("ockham.yaml"), SHIPPED, environment);
  }

  private static String yaml(String providers) {
    String name = providers.substring(0, providers.indexOf(':'));
    return "version: 1\nproviders:\n  "
        + providers
        + "\nmodels:\n  some-model: {provider: "
        + name
        + "}\n";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
