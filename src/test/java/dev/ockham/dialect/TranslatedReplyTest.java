package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.TokenClass;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslatedReplyTest {

  @Test
  void an_openai_text_stream_becomes_one_text_block() {
    Carried carried = toAnthropic(Payloads.OPENAI_TEXT_STREAM);

    assertThat(carried.events())
        .containsExactly(
            "message_start {\"type\":\"message_start\",\"message\":{\"id\":\"msg_chatcmpl-9x\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"asked\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":0,\"output_tokens\":0}}}",
            "content_block_start {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
            "content_block_delta {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Grüße, \"}}",
            "content_block_delta {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Welt 😀\"}}",
            "content_block_stop {\"type\":\"content_block_stop\",\"index\":0}",
            "message_delta {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"input_tokens\":20,\"cache_read_input_tokens\":0,\"output_tokens\":5}}",
            "message_stop {\"type\":\"message_stop\"}");
    assertThat(carried.reply().finished()).isTrue();
  }

  @Test
  void interleaved_tool_calls_become_one_block_after_the_other() {
    Carried carried = toAnthropic(Payloads.OPENAI_INTERLEAVED_TOOLS);

    assertThat(carried.events().subList(1, carried.events().size()))
        .containsExactly(
            "content_block_start {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
            "content_block_delta {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Looking.\"}}",
            "content_block_stop {\"type\":\"content_block_stop\",\"index\":0}",
            "content_block_start {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"call_a\",\"name\":\"weather\",\"input\":{}}}",
            "content_block_delta {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"ci\"}}",
            "content_block_delta {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"ty\\\":\\\"Paris\\\"}\"}}",
            "content_block_stop {\"type\":\"content_block_stop\",\"index\":1}",
            "content_block_start {\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"call_b\",\"name\":\"time\",\"input\":{}}}",
            "content_block_delta {\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"zone\\\":\\\"}\\\"}\"}}",
            "content_block_stop {\"type\":\"content_block_stop\",\"index\":2}",
            "message_delta {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"input_tokens\":36,\"cache_read_input_tokens\":64,\"output_tokens\":40,\"output_tokens_details\":{\"thinking_tokens\":8}}}",
            "message_stop {\"type\":\"message_stop\"}");
  }

  @Test
  void calls_without_index_and_with_the_wrong_reason_are_understood() {
    Carried carried =
        toAnthropic(
            """
            data: {"id":"1","choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}}]}

            data: {"id":"1","choices":[{"delta":{"tool_calls":[{"id":"b","function":{"name":"g","arguments":"{\\"x\\""}}]}}]}

            data: {"id":"1","choices":[{"delta":{"tool_calls":[{"function":{"arguments":":1}"}}]},"finish_reason":"stop"}]}

            data: [DONE]

            """);

    assertThat(carried.reply().stop()).contains(StopReason.TOOL_CALLS);
    assertThat(carried.text()).contains("\"stop_reason\":\"tool_use\"");
    assertThat(carried.events().stream().filter(e -> e.startsWith("content_block_start")))
        .hasSize(2);
    assertThat(carried.reply().usage().isAbsent()).isTrue();
  }

  @Test
  void an_anthropic_stream_becomes_chunks_that_count_tool_calls_only() {
    Carried carried =
        Carried.stream(
            ANTHROPIC_MESSAGES, OPENAI_CHAT, true, Chunks.whole(Payloads.ANTHROPIC_STREAM));

    String head =
        "{\"id\":\"chatcmpl-msg_01X\",\"object\":\"chat.completion.chunk\",\"created\":1795000000,\"model\":\"asked\",\"choices\":[";
    assertThat(carried.events())
        .containsExactly(
            head
                + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}",
            head
                + "{\"index\":0,\"delta\":{\"reasoning_content\":\"Two calls.\"},\"finish_reason\":null}]}",
            head + "{\"index\":0,\"delta\":{\"content\":\"Looking.\"},\"finish_reason\":null}]}",
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"toolu_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]},\"finish_reason\":null}]}",
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\": \\\"Par\"}}]},\"finish_reason\":null}]}",
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"is\\\"}\"}}]},\"finish_reason\":null}]}",
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"toolu_2\",\"type\":\"function\",\"function\":{\"name\":\"time\",\"arguments\":\"\"}}]},\"finish_reason\":null}]}",
            head
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]},\"finish_reason\":null}]}",
            head + "{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}",
            head
                + "],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":300,\"total_tokens\":1300,\"prompt_tokens_details\":{\"cached_tokens\":500,\"cache_write_tokens\":140},\"completion_tokens_details\":{\"reasoning_tokens\":192}}}",
            "[DONE]");
    assertThat(carried.reply().losses()).isEmpty();
  }

  @Test
  void usage_is_not_sent_to_an_openai_client_that_did_not_ask() {
    Carried carried =
        Carried.stream(
            ANTHROPIC_MESSAGES, OPENAI_CHAT, false, Chunks.whole(Payloads.ANTHROPIC_STREAM));

    assertThat(carried.text()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    assertThat(carried.reply().usage().totalOutput()).isEqualTo(300);
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void however_a_stream_is_cut_into_chunks_the_translation_is_the_same(Dialect upstream) {
    Dialect client = other(upstream);
    String stream =
        upstream == OPENAI_CHAT ? Payloads.OPENAI_INTERLEAVED_TOOLS : Payloads.ANTHROPIC_STREAM;
    String expected = Carried.stream(upstream, client, true, Chunks.whole(stream)).text();
    var random = new Random(3);

    assertThat(Carried.stream(upstream, client, true, Chunks.bytewise(stream)).text())
        .isEqualTo(expected);
    for (int i = 0; i < 300; i++) {
      assertThat(Carried.stream(upstream, client, true, Chunks.random(stream, random)).text())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void a_cut_stream_ends_with_the_clients_error_event(Dialect upstream) {
    Dialect client = other(upstream);
    String stream =
        upstream == OPENAI_CHAT ? Payloads.OPENAI_TEXT_STREAM : Payloads.ANTHROPIC_STREAM;
    // OpenAI's has said why it stopped before it says that it has.
    int lastEvent =
        upstream == OPENAI_CHAT
            ? stream.indexOf("\"finish_reason\":\"stop\"")
            : stream.stripTrailing().lastIndexOf("\n\n");
    for (int cut = 0; cut <= lastEvent; cut += 7) {
      Carried carried =
          Carried.stream(upstream, client, true, List.of(stream.substring(0, cut).getBytes(UTF_8)));

      assertThat(carried.reply().failure()).isPresent();
      assertThat(carried.events().getLast())
          .startsWith(client == OPENAI_CHAT ? "{\"error\":" : "error {\"type\":\"error\"");
      assertThat(carried.text()).doesNotContain("[DONE]").doesNotContain("message_stop");
    }
  }

  @Test
  void an_error_inside_a_stream_is_carried_over() {
    Carried carried =
        Carried.stream(
            ANTHROPIC_MESSAGES,
            OPENAI_CHAT,
            true,
            Chunks.whole(
                Payloads.ANTHROPIC_STREAM.substring(
                        0, Payloads.ANTHROPIC_STREAM.indexOf("event: ping"))
                    + """
                    event: error
                    data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

                    """));

    assertThat(carried.events().getLast())
        .isEqualTo(
            "{\"error\":{\"message\":\"Overloaded\",\"type\":\"server_error\",\"param\":null,\"code\":\"overloaded_error\"}}");
    assertThat(carried.reply().finished()).isTrue();
  }

  @Test
  void a_whole_openai_answer_is_said_in_anthropics_words() {
    Carried carried = Carried.whole(OPENAI_CHAT, ANTHROPIC_MESSAGES, Payloads.OPENAI_WHOLE);

    assertThat(Bodies.json(carried.text()))
        .isEqualTo(
            Bodies.json(
                """
                {"id":"msg_chatcmpl-9x","type":"message","role":"assistant","model":"asked",
                 "content":[{"type":"text","text":"Two calls."},
                   {"type":"tool_use","id":"call_1","name":"weather","input":{"city":"Paris"}},
                   {"type":"tool_use","id":"call_2","name":"time","input":{}}],
                 "stop_reason":"tool_use","stop_sequence":null,
                 "usage":{"input_tokens":360,"cache_read_input_tokens":640,"output_tokens":300,
                   "output_tokens_details":{"thinking_tokens":192}}}\
                """));
    assertThat(carried.reply().usage().count(TokenClass.OUTPUT)).isEqualTo(108);
  }

  @Test
  void a_whole_anthropic_answer_is_said_in_openais_words() {
    Carried carried = Carried.whole(ANTHROPIC_MESSAGES, OPENAI_CHAT, Payloads.ANTHROPIC_WHOLE);

    assertThat(Bodies.json(carried.text()))
        .isEqualTo(
            Bodies.json(
                """
                {"id":"chatcmpl-msg_01X","object":"chat.completion","created":1795000000,"model":"asked",
                 "choices":[{"index":0,"message":{"role":"assistant","content":"Two calls.","refusal":null,"reasoning_content":"hm","tool_calls":[
                   {"id":"toolu_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\": \\"Paris\\"}"}},
                   {"id":"toolu_2","type":"function","function":{"name":"time","arguments":"{}"}}]},
                   "logprobs":null,"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":1000,"completion_tokens":300,"total_tokens":1300,
                   "prompt_tokens_details":{"cached_tokens":500,"cache_write_tokens":140},
                   "completion_tokens_details":{"reasoning_tokens":192}}}\
                """));
    assertThat(carried.reply().losses()).isEmpty();
  }

  @Test
  void a_whole_answer_in_the_clients_dialect_passes_unchanged() {
    Carried openAi = Carried.whole(OPENAI_CHAT, OPENAI_CHAT, Payloads.OPENAI_WHOLE);
    Carried anthropic =
        Carried.whole(ANTHROPIC_MESSAGES, ANTHROPIC_MESSAGES, Payloads.ANTHROPIC_WHOLE);

    assertThat(openAi.text()).isEqualTo(Payloads.OPENAI_WHOLE);
    assertThat(anthropic.text()).isEqualTo(Payloads.ANTHROPIC_WHOLE);
    assertThat(anthropic.reply().usage().count(TokenClass.CACHE_WRITE_1H)).isEqualTo(100);
    assertThat(anthropic.reply().begun()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "{\"choices\":[]}", "{\"id\":\"1\",\"choi"})
  void a_whole_body_without_an_answer_is_an_error_that_another_model_may_mend(String body) {
    Carried carried = Carried.whole(OPENAI_CHAT, ANTHROPIC_MESSAGES, body);

    assertThat(carried.reply().begun()).isFalse();
    assertThat(carried.reply().failure().orElseThrow().status()).isEqualTo(502);
    assertThat(carried.text()).startsWith("{\"type\":\"error\"");
  }

  @Test
  void arguments_that_are_not_an_object_cannot_be_said_to_an_anthropic_client() {
    Carried carried =
        Carried.whole(
            OPENAI_CHAT,
            ANTHROPIC_MESSAGES,
            """
            {"id":"1","choices":[{"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{\\"x\\": oops"}}]},
             "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}\
            """);

    assertThat(carried.reply().failure().orElseThrow().message()).contains("\"f\"");
    assertThat(carried.reply().usage().totalOutput()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\n\\ndata: [DONE]\\n\\n",
        "\\r\\revent: message_stop\\rdata: {}\\r\\r",
        "\\u2028data: x\\u2029\\u0085",
        "\\u0000\\\"}]}\\n",
        "\\uD83D half",
        "\\uDE00\\uD83D"
      })
  void model_text_cannot_break_out_of_its_event(String text) {
    String openAi =
        "data: {\"id\":\"1\",\"choices\":[{\"delta\":{\"content\":\""
            + text
            + "\",\"tool_calls\":[{\"index\":0,\"id\":\""
            + text
            + "\",\"function\":{\"name\":\""
            + text
            + "\",\"arguments\":\""
            + text
            + "\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n";
    String anthropic =
        "data: {\"type\":\"message_start\",\"message\":{\"id\":\""
            + text
            + "\"}}\n\n"
            + "data: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\""
            + text
            + "\"}}\n\n"
            + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n"
            + "data: {\"type\":\"message_stop\"}\n\n";

    List<String> toAnthropic = toAnthropic(openAi).events();
    List<String> toOpenAi =
        Carried.stream(ANTHROPIC_MESSAGES, OPENAI_CHAT, true, Chunks.whole(anthropic)).events();

    assertThat(toAnthropic).hasSize(9);
    assertThat(toOpenAi).hasSize(4);
    toAnthropic.forEach(event -> Bodies.json(event.substring(event.indexOf(' ') + 1)));
    toOpenAi.subList(0, 3).forEach(Bodies::json);
  }

  private static Carried toAnthropic(String stream) {
    return Carried.stream(OPENAI_CHAT, ANTHROPIC_MESSAGES, true, Chunks.whole(stream));
  }

  private static Dialect other(Dialect dialect) {
    return dialect == OPENAI_CHAT ? ANTHROPIC_MESSAGES : OPENAI_CHAT;
  }
}
