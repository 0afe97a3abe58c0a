package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static dev.ockham.chat.Dialect.OPENAI_RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.TokenClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a provider that speaks Responses is asked, and how its answer is understood. */
class OpenAiResponsesProviderTest {

  static final String STREAM =
      """
      event: response.created
      data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","status":"in_progress","model":"gpt-5.5","output":[],"usage":null,"error":null}}

      event: response.in_progress
      data: {"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_1","object":"response","status":"in_progress","model":"gpt-5.5","output":[]}}

      event: response.output_item.added
      data: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}

      event: response.reasoning_summary_part.added
      data: {"type":"response.reasoning_summary_part.added","sequence_number":3,"item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}

      event: response.reasoning_summary_text.delta
      data: {"type":"response.reasoning_summary_text.delta","sequence_number":4,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"First."}

      event: response.reasoning_summary_part.added
      data: {"type":"response.reasoning_summary_part.added","sequence_number":5,"item_id":"rs_1","output_index":0,"summary_index":1,"part":{"type":"summary_text","text":""}}

      event: response.reasoning_summary_text.delta
      data: {"type":"response.reasoning_summary_text.delta","sequence_number":6,"item_id":"rs_1","output_index":0,"summary_index":1,"delta":"Second."}

      event: response.output_item.done
      data: {"type":"response.output_item.done","sequence_number":7,"output_index":0,"item":{"id":"rs_1","type":"reasoning","encrypted_content":"gAAA==","summary":[{"type":"summary_text","text":"First."},{"type":"summary_text","text":"Second."}]}}

      event: response.output_item.added
      data: {"type":"response.output_item.added","sequence_number":8,"output_index":1,"item":{"id":"msg_1","type":"message","status":"in_progress","role":"assistant","content":[]}}

      event: response.content_part.added
      data: {"type":"response.content_part.added","sequence_number":9,"item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","sequence_number":10,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"Looking.","logprobs":[{"token":"Looking.","logprob":-0.5,"top_logprobs":[{"token":"See","logprob":-2.0}]}],"obfuscation":"x"}

      event: response.output_text.done
      data: {"type":"response.output_text.done","sequence_number":11,"item_id":"msg_1","output_index":1,"content_index":0,"text":"Looking."}

      event: response.output_item.done
      data: {"type":"response.output_item.done","sequence_number":12,"output_index":1,"item":{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Looking.","annotations":[]}]}}

      event: response.output_item.added
      data: {"type":"response.output_item.added","sequence_number":13,"output_index":2,"item":{"id":"fc_1","type":"function_call","status":"in_progress","arguments":"","call_id":"call_a","name":"weather"}}

      event: response.output_item.added
      data: {"type":"response.output_item.added","sequence_number":14,"output_index":3,"item":{"id":"fc_2","type":"function_call","status":"in_progress","arguments":"","call_id":"call_b","name":"time"}}

      event: response.function_call_arguments.delta
      data: {"type":"response.function_call_arguments.delta","sequence_number":15,"item_id":"fc_1","output_index":2,"delta":"{\\"city\\":"}

      event: response.function_call_arguments.delta
      data: {"type":"response.function_call_arguments.delta","sequence_number":16,"item_id":"fc_2","output_index":3,"delta":"{}"}

      event: response.function_call_arguments.delta
      data: {"type":"response.function_call_arguments.delta","sequence_number":17,"item_id":"fc_1","output_index":2,"delta":"\\"Paris\\"}"}

      event: response.output_item.done
      data: {"type":"response.output_item.done","sequence_number":18,"output_index":2,"item":{"id":"fc_1","type":"function_call","status":"completed","arguments":"{\\"city\\":\\"Paris\\"}","call_id":"call_a","name":"weather"}}

      event: response.output_item.done
      data: {"type":"response.output_item.done","sequence_number":19,"output_index":3,"item":{"id":"fc_2","type":"function_call","status":"completed","arguments":"{}","call_id":"call_b","name":"time"}}

      event: response.completed
      data: {"type":"response.completed","sequence_number":20,"response":RESPONSE}

      """
          .replace("RESPONSE", OpenAiResponsesProviderTest.whole("completed"));

  /** A whole response, on one line. */
  static String whole(String status) {
    return """
    {"id":"resp_1","object":"response","created_at":1795000000,"status":"STATUS","model":"gpt-5.5",
     "error":null,"incomplete_details":null,"output":[
      {"id":"rs_1","type":"reasoning","encrypted_content":"gAAA==","summary":[{"type":"summary_text","text":"First."},{"type":"summary_text","text":"Second."}]},
      {"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Looking.","annotations":[],
        "logprobs":[{"token":"Looking.","logprob":-0.5,"bytes":[76],"top_logprobs":[{"token":"See","logprob":-2.0,"bytes":[83]}]}]}]},
      {"id":"fc_1","type":"function_call","status":"completed","arguments":"{\\"city\\":\\"Paris\\"}","call_id":"call_a","name":"weather"},
      {"id":"fc_2","type":"function_call","status":"completed","arguments":"{}","call_id":"call_b","name":"time"}],
     "usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":60,"cache_write_tokens":10},
      "output_tokens":40,"output_tokens_details":{"reasoning_tokens":8},"total_tokens":140}}\
    """
        .replace("STATUS", status)
        .replace("\n", "");
  }

  @Test
  void a_stream_is_understood() {
    List<ChatEvent> events = heard(STREAM);

    assertThat(events)
        .containsSubsequence(
            new ChatEvent.Started("resp_1", "gpt-5.5"),
            new ChatEvent.ReasoningDelta("First."),
            new ChatEvent.ReasoningDelta("\n\n"),
            new ChatEvent.ReasoningDelta("Second."),
            new ChatEvent.ReasoningSigned(state()),
            new ChatEvent.TextDelta("Looking."),
            new ChatEvent.ToolCallStarted(0, "call_a", "weather"),
            new ChatEvent.ToolCallStarted(1, "call_b", "time"),
            new ChatEvent.ToolCallDelta(0, "{\"city\":"),
            new ChatEvent.ToolCallDelta(1, "{}"),
            new ChatEvent.ToolCallDelta(0, "\"Paris\"}"));
    assertThat(events.getLast())
        .isEqualTo(new ChatEvent.Finished(StopReason.TOOL_CALLS, Optional.empty()));
    assertThat(events).as("nothing is said twice").hasSize(14);
  }

  @Test
  void a_whole_response_says_what_its_stream_would_have_said() {
    var whole = new Answer();
    var streamed = new Answer();
    new OpenAiResponsesReplyReader().whole(whole("completed").getBytes(UTF_8), whole);
    heard(STREAM).forEach(streamed);

    assertThat(whole.text.toString()).isEqualTo(streamed.text.toString());
    assertThat(whole.calls.toString()).isEqualTo(streamed.calls.toString());
    assertThat(whole.usage).isEqualTo(streamed.usage);
    assertThat(whole.stop).isEqualTo(streamed.stop).contains(StopReason.TOOL_CALLS);
    assertThat(whole.scored).isEqualTo(streamed.scored).hasSize(1);
    assertThat(((Answer.Thought) whole.pieces.getFirst()).state).contains(state());
    assertThat(((Answer.Thought) whole.pieces.getFirst()).text.toString())
        .isEqualTo("First.\n\nSecond.");
  }

  @Test
  void usage_is_taken_apart() {
    Carried carried = Carried.stream(OPENAI_RESPONSES, OPENAI_CHAT, true, Chunks.whole(STREAM));

    assertThat(carried.reply().usage().count(TokenClass.INPUT)).isEqualTo(30);
    assertThat(carried.reply().usage().count(TokenClass.CACHE_READ)).isEqualTo(60);
    assertThat(carried.reply().usage().count(TokenClass.CACHE_WRITE_5M)).isEqualTo(10);
    assertThat(carried.reply().usage().count(TokenClass.OUTPUT)).isEqualTo(32);
    assertThat(carried.reply().usage().count(TokenClass.REASONING)).isEqualTo(8);
    assertThat(carried.events().getLast()).isEqualTo("[DONE]");
  }

  @Test
  void items_that_only_come_done_are_said_once() {
    String terse =
        STREAM
            .lines()
            .filter(line -> line.startsWith("data:"))
            .filter(line ->
                line.contains("\"response.created\"")
                    || line.contains("item.done")
                    || line.contains("\"response.completed\""))
            .reduce("", (all, line) -> all + line + "\n\n");
    var answer = new Answer();

    heard(terse).forEach(answer);

    assertThat(answer.text.toString()).isEqualTo("Looking.");
    assertThat(answer.calls).hasSize(2);
    assertThat(answer.calls.getFirst().arguments().toString()).isEqualTo("{\"city\":\"Paris\"}");
  }

  @ParameterizedTest
  @CsvSource({"max_output_tokens,MAX_OUTPUT", "content_filter,CONTENT_FILTER", "new_word,OTHER"})
  void an_incomplete_response_says_why(String reason, StopReason stop) {
    String body =
        whole("incomplete")
            .replace(
                "\"incomplete_details\":null",
                "\"incomplete_details\":{\"reason\":\"" + reason + "\"}");
    var answer = new Answer();

    new OpenAiResponsesReplyReader().whole(body.getBytes(UTF_8), answer);

    assertThat(answer.stop).contains(stop);
  }

  @Test
  void a_refusal_is_text() {
    var answer = new Answer();
    new OpenAiResponsesReplyReader()
        .whole(
            "{\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"No.\"}]}]}"
                .getBytes(UTF_8),
            answer);

    assertThat(answer.text.toString()).isEqualTo("No.");
    assertThat(answer.stop).contains(StopReason.END_OF_TURN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\",\"param\":null}",
        "{\"type\":\"error\",\"error\":{\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\"}}",
        "{\"type\":\"response.failed\",\"response\":{\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\"}}}"
      })
  void an_error_before_anything_was_said_leaves_the_way_open(String error) {
    String created = STREAM.substring(0, STREAM.indexOf("event: response.in_progress"));
    Carried carried =
        Carried.stream(
            OPENAI_RESPONSES,
            ANTHROPIC_MESSAGES,
            true,
            Chunks.whole(created + "data: " + error + "\n\n"));

    assertThat(carried.reply().begun()).isFalse();
    assertThat(carried.reply().failure().orElseThrow().status()).isEqualTo(429);
    assertThat(carried.reply().failure().orElseThrow().message()).isEqualTo("Slow down");
  }

  @Test
  void plain_text_calls_become_arguments() {
    var answer = new Answer();
    new OpenAiResponsesReplyReader()
        .whole(
            "{\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"custom_tool_call\",\"call_id\":\"c\",\"name\":\"patch\",\"input\":\"a\\n\\\"b\\\"\"}]}"
                .getBytes(UTF_8),
            answer);

    assertThat(answer.calls.getFirst().arguments().toString())
        .isEqualTo("{\"input\":\"a\\n\\\"b\\\"\"}");
  }

  @Test
  void a_stream_to_a_client_of_its_own_dialect_passes_byte_for_byte() {
    String asked = "{\"model\":\"m\",\"stream\":true,\"input\":\"x\"}";
    for (int seed = 0; seed < 50; seed++) {
      Carried carried =
          Carried.carry(
              OPENAI_RESPONSES, OPENAI_RESPONSES, asked, Chunks.random(STREAM, new Random(seed)));

      assertThat(carried.text()).isEqualTo(STREAM);
      assertThat(carried.reply().finished()).isTrue();
      assertThat(carried.reply().usage().totalInput()).isEqualTo(100);
    }
  }

  @Test
  void own_reasoning_comes_back_to_its_maker_byte_for_byte() {
    String sealed = Bodies.CARRIAGE.seal().seal(state());
    String asked =
        """
        {"model":"m","max_tokens":900,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[
          {"type":"thinking","thinking":"First.","signature":"%s"},
          {"type":"tool_use","id":"call_a","name":"weather","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_a","content":"sun"}]}]}
        """
            .formatted(sealed);

    JsonNode input = Bodies.json(prepared(asked)).at("/input");

    assertThat(input.at("/1"))
        .isEqualTo(
            Bodies.json(
                """
                {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"First."}],
                 "encrypted_content":"gAAA=="}
                """));
    assertThat(input.at("/2/type").asString()).isEqualTo("function_call");
    assertThat(input.at("/3"))
        .isEqualTo(
            Bodies.json(
                "{\"type\":\"function_call_output\",\"call_id\":\"call_a\",\"output\":\"sun\"}"));
  }

  @Test
  void a_thought_that_led_to_nothing_is_left_out() {
    String asked =
        """
        {"model":"m","max_tokens":900,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[
          {"type":"thinking","thinking":"First.","signature":"%s"}]},{"role":"user","content":"go on"}]}
        """
            .formatted(Bodies.CARRIAGE.seal().seal(state()));

    assertThat(Bodies.json(prepared(asked)).at("/input").toString()).doesNotContain("reasoning");
  }

  @Test
  void a_chat_request_is_said_in_items() {
    String asked = Payloads.OPENAI_REQUEST.replace("\"stop\": \"END\",", "");
    EncodeOutcome.Encoded told = Bodies.encoded(OPENAI_CHAT, asked, OPENAI_RESPONSES);

    assertThat(without(Bodies.json(told.body()), "safety_identifier"))
        .isEqualTo(
            Bodies.json(
                """
                {"model":"served","instructions":"Be brief.","input":[
                  {"type":"message","role":"user","content":[{"type":"input_text","text":"Where is this?"},
                    {"type":"input_image","detail":"auto","image_url":"data:image/png;base64,iVBORw0KGgo="}]},
                  {"type":"function_call","call_id":"call_1","name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"},
                  {"type":"function_call","call_id":"call_2","name":"weather","arguments":"{\\"city\\":\\"Rome\\"}"},
                  {"type":"function_call_output","call_id":"call_1","output":"18 degrees"},
                  {"type":"function_call_output","call_id":"call_2","output":"25 degrees"}],
                 "max_output_tokens":512,
                 "tools":[{"type":"function","name":"weather","description":"The weather of a city",
                   "parameters":{"type":"object","properties":{"city":{"type":"string"}}},"strict":true}],
                 "tool_choice":{"type":"function","name":"weather"},"parallel_tool_calls":false,
                 "text":{"format":{"type":"json_schema","name":"city","schema":{"type":"object"},"strict":true}},
                 "temperature":0.2,"stream":true,"store":false,"include":["reasoning.encrypted_content"]}
                """));
    assertThat(told.losses()).contains("seed: not sent");
  }

  @Test
  void an_anthropic_request_is_said_in_items() {
    String asked = Payloads.ANTHROPIC_REQUEST.replace("\"stop_sequences\": [\"STOP\"],", "");
    EncodeOutcome.Encoded told = Bodies.encoded(ANTHROPIC_MESSAGES, asked, OPENAI_RESPONSES);
    JsonNode body = Bodies.json(told.body());

    assertThat(body.at("/instructions").asString()).contains("Be brief.").contains("Be kind.");
    assertThat(body.at("/tool_choice").asString()).isEqualTo("required");
    assertThat(body.at("/parallel_tool_calls").asBoolean(true)).isFalse();
    assertThat(body.at("/input/4/output").asString()).isEqualTo("no such city");
    assertThat(body.at("/input/6/role").asString()).isEqualTo("system");
    assertThat(told.losses())
        .contains(
            "tool_result.is_error: not sent, the text has to tell",
            "top_k: not sent",
            "reasoning: not sent, only its maker can read it");
  }

  @Test
  void stop_sequences_have_no_place() {
    assertThat(Bodies.refused(OPENAI_CHAT, Payloads.OPENAI_REQUEST, OPENAI_RESPONSES).message())
        .startsWith("stop sequences: cannot be said in openai-responses");
  }

  @Test
  void a_cap_below_the_least_is_raised_and_told() {
    EncodeOutcome.Encoded told =
        Bodies.encoded(
            OPENAI_CHAT,
            "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
            OPENAI_RESPONSES);

    assertThat(Bodies.json(told.body()).at("/max_output_tokens").asInt()).isEqualTo(16);
    assertThat(told.losses()).containsExactly("max_output_tokens: raised to 16, the least");
  }

  private static JsonNode without(JsonNode body, String field) {
    ((ObjectNode) body).remove(field);
    return body;
  }

  private static byte[] prepared(String anthropicBody) {
    var outcome =
        RequestBody.prepare(
            Bodies.decoded(ANTHROPIC_MESSAGES, anthropicBody.getBytes(UTF_8)),
            Wire.of(OPENAI_RESPONSES),
            Target.of("up", OptionalLong.empty()),
            List.of(),
            Bodies.CARRIAGE);
    return ((RequestBody.Outcome.Prepared) outcome).body();
  }

  private static ReasoningState state() {
    return new ReasoningState(
        OPENAI_RESPONSES, "{\"id\":\"rs_1\",\"encrypted_content\":\"gAAA==\"}");
  }

  private static List<ChatEvent> heard(String stream) {
    var reader = new OpenAiResponsesReplyReader();
    var frames = new SseReader();
    var events = new ArrayList<ChatEvent>();
    frames.feed(stream.getBytes(UTF_8));
    while (frames.next()) {
      if (frames.hasData()) {
        reader.event(
            frames.event(), frames.data(), frames.dataFrom(), frames.dataTo(), events::add);
      }
    }
    return events;
  }
}
