package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Long strings read from their bytes are what a JSON parser makes of them. */
final class LongTextTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FILL = "x".repeat(70_000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\\n\\t\\r\\b\\f\\/\\\\\\\"",
        "\\u00e9\\u20AC\\u0000\\uD83D\\uDE00",
        "caf\u00e9 \u20ac \ud83d\ude00",
        "\\\\",
        "\\\\\\\"",
        "\\u007f\\u0080\\u07ff\\u0800\\uffff\\udbff\\udfff"
      })
  void a_long_string_is_what_a_parser_reads(String written) {
    for (String text : new String[] {written + FILL, FILL + written, FILL + written + FILL}) {
      String json = '"' + text + '"';

      assertThat(read(json + ",\"more\"")).hasValue(JSON.readValue(json, String.class));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\x", "\\u12", "\\u12g4", "\\uD83D", "\\uD83Dx", "\\uDE00", "\\uD83D\\n"})
  void what_is_no_character_is_left_to_the_parser(String written) {
    assertThat(read('"' + FILL + written + '"')).isEmpty();
  }

  @Test
  void short_strings_and_those_without_an_end_are_left_to_the_parser() {
    assertThat(read("\"short\"" + FILL)).isEmpty();
    assertThat(read('"' + FILL)).isEmpty();
    assertThat(read('"' + FILL + "\\")).isEmpty();
    assertThat(read('"' + FILL + "\\\"")).isEmpty();
  }

  @Test
  void any_string_comes_back_as_it_was_written() {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      var text = new StringBuilder(FILL);
      for (int i = random.nextInt(200); i >= 0; i--) {
        int code = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(128);
        text.appendCodePoint(code >= 0xD800 && code < 0xE000 ? '\\' : code);
        text.append("y".repeat(random.nextInt(20)));
      }
      String json = JSON.writeValueAsString(text.toString());

      assertThat(read(json)).hasValue(text.toString());
    }
  }

  private static Optional<String> read(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return LongText.at(bytes, 1, bytes.length);
  }
}
