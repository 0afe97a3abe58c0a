package dev.ockham.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Cost;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceTerms;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prices what providers send, by the figures in {@code golden/usage}; see the README there. */
class GoldenUsageTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/usage");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A case with the dialect of its file. */
  record Golden(Dialect dialect, String file, JsonNode json) {
    @Override
    public String toString() {
      return file + ": " + json.path("name").asString();
    }
  }

  static Stream<Golden> cases() throws IOException {
    var cases = new ArrayList<Golden>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode root = JSON.readTree(Files.readAllBytes(file));
        for (JsonNode each : root.path("cases")) {
          cases.add(
              new Golden(
                  dialect(root.path("dialect").asString()), file.getFileName().toString(), each));
        }
      }
    }
    return cases.stream();
  }

  @Test
  void nine_providers_are_covered() throws IOException {
    assertThat(cases().map(Golden::file).distinct())
        .containsExactly(
            "anthropic.json",
            "bedrock.json",
            "deepseek.json",
            "gemini.json",
            "ollama.json",
            "openai-chat.json",
            "openai-responses.json",
            "vllm.json",
            "xai.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_whole_answer_is_priced_to_the_picodollar(Golden golden) {
    Usage usage =
        Carried.whole(golden.dialect, client(golden), golden.json.path("body").toString())
            .reply()
            .usage();
    check(golden, usage);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_stream_costs_what_the_whole_answer_does(Golden golden) {
    if (golden.json.has("stream")) {
      String stream = stream(golden);
      Usage usage =
          Carried.stream(golden.dialect, client(golden), true, Chunks.bytewise(stream))
              .reply()
              .usage();
      check(golden, usage);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_arithmetic_in_the_file_is_right(Golden golden) {
    long sum = 0;
    for (JsonNode line : golden.json.path("arithmetic")) {
      String[] parts = line.asString().split(" ", -1);
      long product = Math.multiplyExact(Long.parseLong(parts[0]), Long.parseLong(parts[2]));
      assertThat(product).as(line.asString()).isEqualTo(Long.parseLong(parts[4]));
      sum += product;
    }
    assertThat(sum).isEqualTo(golden.json.path("picos").asLong());
  }

  /** Whoever asked: what is told of the usage is not what is read of it. */
  private static Dialect client(Golden golden) {
    return golden.dialect == Dialect.ANTHROPIC_MESSAGES
        ? Dialect.ANTHROPIC_MESSAGES
        : Dialect.OPENAI_CHAT;
  }

  private static void check(Golden golden, Usage usage) {
    JsonNode json = golden.json;
    assertThat(named(usage)).isEqualTo(named(json.path("usage")));
    assertThat(usage.isAbsent()).isEqualTo(json.has("absent"));
    assertThat(usage.tier().map(tier -> tier.wireName()).orElse("none"))
        .isEqualTo(json.path("tier").asString("none"));
    Instant at = Instant.parse(json.path("at").asString("2026-10-01T12:00:00Z"));
    Usage served =
        usage.servedAt(
            json.has("asked")
                ? Optional.of(PriceTerms.tier(json.path("asked").asString()))
                : Optional.empty());
    Cost cost = price(json).of(served, at);
    assertThat(cost.unpriced()).isEmpty();
    if (json.has("unpriced")) {
      assertThat(cost.total()).isEmpty();
    } else {
      assertThat(cost.total()).contains(new Money(json.path("picos").asLong()));
      assertThat(
              cost.lines().stream()
                  .map(line ->
                      line.tokens() + " x " + line.picosPerToken() + " = " + line.amount().picos()))
          .containsExactlyInAnyOrderElementsOf(
              json.path("arithmetic").valueStream().map(JsonNode::asString).toList());
    }
  }

  private static Price price(JsonNode json) {
    JsonNode price = json.path("price");
    if (price.isString()) {
      return price.asString().equals("free") ? new Price.Free() : new Price.Unknown();
    }
    var rates = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (TokenClass kind : TokenClass.values()) {
      if (price.has(kind.wireName())) {
        rates.put(kind, price.path(kind.wireName()).asLong());
      }
    }
    return PriceTerms.read("golden", rates, json.path("terms").asString(""));
  }

  private static Map<String, Long> named(Usage usage) {
    var named = new TreeMap<String, Long>();
    usage.tokens().forEach((kind, count) -> named.put(kind.wireName(), count));
    return named;
  }

  private static Map<String, Long> named(JsonNode usage) {
    var named = new TreeMap<String, Long>();
    usage.forEachEntry((name, count) -> named.put(name, count.asLong()));
    return named;
  }

  private static String stream(Golden golden) {
    var text = new StringBuilder();
    for (JsonNode event : golden.json.path("stream")) {
      boolean typed = event.has("type");
      text.append(typed ? "event: " + event.path("type").asString() + "\n" : "");
      text.append("data: ").append(event).append("\n\n");
    }
    if (golden.dialect == Dialect.OPENAI_CHAT) {
      text.append("data: [DONE]\n\n");
    }
    return text.toString();
  }

  private static Dialect dialect(String name) {
    return List.of(Dialect.values()).stream()
        .filter(dialect -> dialect.wireName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
