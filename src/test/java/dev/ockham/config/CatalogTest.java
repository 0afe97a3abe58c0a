package dev.ockham.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogFile.DatedPrice;
import dev.ockham.catalog.CatalogFile.Facts;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CatalogTest {
  private static final CatalogFile SHIPPED = CatalogReader.shipped();
  private static final LocalDate TODAY = LocalDate.of(2026, 10, 1);

  @Test
  void the_shipped_catalog_knows_the_providers_that_many_use() {
    assertThat(SHIPPED.providers().keySet())
        .containsExactly(
            "openai",
            "anthropic",
            "groq",
            "mistral",
            "deepseek",
            "openrouter",
            "google",
            "google-vertex",
            "amazon-bedrock",
            "azure");
    assertThat(SHIPPED.providers().values().stream().mapToInt(p -> p.models().size()).sum())
        .isBetween(300, 1000);
  }

  @Test
  void a_model_that_reads_files_or_hears_is_known_to() {
    assertThat(facts("google", "gemini-2.5-pro").capabilities())
        .contains(Capability.DOCUMENTS, Capability.AUDIO);
    assertThat(facts("anthropic", "claude-haiku-4-5").capabilities())
        .contains(Capability.DOCUMENTS)
        .doesNotContain(Capability.AUDIO);
  }

  @Test
  void a_model_has_its_skill_under_bedrocks_name_for_it() {
    assertThat(facts("amazon-bedrock", "eu.anthropic.claude-haiku-4-5-20251001-v1:0").priorSkill())
        .isEqualTo(facts("anthropic", "claude-haiku-4-5").priorSkill());
  }

  @Test
  void a_model_has_its_price_window_and_abilities() {
    Facts model = facts("openai", "gpt-4.1-mini");
    assertThat(model.limits().contextWindow()).hasValue(1_047_576);
    assertThat(model.capabilities())
        .containsExactlyInAnyOrder(
            Capability.TOOLS, Capability.IMAGES, Capability.JSON_SCHEMA, Capability.DOCUMENTS);
    var price = (Price.Listed) model.priceOn(TODAY);
    assertThat(price.picosFor(TokenClass.INPUT)).isEqualTo(400_000);
    assertThat(price.picosFor(TokenClass.OUTPUT)).isEqualTo(1_600_000);
    assertThat(price.picosFor(TokenClass.CACHE_READ)).isEqualTo(100_000);
    assertThat(model.priorSkill()).isPresent();
    assertThat(model.prices().getFirst().source()).isEqualTo("genai-prices");
    assertThat(model.prices().getFirst().checked()).isEqualTo(LocalDate.of(2026, 8, 21));
  }

  @Test
  void a_price_changes_on_its_day_and_so_does_its_name() {
    Facts sonnet = facts("anthropic", "claude-sonnet-5");
    var before = (Price.Listed) sonnet.priceOn(LocalDate.of(2026, 8, 31));
    var after = (Price.Listed) sonnet.priceOn(LocalDate.of(2026, 9, 1));
    assertThat(before.picosFor(TokenClass.INPUT)).isEqualTo(2_000_000);
    assertThat(after.picosFor(TokenClass.INPUT)).isEqualTo(3_000_000);
    assertThat(after.version()).isNotEqualTo(before.version());
  }

  @Test
  void an_hour_of_anthropics_cache_costs_twice_the_input() {
    var price = (Price.Listed) facts("anthropic", "claude-haiku-4-5").priceOn(TODAY);
    assertThat(price.picosFor(TokenClass.CACHE_WRITE_1H))
        .isEqualTo(2 * price.picosFor(TokenClass.INPUT));
  }

  @Test
  void a_long_prompt_costs_more_where_its_provider_says_so() {
    Facts model = facts("openai", "gpt-5.4");
    assertThat(model.limits().contextWindow()).hasValue(1_050_000);
    Price price = model.priceOn(TODAY);
    // 272,000 × $2.50/M + 1 × $15/M, and one token more: 272,001 × $5/M + 1 × $22.50/M
    assertThat(price.of(Usage.of(272_000, 1)).total()).contains(new Money(680_015_000_000L));
    assertThat(price.of(Usage.of(272_001, 1)).total()).contains(new Money(1_360_027_500_000L));
  }

  @Test
  void a_batch_costs_half_and_a_fast_answer_more() {
    Price sonnet = facts("anthropic", "claude-haiku-4-5").priceOn(TODAY);
    Usage usage = Usage.of(1_000, 100);
    Money standard = sonnet.of(usage).total().orElseThrow();
    Money batch = sonnet.of(usage.servedAt(Optional.of(ServiceTier.BATCH))).total().orElseThrow();
    assertThat(batch.times(2)).isEqualTo(standard);
  }

  @Test
  void sound_has_its_own_price() {
    var price = (Price.Listed) facts("google", "gemini-2.5-flash").priceOn(TODAY);
    assertThat(price.picosFor(TokenClass.AUDIO_INPUT)).isEqualTo(1_000_000);
    assertThat(price.picosFor(TokenClass.AUDIO_CACHE_READ)).isEqualTo(100_000);
  }

  @Test
  void a_regions_own_price_goes_before_the_general_one() {
    Price general = new Price.Free();
    Price european = new Price.Unknown();
    var facts =
        new Facts(
            Model.Limits.UNKNOWN,
            Set.of(),
            List.of(
                new DatedPrice(LocalDate.MIN, european, "page", TODAY, Optional.of("eu-west-1")),
                new DatedPrice(LocalDate.MIN, general, "page", TODAY)),
            OptionalDouble.empty(),
            Optional.empty());
    assertThat(facts.inForce(TODAY, Optional.of("eu-west-1")).orElseThrow().price())
        .isEqualTo(european);
    assertThat(facts.inForce(TODAY, Optional.of("us-east-1")).orElseThrow().price())
        .isEqualTo(general);
  }

  @Test
  void a_file_of_the_version_before_is_read() {
    var outcome =
        CatalogReader.read(
            CatalogFormat.write(SHIPPED)
                .replaceFirst("\"version\":2", "\"version\":1")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(outcome).isInstanceOf(CatalogReader.Outcome.Read.class);
  }

  @Test
  void free_is_said_and_unknown_is_neither_free_nor_zero() {
    assertThat(facts("openrouter", "openai/gpt-oss-20b:free").priceOn(TODAY))
        .isEqualTo(new Price.Free());
    assertThat(facts("openrouter", "openrouter/auto").priceOn(TODAY))
        .isEqualTo(new Price.Unknown());
    for (CatalogFile.Provider provider : SHIPPED.providers().values()) {
      for (Facts facts : provider.models().values()) {
        if (facts.priceOn(TODAY) instanceof Price.Listed listed) {
          assertThat(listed.picosPerToken().values()).anyMatch(picos -> picos > 0);
        }
      }
    }
  }

  @Test
  void what_is_written_is_read_again() {
    var outcome = CatalogReader.read(CatalogFormat.write(SHIPPED).getBytes(StandardCharsets.UTF_8));
    assertThat(outcome).isEqualTo(new CatalogReader.Outcome.Read(SHIPPED));
  }

  @Test
  void what_cannot_be_is_refused_with_its_place() {
    List<ConfigProblem> problems =
        problems(
            """
            {"format":"ockham-catalog","version":1,"date":"2026-01-01","providers":{"p":{
             "dialect":"cobol","base-url":"https://p","models":{
             "m":{"context":-1,"can":["fly"],"skill":1.5,"prices":[
              {"checked":"soon","input":-2,"output":99999999999999}]}}}}}\
            """);
    assertThat(problems)
        .extracting(ConfigProblem::path)
        .containsExactlyInAnyOrder(
            "providers.p.dialect",
            "providers.p.models.m.context",
            "providers.p.models.m.can",
            "providers.p.models.m.skill",
            "providers.p.models.m.prices[0].input",
            "providers.p.models.m.prices[0].output",
            "providers.p.models.m.prices[0]",
            "providers.p.models.m.prices[0].checked");
  }

  @Test
  void other_formats_and_versions_are_refused() {
    assertThat(problems("{}")).hasSize(1);
    assertThat(problems("{\"format\":\"ockham-catalog\",\"version\":3}")).hasSize(1);
    assertThat(problems("not json")).hasSize(1);
    assertThat(problems("{\"a\":1,\"a\":2}")).hasSize(1);
  }

  @Test
  void the_shipped_catalog_is_what_its_sources_give() throws IOException {
    Path folder = Path.of(System.getProperty("ockham.facts", "../shared/data/catalog"));
    assumeTrue(Files.isDirectory(folder), "the collections are not beside this clone");
    CatalogImport.Made made =
        CatalogImport.of(
            json(folder.resolve("models-dev.json.gz")),
            json(folder.resolve("models-dev-base.json.gz")),
            json(folder.resolve("genai-prices.json.gz")));

    assertThat(CatalogFormat.write(made.catalog())).isEqualTo(CatalogFormat.write(SHIPPED));
    assertThat(Files.readString(Path.of("docs/catalog.md")))
        .contains(made.disagreements().stream().filter(d -> !d.startsWith("openrouter")).toList());
  }

  private static JsonNode json(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readTree(in);
    }
  }

  private static Facts facts(String provider, String model) {
    return SHIPPED.facts(provider, model).orElseThrow();
  }

  private static List<ConfigProblem> problems(String json) {
    var outcome = CatalogReader.read(json.getBytes(StandardCharsets.UTF_8));
    assertThat(outcome).isInstanceOf(CatalogReader.Outcome.Invalid.class);
    return ((CatalogReader.Outcome.Invalid) outcome).problems();
  }
}
