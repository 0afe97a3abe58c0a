package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodeTest {

  @Test
  void an_openai_request_is_said_in_anthropics_words() {
    EncodeOutcome.Encoded encoded =
        Bodies.encoded(OPENAI_CHAT, Payloads.OPENAI_REQUEST, ANTHROPIC_MESSAGES);

    assertThat(Bodies.json(encoded.body()))
        .isEqualTo(
            Bodies.json(
                """
                {"model":"served","max_tokens":512,"system":"Be brief.","messages":[
                  {"role":"user","content":[{"type":"text","text":"Where is this?"},
                    {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]},
                  {"role":"assistant","content":[
                    {"type":"tool_use","id":"call_1","name":"weather","input":{"city":"Paris"}},
                    {"type":"tool_use","id":"call_2","name":"weather","input":{"city":"Rome"}}]},
                  {"role":"user","content":[
                    {"type":"tool_result","tool_use_id":"call_1","content":"18 degrees"},
                    {"type":"tool_result","tool_use_id":"call_2","content":"25 degrees"}]}],
                 "stop_sequences":["END"],
                 "tools":[{"name":"weather","description":"The weather of a city",
                   "input_schema":{"type":"object","properties":{"city":{"type":"string"}}},"strict":true}],
                 "tool_choice":{"type":"tool","name":"weather","disable_parallel_tool_use":true},
                 "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},
                 "metadata":{"user_id":"u-1"},
                 "stream":true}\
                """));
    assertThat(encoded.losses())
        .containsExactly(
            "messages[].name: not sent",
            "seed: not sent",
            "temperature: not sent, newer models refuse it");
  }

  @Test
  void an_anthropic_request_is_said_in_openais_words() {
    EncodeOutcome.Encoded encoded =
        Bodies.encoded(ANTHROPIC_MESSAGES, Payloads.ANTHROPIC_REQUEST, OPENAI_CHAT);

    assertThat(Bodies.json(encoded.body()))
        .isEqualTo(
            Bodies.json(
                """
                {"model":"served","messages":[
                  {"role":"system","content":"Be brief.\\nBe kind."},
                  {"role":"user","content":"Weather in Paris and Rome?"},
                  {"role":"assistant","content":null,"tool_calls":[
                    {"id":"toolu_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\": \\"Paris\\"}"}},
                    {"id":"toolu_2","type":"function","function":{"name":"weather","arguments":"{}"}}]},
                  {"role":"tool","tool_call_id":"toolu_1","content":"18 degrees"},
                  {"role":"tool","tool_call_id":"toolu_2","content":"no such city"},
                  {"role":"user","content":"And Oslo?\\n<system>\\nAnswer in French.\\n</system>"}],
                 "max_tokens":1024,"stop":["STOP"],
                 "tools":[{"type":"function","function":{"name":"weather","description":"The weather of a city",
                   "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}],
                 "tool_choice":"required","parallel_tool_calls":false,
                 "temperature":1.0,"reasoning_effort":"medium",
                 "stream":true,"stream_options":{"include_usage":true}}\
                """));
    assertThat(encoded.losses())
        .containsExactly(
            "cache mark: not sent",
            "reasoning: not sent, only its maker can read it",
            "system message after the first turn: sent as marked text of the user",
            "tool_result.is_error: not sent, the text has to tell",
            "top_k: not sent");
  }

  @Test
  void a_later_system_message_becomes_marked_text_of_the_user() {
    EncodeOutcome.Encoded encoded =
        Bodies.encoded(
            OPENAI_CHAT,
            """
            {"model":"m","messages":[{"role":"system","content":"A"},{"role":"developer","content":"B"},
              {"role":"user","content":"hi"},{"role":"system","content":"C"}]}\
            """,
            ANTHROPIC_MESSAGES);

    assertThat(Bodies.json(encoded.body()))
        .isEqualTo(
            Bodies.json(
                """
                {"model":"served","max_tokens":8000,"system":"A\\n\\nB","messages":[
                  {"role":"user","content":[{"type":"text","text":"hi"},
                    {"type":"text","text":"<system>\\nC\\n</system>"}]}]}\
                """));
    assertThat(encoded.losses()).hasSize(1);
  }

  @Test
  void results_come_first_and_ids_keep_matching() {
    EncodeOutcome.Encoded encoded =
        Bodies.encoded(
            OPENAI_CHAT,
            """
            {"model":"m","messages":[{"role":"user","content":"hi"},
              {"role":"assistant","content":"","tool_calls":[
                {"id":"a.1/x","type":"function","function":{"name":"f","arguments":""}}]},
              {"role":"user","content":"hurry"},
              {"role":"tool","tool_call_id":"a.1/x","content":""}]}\
            """,
            ANTHROPIC_MESSAGES);

    assertThat(Bodies.json(encoded.body()).get("messages"))
        .isEqualTo(
            Bodies.json(
                """
                [{"role":"user","content":[{"type":"text","text":"hi"}]},
                 {"role":"assistant","content":[{"type":"tool_use","id":"a_1_x","name":"f","input":{}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"a_1_x","content":""},
                   {"type":"text","text":"hurry"}]}]\
                """));
  }

  @Test
  void pictures_in_tool_results_follow_in_a_user_message() {
    EncodeOutcome.Encoded encoded =
        Bodies.encoded(
            ANTHROPIC_MESSAGES,
            """
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":[
              {"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"here"},
                {"type":"image","source":{"type":"url","url":"https://x/y.png"}}]}]}]}\
            """,
            OPENAI_CHAT);

    assertThat(Bodies.json(encoded.body()).get("messages"))
        .isEqualTo(
            Bodies.json(
                """
                [{"role":"tool","tool_call_id":"t","content":"here"},
                 {"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x/y.png"}}]}]\
                """));
    assertThat(encoded.losses())
        .containsExactly("pictures and files in tool results: sent in a user message after them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'n':2}|n: ",
        "{'logprobs':true}|logprobs: ",
        "{'functions':[{'name':'f'}]}|functions: ",
        "{'tools':[{'type':'web_search','web_search':{'name':'f'}}]}|tools[] of type web_search: ",
        "{'tool_choice':{'type':'allowed_tools'}}|tool_choice of type allowed_tools: ",
      })
  void openai_fields_that_decide_the_answer_are_refused_not_dropped(String field, String told) {
    String body = "{'model':'m','messages':[{'role':'user','content':'x'}]," + field.substring(1);

    ChatError error = Bodies.refused(OPENAI_CHAT, body.replace('\'', '"'), ANTHROPIC_MESSAGES);

    assertThat(error.status()).isEqualTo(400);
    assertThat(error.code()).isEqualTo("inexpressible");
    assertThat(error.message()).startsWith(told).contains("anthropic-messages");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_CHAT|[{'role':'user','content':[{'type':'input_audio','input_audio':{}}]}]|messages[0].content[0]: a sound",
        "OPENAI_CHAT|[{'role':'assistant','content':'x'}]|messages[0]: an assistant message before any user message",
        "OPENAI_CHAT|[{'role':'system','content':'x'}]|messages: nothing but instructions",
        "OPENAI_CHAT|[{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'[1'}}]}]|messages[1].content[0]: arguments that are not a JSON object",
        "OPENAI_CHAT|[{'role':'user','content':[{'type':'hologram'}]}]|messages[0].content[0]: a part of type \"hologram\"",
        "OPENAI_CHAT|[{'role':'user','content':[{'type':'file','file':{'file_id':'file-1'}}]}]|messages[0].content[0]: a file of another provider",
        "ANTHROPIC_MESSAGES|[{'role':'user','content':[{'type':'document','source':{}}]}]|messages[0].content[0]: a part of type \"document\"",
        "ANTHROPIC_MESSAGES|[{'role':'user','content':[{'type':'document','source':{'type':'url','url':'https://x/y.pdf'}}]}]|messages[0].content[0]: a document by its address",
        "ANTHROPIC_MESSAGES|[{'role':'user','content':[{'type':'image','source':{'type':'file','file_id':'f'}}]}]|messages[0].content[0]: a file of another provider",
        "ANTHROPIC_MESSAGES|[{'role':'assistant','content':[{'type':'server_tool_use'}]}]|messages[0]: a part of type \"server_tool_use\"",
      })
  void messages_without_words_are_refused_with_their_place(
      Dialect from, String messages, String told) {
    String body = "{'model':'m','max_tokens':1,'messages':" + messages + "}";
    Dialect to = from == OPENAI_CHAT ? ANTHROPIC_MESSAGES : OPENAI_CHAT;

    assertThat(Bodies.refused(from, body.replace('\'', '"'), to).message()).startsWith(told);
  }

  @Test
  void more_stop_sequences_than_openai_takes_are_refused() {
    ChatError error =
        Bodies.refused(
            ANTHROPIC_MESSAGES,
            """
            {"model":"m","max_tokens":1,"stop_sequences":["1","2","3","4","5"],
             "messages":[{"role":"user","content":"x"}]}\
            """,
            OPENAI_CHAT);

    assertThat(error.message()).startsWith("stop_sequences: 5").contains("at most 4");
  }

  @Test
  void half_a_surrogate_pair_does_not_break_the_body() {
    EncodeOutcome.Encoded encoded =
        Bodies.encoded(
            OPENAI_CHAT,
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud83db\"}]}",
            ANTHROPIC_MESSAGES);

    assertThat(new String(encoded.body(), UTF_8)).contains("\"a\uFFFDb\"");
  }

  @Test
  void a_cap_wished_for_is_in_the_translated_body() {
    var decoded =
        Bodies.decoded(
            OPENAI_CHAT,
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                .getBytes(UTF_8));

    var prepared =
        (RequestBody.Outcome.Prepared)
            RequestBody.prepare(
                decoded,
                Wire.of(ANTHROPIC_MESSAGES),
                Target.of("served", OptionalLong.of(8000)),
                List.of(new Edit.CapOutput(77)),
                Bodies.CARRIAGE);

    assertThat(Bodies.json(prepared.body()).get("max_tokens").asLong()).isEqualTo(77);
    assertThat(prepared.edits()).containsExactly("max_tokens");
  }
}
