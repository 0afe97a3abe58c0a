package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsTest {

  @Test
  void what_openai_includes_is_taken_apart() {
    assertThat(
            openAi(
                """
                {"prompt_tokens":1000,"completion_tokens":300,
                 "prompt_tokens_details":{"cached_tokens":600,"cache_write_tokens":100},
                 "completion_tokens_details":{"reasoning_tokens":200}}\
                """))
        .isEqualTo(
            new Usage(
                Map.of(
                    TokenClass.INPUT, 300L,
                    TokenClass.CACHE_READ, 600L,
                    TokenClass.CACHE_WRITE_5M, 100L,
                    TokenClass.OUTPUT, 100L,
                    TokenClass.REASONING, 200L)));
  }

  @Test
  void what_is_not_reported_is_absent_and_not_zero() {
    assertThat(openAi("{\"prompt_tokens\":7}")).isEqualTo(Usage.of(TokenClass.INPUT, 7));
    assertThat(openAi("{\"prompt_tokens\":7,\"completion_tokens\":0}")).isEqualTo(Usage.of(7, 0));
    assertThat(openAi("{}").isAbsent()).isTrue();
    assertThat(openAi("null").isAbsent()).isTrue();
    assertThat(anthropic("{\"input_tokens\":7,\"cache_read_input_tokens\":null}"))
        .isEqualTo(Usage.of(TokenClass.INPUT, 7));
  }

  @Test
  void a_cache_write_without_its_kind_counts_as_the_usual_five_minutes() {
    assertThat(anthropic("{\"cache_creation_input_tokens\":9}"))
        .isEqualTo(Usage.of(TokenClass.CACHE_WRITE_5M, 9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'prompt_tokens':5,'prompt_tokens_details':{'cached_tokens':9}}|INPUT|0",
        "{'prompt_tokens':-5}|INPUT|0",
        "{'prompt_tokens':'many'}|INPUT|0",
        "{'prompt_tokens':99999999999999999999}|INPUT|0",
        "{'completion_tokens':2,'completion_tokens_details':[]}|OUTPUT|2",
      })
  void nonsense_counts_do_no_harm(String usage, TokenClass kind, long count) {
    assertThat(openAi(usage.replace('\'', '"')).count(kind)).isEqualTo(count);
  }

  @Test
  void a_client_is_not_told_zero_of_what_the_provider_did_not_report() {
    Carried carried =
        Carried.whole(
            ANTHROPIC_MESSAGES,
            OPENAI_CHAT,
            """
            {"type":"message","role":"assistant","content":[{"type":"text","text":"x"}],
             "stop_reason":"end_turn",
             "usage":{"input_tokens":10,"output_tokens":1,"cache_creation_input_tokens":5}}\
            """);

    assertThat(carried.text()).contains("\"cache_write_tokens\":5").doesNotContain("cached_tokens");
  }

  private static Usage openAi(String usage) {
    return Carried.whole(
            OPENAI_CHAT,
            OPENAI_CHAT,
            "{\"choices\":[{\"message\":{},\"finish_reason\":\"stop\"}],\"usage\":" + usage + "}")
        .reply()
        .usage();
  }

  private static Usage anthropic(String usage) {
    return Carried.whole(
            ANTHROPIC_MESSAGES,
            ANTHROPIC_MESSAGES,
            "{\"type\":\"message\",\"stop_reason\":\"end_turn\",\"usage\":" + usage + "}")
        .reply()
        .usage();
  }
}
