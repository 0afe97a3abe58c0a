package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static dev.ockham.chat.Dialect.OPENAI_RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a Responses client is told of an answer in another dialect. */
class OpenAiResponsesReplyTest {
  private static final String ASKED =
      """
      {"model":"asked","stream":true,"input":"x","instructions":"Be brief.","temperature":0.5,
       "metadata":{"k":"v"},"max_output_tokens":900,"tools":[
         {"type":"function","name":"weather","parameters":{"type":"object"}},
         {"type":"namespace","name":"agents","tools":[{"type":"function","name":"spawn"}]},
         {"type":"custom","name":"apply_patch"}]}
      """;

  @Test
  void a_text_is_one_message_with_one_part() {
    var stream = OpenAiResponsesGrammar.of(told(Payloads.OPENAI_TEXT_STREAM).events());

    assertThat(stream.types())
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
    assertThat(stream.response().at("/output"))
        .isEqualTo(
            Bodies.json(
                """
                [{"id":"msg_chatcmpl-9x_0","type":"message","status":"completed","role":"assistant",
                  "content":[{"type":"output_text","text":"Grüße, Welt 😀","annotations":[],"logprobs":[]}]}]
                """));
  }

  @Test
  void a_response_repeats_its_request_and_names_what_was_not_said() {
    Carried carried = told(Payloads.OPENAI_TEXT_STREAM);
    JsonNode response = OpenAiResponsesGrammar.of(carried.events()).response();

    assertThat(response.at("/id").asString()).isEqualTo("resp_chatcmpl-9x");
    assertThat(response.at("/object").asString()).isEqualTo("response");
    assertThat(response.at("/created_at").asLong()).isEqualTo(1_795_000_000);
    assertThat(response.at("/model").asString()).isEqualTo("asked");
    assertThat(response.at("/instructions").asString()).isEqualTo("Be brief.");
    assertThat(response.at("/metadata/k").asString()).isEqualTo("v");
    assertThat(response.at("/tools").size()).isEqualTo(3);
    assertThat(response.at("/tool_choice").asString()).isEqualTo("auto");
    assertThat(response.at("/parallel_tool_calls").asBoolean()).isTrue();
    assertThat(response.at("/max_output_tokens").asInt()).isEqualTo(900);
    assertThat(response.at("/error").isNull()).isTrue();
    assertThat(response.at("/incomplete_details").isNull()).isTrue();
    assertThat(response.at("/usage"))
        .isEqualTo(
            Bodies.json(
                """
                {"input_tokens":20,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},
                 "output_tokens":5,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":25}
                """));
    assertThat(carried.text()).doesNotContain("[DONE]");
  }

  @Test
  void line_ends_in_the_request_do_not_break_the_events_that_repeat_it() {
    String asked = ASKED.replace(",", ",\r\n\r\n");

    List<String> events = told(OPENAI_CHAT, asked, Payloads.OPENAI_TEXT_STREAM).events();

    assertThat(OpenAiResponsesGrammar.of(events).response().at("/tools").size()).isEqualTo(3);
  }

  @Test
  void interleaved_calls_stay_interleaved() {
    var stream = OpenAiResponsesGrammar.of(told(Payloads.OPENAI_INTERLEAVED_TOOLS).events());

    JsonNode output = stream.response().at("/output");
    assertThat(output.at("/1/call_id").asString()).isEqualTo("call_a");
    assertThat(output.at("/1/arguments").asString()).isEqualTo("{\"city\":\"Paris\"}");
    assertThat(output.at("/2/arguments").asString()).isEqualTo("{\"zone\":\"}\"}");
    assertThat(stream.types().subList(8, stream.types().size()))
        .containsExactly(
            "response.output_item.added",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.completed");
  }

  @Test
  void tools_are_called_by_the_names_their_client_gave_them() {
    String calls =
        """
        data: {"id":"1","choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"agents__spawn","arguments":"{}"}}]}}]}

        data: {"id":"1","choices":[{"delta":{"tool_calls":[{"index":1,"id":"b","function":{"name":"apply_patch","arguments":"{\\"input\\":\\"*** Be"}}]}}]}

        data: {"id":"1","choices":[{"delta":{"tool_calls":[{"index":1,"function":{"arguments":"gin\\\\n\\"}"}}]},"finish_reason":"tool_calls"}]}

        data: [DONE]

        """;

    var stream = OpenAiResponsesGrammar.of(told(calls).events());

    assertThat(stream.response().at("/output"))
        .isEqualTo(
            Bodies.json(
                """
                [{"id":"fc_1_0","type":"function_call","status":"completed","call_id":"a","name":"spawn",
                  "namespace":"agents","arguments":"{}"},
                 {"id":"ctc_1_1","type":"custom_tool_call","status":"completed","call_id":"b",
                  "name":"apply_patch","input":"*** Begin\\n"}]
                """));
    assertThat(stream.types()).contains("response.custom_tool_call_input.done");
  }

  @Test
  void plain_text_that_a_model_did_not_wrap_is_handed_on_as_it_is() {
    assertThat(OpenAiResponsesItem.plain("*** Begin")).isEqualTo("*** Begin");
    assertThat(OpenAiResponsesItem.plain("{\"input\":\"x\"}")).isEqualTo("x");
    assertThat(OpenAiResponsesItem.plain("{\"patch\":\"x\"}")).isEqualTo("{\"patch\":\"x\"}");
  }

  @Test
  void a_foreign_signature_is_sealed_and_comes_back_to_its_maker_byte_for_byte() {
    var stream =
        OpenAiResponsesGrammar.of(
            told(ANTHROPIC_MESSAGES, ASKED, Payloads.ANTHROPIC_STREAM).events());
    JsonNode thought = stream.response().at("/output/0");

    assertThat(thought.at("/type").asString()).isEqualTo("reasoning");
    assertThat(thought.at("/summary/0/text").asString()).isEqualTo("Two calls.");
    assertThat(thought.at("/encrypted_content").asString()).startsWith("ock1");

    String next =
        "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"x\"},%s,%s,{\"type\":\"function_call_output\",\"call_id\":\"toolu_1\",\"output\":\"sun\"}]}"
            .formatted(thought, stream.response().at("/output/2"));
    var outcome =
        RequestBody.prepare(
            Bodies.decoded(OPENAI_RESPONSES, next.getBytes(UTF_8)),
            Wire.of(ANTHROPIC_MESSAGES),
            Target.of("up", OptionalLong.empty()),
            List.of(),
            Bodies.CARRIAGE);
    JsonNode sent = Bodies.json(((RequestBody.Outcome.Prepared) outcome).body());
    assertThat(sent.at("/messages/1/content/0"))
        .isEqualTo(
            Bodies.json(
                "{\"type\":\"thinking\",\"thinking\":\"Two calls.\",\"signature\":\"c2ln\"}"));
  }

  @Test
  void a_signature_without_a_text_is_a_thought_of_its_own() {
    var stream =
        OpenAiResponsesGrammar.of(
            told(
                    ANTHROPIC_MESSAGES,
                    ASKED,
                    Payloads.ANTHROPIC_STREAM.replace(
                        "\"type\":\"thinking_delta\",\"thinking\":\"Two calls.\"",
                        "\"type\":\"thinking_delta\",\"thinking\":\"\""))
                .events());

    assertThat(stream.response().at("/output/0/summary").size()).isZero();
    assertThat(stream.response().at("/output/0/encrypted_content").asString()).startsWith("ock1");
    assertThat(stream.types()).doesNotContain("response.reasoning_summary_part.added");
  }

  @Test
  void all_usage_classes_are_told() {
    JsonNode usage =
        OpenAiResponsesGrammar.of(
                told(ANTHROPIC_MESSAGES, ASKED, Payloads.ANTHROPIC_STREAM).events())
            .response()
            .at("/usage");

    assertThat(usage)
        .isEqualTo(
            Bodies.json(
                """
                {"input_tokens":1000,"input_tokens_details":{"cached_tokens":500,"cache_write_tokens":140},
                 "output_tokens":300,"output_tokens_details":{"reasoning_tokens":192},"total_tokens":1300}
                """));
  }

  @Test
  void a_whole_answer_is_a_response() {
    JsonNode response = Bodies.json(whole(ANTHROPIC_MESSAGES, Payloads.ANTHROPIC_WHOLE).text());

    assertThat(response.at("/status").asString()).isEqualTo("completed");
    assertThat(response.at("/output").size()).isEqualTo(4);
    assertThat(response.at("/output/0/encrypted_content").asString()).startsWith("ock1");
    assertThat(response.at("/output/1/content/0/text").asString()).isEqualTo("Two calls.");
    assertThat(response.at("/output/2/arguments").asString()).isEqualTo("{\"city\": \"Paris\"}");
    assertThat(response.at("/output/3/arguments").asString()).isEqualTo("{}");
    assertThat(response.at("/usage/total_tokens").asInt()).isEqualTo(1300);
  }

  @ParameterizedTest
  @CsvSource({"length,max_output_tokens", "content_filter,content_filter"})
  void a_cut_answer_is_incomplete(String reason, String told) {
    String stream =
        Payloads.OPENAI_TEXT_STREAM.replace(
            "\"finish_reason\":\"stop\"", "\"finish_reason\":\"" + reason + "\"");

    JsonNode response = OpenAiResponsesGrammar.of(told(stream).events()).response();

    assertThat(response.at("/status").asString()).isEqualTo("incomplete");
    assertThat(response.at("/incomplete_details/reason").asString()).isEqualTo(told);
    assertThat(response.at("/output/0/status").asString()).isEqualTo("incomplete");
  }

  @Test
  void a_broken_answer_ends_with_an_error_and_a_failed_response() {
    ReplyStream reply = reply(OPENAI_CHAT, ASKED);
    String begun =
        new String(
            reply.accept(Payloads.OPENAI_TEXT_STREAM.substring(0, 600).getBytes(UTF_8)), UTF_8);
    String broken =
        new String(
            reply.broken(new ChatError(504, ChatError.Kind.TIMEOUT, "late", "Too late")), UTF_8);

    var stream = OpenAiResponsesGrammar.of(new Carried(begun + broken, reply).events());

    assertThat(stream.types()).endsWith("error", "response.failed");
    assertThat(stream.response().at("/error"))
        .isEqualTo(Bodies.json("{\"code\":\"late\",\"message\":\"Too late\"}"));
    assertThat(stream.response().at("/output/0/status").asString()).isEqualTo("incomplete");
    assertThat(begun).contains("response.output_text.delta");
  }

  @Test
  void an_answer_that_breaks_before_it_began_is_an_error_event() {
    ReplyStream reply = reply(OPENAI_CHAT, ASKED);
    String broken =
        new String(reply.broken(new ChatError(529, ChatError.Kind.OVERLOADED, "", "Busy")), UTF_8);

    assertThat(new Carried(broken, reply).events())
        .containsExactly(
            "error {\"type\":\"error\",\"sequence_number\":0,\"code\":\"overloaded\",\"message\":\"Busy\",\"param\":null,"
                + "\"error\":{\"type\":\"server_error\",\"code\":\"overloaded\",\"message\":\"Busy\",\"param\":null}}");
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void a_cut_stream_never_looks_complete(Dialect upstream) {
    String stream =
        upstream == OPENAI_CHAT ? Payloads.OPENAI_INTERLEAVED_TOOLS : Payloads.ANTHROPIC_STREAM;
    int said = stream.indexOf(upstream == OPENAI_CHAT ? "\"finish_reason\":\"t" : "message_stop");
    for (int cut = 0; cut <= said; cut += 7) {
      List<String> events = told(upstream, ASKED, stream.substring(0, cut)).events();

      assertThat(OpenAiResponsesGrammar.of(events).types())
          .doesNotContain("response.completed", "response.incomplete")
          .contains("error");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void however_a_stream_is_cut_into_chunks_the_translation_is_the_same(Dialect upstream) {
    String stream =
        upstream == OPENAI_CHAT ? Payloads.OPENAI_INTERLEAVED_TOOLS : Payloads.ANTHROPIC_STREAM;
    String expected = told(upstream, ASKED, stream).text();
    var random = new Random(5);

    for (int i = 0; i < 100; i++) {
      assertThat(
              Carried.carry(upstream, OPENAI_RESPONSES, ASKED, Chunks.random(stream, random))
                  .text())
          .isEqualTo(expected);
    }
  }

  private static Carried told(String stream) {
    return told(OPENAI_CHAT, ASKED, stream);
  }

  private static Carried told(Dialect upstream, String asked, String stream) {
    return Carried.carry(upstream, OPENAI_RESPONSES, asked, Chunks.whole(stream));
  }

  private static Carried whole(Dialect upstream, String body) {
    String asked = ASKED.replace("\"stream\":true,", "");
    return Carried.carry(upstream, OPENAI_RESPONSES, asked, Chunks.whole(body));
  }

  private static ReplyStream reply(Dialect upstream, String asked) {
    return Reply.between(
        Wire.of(OPENAI_RESPONSES),
        Wire.of(upstream),
        Bodies.decoded(OPENAI_RESPONSES, asked.getBytes(UTF_8)),
        Bodies.telling("asked"));
  }
}
