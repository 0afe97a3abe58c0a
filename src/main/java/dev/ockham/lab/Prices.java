package dev.ockham.lab;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What models cost, in the order of their file. */
record Prices(Map<String, Price> byModel) {
  public Prices {
    byModel = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
  }

  /**
   * The price of one model.
   *
   * @param input pico-dollars (10⁻¹² US dollars) per input token
   * @param output pico-dollars per output token
   */
  public record Price(long input, long output) {
    /** The exact cost in pico-dollars. */
    public long cost(long inputTokens, long outputTokens) {
      return Math.addExact(
          Math.multiplyExact(input, inputTokens), Math.multiplyExact(output, outputTokens));
    }
  }

  /** Reads {@code {"model": {"input": …, "output": …}}}, US dollars per million tokens. */
  public static Prices read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (JacksonException | ArithmeticException e) {
      throw new IOException(
          file
              + ": expected {\"model\": {\"input\": dollars per million tokens, \"output\": …}}: "
              + e.getMessage(),
          e);
    }
  }

  static Prices parse(String json) {
    Map<String, Price> prices = new LinkedHashMap<>();
    new JsonMapper()
        .readTree(json)
        .forEachEntry((model, price) ->
            prices.put(
                model,
                new Price(
                    pico(price.required("input").asDecimal()),
                    pico(price.required("output").asDecimal()))));
    return new Prices(prices);
  }

  private static long pico(BigDecimal dollarsPerMillion) {
    return dollarsPerMillion.movePointRight(6).longValueExact();
  }

  /** The price of one model. */
  public Price of(String model) {
    Price price = byModel.get(model);
    if (price == null) {
      throw new IllegalArgumentException("No price for " + model + " among " + byModel.keySet());
    }
    return price;
  }

  /** The models, in order. */
  public List<String> models() {
    return List.copyOf(byModel.keySet());
  }

  /**
   * Tokens of a text by the convention of the recorded data: characters (UTF-16 units) / 4, rounded
   * up.
   */
  public static int tokens(int characters) {
    return Math.ceilDiv(characters, 4);
  }
}
