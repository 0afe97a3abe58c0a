package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.BEDROCK_CONVERSE;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Requests of other dialects said in Converse's words. */
class BedrockCrossingTest {

  @Test
  void an_openai_request_is_said_in_converses_words() {
    EncodeOutcome.Encoded encoded =
        Bodies.encoded(
            OPENAI_CHAT,
            """
            {"model":"m","messages":[
              {"role":"system","content":"Be brief."},
              {"role":"user","content":"Weather?"},
              {"role":"assistant","content":null,"tool_calls":[
                {"id":"call_a","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}},
                {"id":"call_b","type":"function","function":{"name":"time","arguments":""}}]},
              {"role":"tool","tool_call_id":"call_a","content":"12 C"},
              {"role":"tool","tool_call_id":"call_b","content":"noon"},
              {"role":"user","content":"Go on."}],
             "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},
                      {"type":"function","function":{"name":"time"}}],
             "tool_choice":"required","max_completion_tokens":300,"stop":"END","temperature":1.5,"seed":7}\
            """,
            BEDROCK_CONVERSE);

    assertThat(Bodies.json(encoded.body()))
        .isEqualTo(
            Bodies.json(
                """
                {"system":[{"text":"Be brief."}],
                 "messages":[
                  {"role":"user","content":[{"text":"Weather?"}]},
                  {"role":"assistant","content":[
                    {"toolUse":{"toolUseId":"call_a","name":"weather","input":{"city":"Paris"}}},
                    {"toolUse":{"toolUseId":"call_b","name":"time","input":{}}}]},
                  {"role":"user","content":[
                    {"toolResult":{"toolUseId":"call_a","content":[{"text":"12 C"}]}},
                    {"toolResult":{"toolUseId":"call_b","content":[{"text":"noon"}]}},
                    {"text":"Go on."}]}],
                 "inferenceConfig":{"maxTokens":300,"temperature":1.0,"stopSequences":["END"]},
                 "toolConfig":{"tools":[
                   {"toolSpec":{"name":"weather","inputSchema":{"json":{"type":"object","properties":{"city":{"type":"string"}}}}}},
                   {"toolSpec":{"name":"time","inputSchema":{"json":{"type":"object","properties":{}}}}}],
                  "toolChoice":{"any":{}}}}\
                """));
    assertThat(encoded.losses())
        .containsExactly("a temperature above 1: sent as 1", "seed: not sent");
  }

  @Test
  void without_a_cap_none_is_sent() {
    EncodeOutcome.Encoded encoded =
        Bodies.encoded(
            OPENAI_CHAT,
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
            BEDROCK_CONVERSE);

    assertThat(Bodies.json(encoded.body())).isEqualTo(Bodies.json(BedrockBodies.asking("")));
  }

  @Test
  void a_choice_of_no_tool_leaves_the_tools_out() {
    String tools =
        ",\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"none\"}";
    assertThat(body(anthropic("[{\"role\":\"user\",\"content\":\"Hi\"}]", tools)).has("toolConfig"))
        .isFalse();

    String called =
        """
        [{"role":"user","content":"Hi"},
         {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{}}]},
         {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"x"}]}]\
        """;
    EncodeOutcome.Encoded after =
        Bodies.encoded(ANTHROPIC_MESSAGES, anthropic(called, tools), BEDROCK_CONVERSE);
    assertThat(Bodies.json(after.body()).at("/toolConfig/tools/0/toolSpec/name").asString())
        .isEqualTo("f");
    assertThat(after.losses()).containsExactly("tool_choice none after calls: left to the model");

    EncodeOutcome.Encoded unoffered =
        Bodies.encoded(ANTHROPIC_MESSAGES, anthropic(called, ""), BEDROCK_CONVERSE);
    assertThat(Bodies.json(unoffered.body()).at("/toolConfig/tools/0/toolSpec/name").asString())
        .isEqualTo("f");
  }

  @Test
  void results_come_first_and_errors_are_marked() {
    JsonNode body =
        body(
            anthropic(
                """
                [{"role":"user","content":"Hi"},
                 {"role":"assistant","content":[{"type":"tool_use","id":"a b","name":"f","input":{}}]},
                 {"role":"user","content":[{"type":"text","text":"Hm"},
                   {"type":"tool_result","tool_use_id":"a b","is_error":true,"content":""}]}]\
                """,
                ""));

    assertThat(body.at("/messages/2/content"))
        .isEqualTo(
            Bodies.json(
                """
                [{"toolResult":{"toolUseId":"a_b","content":[],"status":"error"}},{"text":"Hm"}]\
                """));
    assertThat(body.at("/messages/1/content/0/toolUse/toolUseId").asString()).isEqualTo("a_b");
  }

  @Test
  void ids_that_are_too_long_are_the_same_short_ones_for_a_call_and_its_result() {
    String id = "x".repeat(70);
    var request =
        ChatRequest.asking(
            "m",
            List.of(
                new Message(Role.USER, List.of(new Part.Text("Hi"))),
                new Message(
                    Role.ASSISTANT, List.of(new Part.ToolCall(id, "f", JsonText.EMPTY_OBJECT))),
                new Message(Role.TOOL, List.of(new Part.ToolResult(id, List.of(), false)))));

    JsonNode body = Bodies.json(BedrockBodies.encoded(request, "m").body());

    String said = body.at("/messages/1/content/0/toolUse/toolUseId").asString();
    assertThat(said).hasSizeLessThanOrEqualTo(64);
    assertThat(body.at("/messages/2/content/0/toolResult/toolUseId").asString()).isEqualTo(said);
  }

  @Test
  void documents_get_names_that_are_allowed_and_differ() {
    var file = new Part.Source.Inline("application/pdf", "JVBERg==");
    var request =
        ChatRequest.asking(
            "m",
            List.of(
                new Message(
                    Role.USER,
                    List.of(
                        new Part.Text("Read"),
                        new Part.Document(file, "a_b.pdf"),
                        new Part.Document(file, "a_b.pdf"),
                        new Part.Document(file, ""),
                        new Part.Document(file, "Ü  (1) [x]")))));

    JsonNode content =
        Bodies.json(BedrockBodies.encoded(request, "m").body()).at("/messages/0/content");

    assertThat(content.findValuesAsString("name"))
        .containsExactly("a-b-pdf", "a-b-pdf-2", "document", "- (1) [x]");
    assertThat(content.at("/1/document/format").asString()).isEqualTo("pdf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'image_url','image_url':{'url':'https://x/y.png'}}|a picture by its address",
        "{'type':'image_url','image_url':{'url':'data:image/bmp;base64,AAAA'}}|a picture of another format",
      })
  void pictures_must_be_bytes_of_a_known_format(String part, String refusal) {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[%s]}]}"
            .formatted(part.replace('\'', '"'));

    assertThat(Bodies.refused(OPENAI_CHAT, body, BEDROCK_CONVERSE).message())
        .startsWith("messages[0].content[0]: " + refusal);
  }

  @Test
  void only_this_makers_reasoning_is_given_back_and_it_comes_first() {
    var own = Optional.of(SignedThought.signed(BEDROCK_CONVERSE, "Hm, ", "c2ln"));
    var redacted = Optional.of(SignedThought.redacted(BEDROCK_CONVERSE, "cmVk"));
    var foreign = Optional.of(new ReasoningState(ANTHROPIC_MESSAGES, "x"));
    var call = new Part.ToolCall("a", "f", JsonText.EMPTY_OBJECT);
    var request =
        ChatRequest.asking(
            "m",
            List.of(
                new Message(Role.USER, List.of(new Part.Text("Hi"))),
                new Message(
                    Role.ASSISTANT,
                    List.of(
                        new Part.Text("Looking."),
                        new Part.Reasoning("", own),
                        call,
                        new Part.Reasoning("", redacted),
                        new Part.Reasoning("Lost", foreign)))));

    EncodeOutcome.Encoded encoded = BedrockBodies.encoded(request, "m");

    assertThat(Bodies.json(encoded.body()).at("/messages/1/content"))
        .isEqualTo(
            Bodies.json(
                """
                [{"reasoningContent":{"reasoningText":{"text":"Hm, ","signature":"c2ln"}}},
                 {"text":"Looking."},
                 {"toolUse":{"toolUseId":"a","name":"f","input":{}}},
                 {"reasoningContent":{"redactedContent":"cmVk"}}]\
                """));
    assertThat(encoded.losses()).contains("reasoning: not sent, only its maker can read it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "us.anthropic.claude-opus-4-7|{'effort':'high'}|{'outputConfig':{'effort':'high'},'additionalModelRequestFields':{'thinking':{'type':'adaptive'}}}",
        "anthropic.claude-sonnet-4-20250514-v1:0|{'effort':'low'}|{'additionalModelRequestFields':{'thinking':{'type':'enabled','budget_tokens':4096}}}",
        "anthropic.claude-sonnet-4-20250514-v1:0|{'effort':'none'}|{'additionalModelRequestFields':{'thinking':{'type':'disabled'}}}",
        "openai.gpt-oss-120b-1:0|{'effort':'xhigh'}|{'outputConfig':{'effort':'xhigh'}}",
        "amazon.nova-2|{'effort':'minimal'}|{'outputConfig':{'effort':'low'}}",
      })
  void models_are_asked_to_think_as_they_want_to_be_asked(
      String model, String asked, String expected) {
    String effort = Bodies.json(asked.replace('\'', '"')).get("effort").asString();
    ChatRequest request =
        Bodies.request(
            OPENAI_CHAT,
            "{\"model\":\"m\",\"reasoning_effort\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                .formatted(effort));

    String whole =
        BedrockBodies.asking("," + expected.replace('\'', '"').replaceAll("^\\{|}$", ""));
    assertThat(Bodies.json(BedrockBodies.encoded(request, model).body()))
        .isEqualTo(Bodies.json(whole));
  }

  @Test
  void instructions_between_turns_are_told_as_marked_text_of_the_user() {
    EncodeOutcome.Encoded encoded =
        Bodies.encoded(
            OPENAI_CHAT,
            """
            {"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"system","content":"Now."}]}\
            """,
            BEDROCK_CONVERSE);

    assertThat(Bodies.json(encoded.body()).at("/messages/0/content/1/text").asString())
        .isEqualTo("<system>\nNow.\n</system>");
  }

  @Test
  void a_conversation_that_begins_with_the_assistant_is_refused() {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"}]}";

    assertThat(Bodies.refused(OPENAI_CHAT, body, BEDROCK_CONVERSE).message())
        .startsWith("messages[0]: an assistant message before any user message");
  }

  private static String anthropic(String messages, String more) {
    return "{\"model\":\"m\",\"max_tokens\":9,\"messages\":" + messages + more + "}";
  }

  private static JsonNode body(String anthropic) {
    return Bodies.json(Bodies.encoded(ANTHROPIC_MESSAGES, anthropic, BEDROCK_CONVERSE).body());
  }
}
