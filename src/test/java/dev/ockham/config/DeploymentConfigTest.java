package dev.ockham.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Deployment;
import dev.ockham.catalog.Deployments;
import dev.ockham.catalog.Price;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model may be served in several places. */
final class DeploymentConfigTest {
  @TempDir Path folder;

  @Test
  void each_deployment_has_its_address_name_price_and_share() {
    Deployments places =
        places(
            """
                weight: 3
                price: {input: "1", output: "2"}
                deployments:
                  - {provider: east, name: gpt-east, max-in-flight: 5, price: free}
                  - {provider: west}
            """);

    assertThat(places.all())
        .extracting(Deployment::key)
        .containsExactly(
            new Deployment.Key("chat", "home", "gpt-x"),
            new Deployment.Key("chat", "east", "gpt-east"),
            new Deployment.Key("chat", "west", "gpt-x"));
    assertThat(places.all()).extracting(Deployment::weight).containsExactly(3, 1, 1);
    assertThat(places.all())
        .extracting(Deployment::maxInFlight)
        .containsExactly(OptionalInt.empty(), OptionalInt.of(5), OptionalInt.empty());
    assertThat(places.all().get(1).model().price()).isEqualTo(new Price.Free());
    assertThat(places.all().get(2).model().price()).isInstanceOf(Price.Listed.class);
    assertThat(places.all().get(1).model().endpoint().baseUrl()).isEqualTo("https://east.test/v1");
  }

  @Test
  void a_model_without_deployments_is_served_in_one_place() {
    Deployments places = places("");

    assertThat(places.all()).hasSize(1);
  }

  @Test
  void what_is_wrong_with_deployments_is_told_all_at_once() {
    assertThat(
            problems(
                """
                    weight: 0
                    deployments:
                      - {provider: nowhere}
                      - {provider: home}
                """))
        .containsOnlyKeys(
            "models.chat.weight",
            "models.chat.deployments[0].provider",
            "models.chat.deployments[1]");
  }

  private Deployments places(String more) {
    var outcome = (ConfigOutcome.Read) read(more);
    var catalog =
        Assembly.of(outcome.config(), CatalogReader.shipped(), LocalDate.of(2026, 1, 1)).catalog();
    return catalog.deployments(catalog.find("chat").orElseThrow());
  }

  private Map<String, String> problems(String more) {
    List<ConfigProblem> problems = ((ConfigOutcome.Invalid) read(more)).problems();
    return problems.stream()
        .collect(Collectors.toMap(ConfigProblem::path, ConfigProblem::expected));
  }

  private ConfigOutcome read(String more) {
    String yaml =
        """
        version: 1
        providers:
          home: {dialect: openai-chat, base-url: "https://home.test/v1"}
          east: {dialect: openai-chat, base-url: "https://east.test/v1"}
          west: {dialect: openai-chat, base-url: "https://west.test/v1"}
        models:
          chat:
            provider: home
            name: gpt-x
        """;
    var environment = new Environment(Map.of(), folder, folder);
    return ConfigReader.parse(
        yaml + more, folder.resolve("ockham.yaml"), CatalogReader.shipped(), environment);
  }
}
