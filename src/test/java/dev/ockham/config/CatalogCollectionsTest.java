package dev.ockham.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogFile.Facts;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceTerms;
import dev.ockham.chat.TokenClass;
import dev.ockham.config.CatalogCollections.Format;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CatalogCollectionsTest {
  private static final CatalogFile BASE = CatalogReader.shipped();
  private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

  @Test
  void litellms_names_are_taken_apart_into_class_length_and_service() {
    var collected =
        read(
            Format.LITELLM,
            """
            {"sample_spec": {"mode": "chat", "litellm_provider": "one of"},
             "gemini/gemini-x": {"litellm_provider": "gemini", "mode": "chat",
              "max_input_tokens": 1048576, "max_output_tokens": 65535,
              "input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05,
              "input_cost_per_token_above_200k_tokens": 2.5e-06,
              "output_cost_per_token_above_200k_tokens": 1.5e-05,
              "cache_read_input_token_cost": 1.25e-07,
              "cache_creation_input_token_cost_above_1hr": 4.5e-06,
              "input_cost_per_token_batches": 6.25e-07, "output_cost_per_token_batches": 5e-06,
              "input_cost_per_audio_token": 1.0e-06,
              "search_context_cost_per_query": {"search_context_size_medium": 0.035},
              "supports_vision": true, "supports_function_calling": true,
              "deprecation_date": "2026-12-31"},
             "somebody/else": {"litellm_provider": "somebody", "mode": "chat",
              "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06},
             "dall-e": {"litellm_provider": "openai", "mode": "image_generation"}}\
            """);
    Facts facts = collected.catalog().facts("google", "gemini-x").orElseThrow();
    var price = (Price.Listed) facts.priceOn(DAY);
    assertThat(price.picosFor(TokenClass.INPUT)).isEqualTo(1_250_000);
    assertThat(price.picosFor(TokenClass.CACHE_WRITE_1H)).isEqualTo(4_500_000);
    assertThat(price.picosFor(TokenClass.AUDIO_INPUT)).isEqualTo(1_000_000);
    assertThat(price.picosPerToken()).containsEntry(TokenClass.WEB_SEARCH, 35_000_000_000L);
    assertThat(PriceTerms.write(price))
        .isEqualTo(
            "standard >200000 input=2500000 cache_read=125000 cache_write_1h=4500000"
                + " output=15000000 audio_input=1000000; batch input=625000 cache_read=125000"
                + " cache_write_1h=4500000 output=5000000 audio_input=1000000");
    assertThat(facts.capabilities()).containsExactlyInAnyOrder(Capability.IMAGES, Capability.TOOLS);
    assertThat(facts.limits().contextWindow()).hasValue(1_048_576);
    assertThat(facts.retires()).contains(LocalDate.of(2026, 12, 31));
    assertThat(collected.skipped()).isEqualTo(1);
  }

  @Test
  void a_negative_price_is_refused_and_said() {
    var collected =
        read(
            Format.LITELLM,
            """
            {"gpt-x": {"litellm_provider": "openai", "mode": "chat",
              "input_cost_per_token": -1e-06, "output_cost_per_token": 1e-06}}\
            """);
    assertThat(collected.refused()).hasSize(1).first().asString().contains("negative");
    assertThat(collected.catalog().facts("openai", "gpt-x").orElseThrow().prices()).isEmpty();
  }

  @Test
  void a_price_of_nothing_is_unknown_where_the_name_does_not_say_free() {
    var collected =
        read(
            Format.LITELLM,
            """
            {"gpt-x": {"litellm_provider": "openai", "mode": "chat",
              "input_cost_per_token": 0, "output_cost_per_token": 0},
             "openrouter/a/b:free": {"litellm_provider": "openrouter", "mode": "chat",
              "input_cost_per_token": 0, "output_cost_per_token": 0}}\
            """);
    assertThat(collected.catalog().facts("openai", "gpt-x").orElseThrow().priceOn(DAY))
        .isEqualTo(new Price.Unknown());
    assertThat(collected.catalog().facts("openrouter", "a/b:free").orElseThrow().priceOn(DAY))
        .isEqualTo(new Price.Free());
  }

  @Test
  void models_dev_is_read_as_its_site_serves_it() {
    var collected =
        read(
            Format.MODELS_DEV,
            """
            {"openai": {"id": "openai", "models": {"gpt-x": {"id": "gpt-x", "tool_call": true,
              "cost": {"input": 2, "output": 8, "cache_read": 0.5,
               "tiers": [{"tier": {"size": 200000}, "input": 4, "output": 12}]},
              "limit": {"context": 400000, "output": 1000},
              "modalities": {"input": ["text"], "output": ["text"]}}}}}\
            """);
    var price =
        (Price.Listed) collected.catalog().facts("openai", "gpt-x").orElseThrow().priceOn(DAY);
    assertThat(PriceTerms.write(price))
        .isEqualTo("standard >200000 input=4000000 cache_read=500000 output=12000000");
  }

  @Test
  void genai_prices_is_read_as_its_package_has_it() {
    var collected =
        read(
            Format.GENAI_PRICES,
            """
            [{"id": "deepseek", "models": [{"id": "deepseek-x", "prices": [
              {"prices": {"input_mtok": 0.135, "output_mtok": 0.55}},
              {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"},
               "prices": {"input_mtok": 0.27, "output_mtok": 1.1}}]}]}]\
            """);
    var price =
        (Price.Listed)
            collected.catalog().facts("deepseek", "deepseek-x").orElseThrow().priceOn(DAY);
    assertThat(PriceTerms.write(price))
        .isEqualTo("standard 00:30/16:30 input=270000 output=1100000");
  }

  @Test
  void what_is_no_such_file_is_refused_in_words() {
    for (Format format : Format.values()) {
      for (String text : new String[] {"not json", "[1, 2]", "{}", "\"x\""}) {
        assertThatThrownBy(() -> read(format, text))
            .as(format + " " + text)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(format.wireName());
      }
    }
  }

  private static CatalogCollections.Collected read(Format format, String json) {
    return CatalogCollections.read(json.getBytes(UTF_8), format, BASE, DAY);
  }
}
