package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.GEMINI_GENERATE;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import dev.ockham.chat.Thinking;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GeminiEncodeTest {
  private static final Wire GEMINI = Wire.of(GEMINI_GENERATE);

  @Test
  void the_address_names_the_model_and_the_stream() {
    assertThat(GEMINI.requestPath("gemini-3-pro", false))
        .isEqualTo("/models/gemini-3-pro:generateContent");
    assertThat(GEMINI.requestPath("a b/c", true))
        .isEqualTo("/models/a%20b%2Fc:streamGenerateContent?alt=sse");
  }

  @Test
  void an_openai_request_is_said_in_geminis_words() {
    EncodeOutcome.Encoded encoded = encoded(OPENAI_CHAT, Payloads.OPENAI_REQUEST, "gemini-3-pro");

    assertThat(Bodies.json(encoded.body()))
        .isEqualTo(
            Bodies.json(
                """
                {"systemInstruction":{"parts":[{"text":"Be brief."}]},
                 "contents":[
                  {"role":"user","parts":[{"text":"Where is this?"},{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]},
                  {"role":"model","parts":[
                    {"functionCall":{"id":"call_1","name":"weather","args":{"city":"Paris"}},"thoughtSignature":"skip_thought_signature_validator"},
                    {"functionCall":{"id":"call_2","name":"weather","args":{"city":"Rome"}}}]},
                  {"role":"user","parts":[
                    {"functionResponse":{"id":"call_1","name":"weather","response":{"result":"18 degrees"}}},
                    {"functionResponse":{"id":"call_2","name":"weather","response":{"result":"25 degrees"}}}]}],
                 "tools":[{"functionDeclarations":[{"name":"weather","description":"The weather of a city",
                   "parametersJsonSchema":{"type":"object","properties":{"city":{"type":"string"}}}}]}],
                 "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["weather"]}},
                 "generationConfig":{"maxOutputTokens":512,"stopSequences":["END"],
                   "responseMimeType":"application/json","responseJsonSchema":{"type":"object"},"temperature":0.2,"seed":7}}\
                """));
    assertThat(encoded.losses())
        .contains("parallel_tool_calls: not sent", "tools[].strict: not sent");
  }

  @Test
  void turns_alternate_and_results_follow_their_calls() {
    JsonNode contents =
        contents(
            OPENAI_CHAT,
            """
            {"model":"m","messages":[{"role":"user","content":"a"},{"role":"user","content":"b"},
              {"role":"assistant","content":"","tool_calls":[
                {"id":"x","type":"function","function":{"name":"f","arguments":""}}]},
              {"role":"user","content":"hurry"},
              {"role":"tool","tool_call_id":"x","content":"{\\"deg\\": 18}"},
              {"role":"system","content":"Be kind."},
              {"role":"assistant","content":"c"},{"role":"assistant","content":"d"}]}\
            """,
            "gemini-2.5-flash");

    assertThat(contents)
        .isEqualTo(
            Bodies.json(
                """
                [{"role":"user","parts":[{"text":"a"},{"text":"b"}]},
                 {"role":"model","parts":[{"functionCall":{"id":"x","name":"f","args":{}}}]},
                 {"role":"user","parts":[{"functionResponse":{"id":"x","name":"f","response":{"deg":18}}},
                   {"text":"hurry"},{"text":"<system>\\nBe kind.\\n</system>"}]},
                 {"role":"model","parts":[{"text":"c"},{"text":"d"}]}]\
                """));
  }

  @Test
  void what_a_function_failed_with_is_told_as_its_error() {
    JsonNode contents = contents(ANTHROPIC_MESSAGES, Payloads.ANTHROPIC_REQUEST, "gemini-3-flash");

    assertThat(contents.get(2).get("parts").get(1))
        .isEqualTo(
            Bodies.json(
                "{\"functionResponse\":{\"id\":\"toolu_2\",\"name\":\"weather\",\"response\":{\"error\":\"no such city\"}}}"));
  }

  @Test
  void pictures_in_results_stay_there_or_follow() {
    String asked =
        """
        {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"},
          {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"look","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[
            {"type":"text","text":"see"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}}]}]}]}\
        """;

    assertThat(contents(ANTHROPIC_MESSAGES, asked, "gemini-3-pro").get(2).get("parts"))
        .isEqualTo(
            Bodies.json(
                """
                [{"functionResponse":{"id":"t","name":"look","response":{"result":"see"},
                  "parts":[{"inlineData":{"mimeType":"image/png","data":"AA=="}}]}}]\
                """));
    assertThat(contents(ANTHROPIC_MESSAGES, asked, "gemini-2.5-pro").get(2).get("parts"))
        .isEqualTo(
            Bodies.json(
                """
                [{"functionResponse":{"id":"t","name":"look","response":{"result":"see"}}},
                 {"inlineData":{"mimeType":"image/png","data":"AA=="}}]\
                """));
  }

  @Test
  void a_signature_goes_back_on_the_part_it_came_on() {
    JsonNode parts =
        said(
            "gemini-3-pro",
            List.of(
                new Part.Reasoning("thought", Optional.of(gemini("S1"))),
                new Part.ToolCall("a", "f", JsonText.EMPTY_OBJECT),
                new Part.ToolCall("b", "g", JsonText.EMPTY_OBJECT)));
    assertThat(parts)
        .isEqualTo(
            Bodies.json(
                """
                [{"functionCall":{"id":"a","name":"f","args":{}},"thoughtSignature":"S1"},
                 {"functionCall":{"id":"b","name":"g","args":{}}}]\
                """));

    assertThat(
            said(
                "gemini-3-pro",
                List.of(
                    new Part.Reasoning("seen", Optional.empty()),
                    new Part.Text("Answer"),
                    new Part.Reasoning("", Optional.of(gemini("S2"))))))
        .isEqualTo(Bodies.json("[{\"text\":\"Answer\",\"thoughtSignature\":\"S2\"}]"));

    assertThat(
            said(
                "gemini-3-pro",
                List.of(
                    new Part.Text("Looking"),
                    new Part.Reasoning("", Optional.of(gemini("S3"))),
                    new Part.ToolCall("a", "f", JsonText.EMPTY_OBJECT))))
        .isEqualTo(
            Bodies.json(
                """
                [{"text":"Looking"},{"functionCall":{"id":"a","name":"f","args":{}},"thoughtSignature":"S3"}]\
                """));
  }

  @Test
  void reasoning_of_another_maker_is_not_sent() {
    JsonNode parts =
        said(
            "gemini-2.5-pro",
            List.of(
                new Part.Reasoning(
                    "secret", Optional.of(new ReasoningState(ANTHROPIC_MESSAGES, "sig"))),
                new Part.ToolCall("a", "f", JsonText.EMPTY_OBJECT)));

    assertThat(parts)
        .isEqualTo(Bodies.json("[{\"functionCall\":{\"id\":\"a\",\"name\":\"f\",\"args\":{}}}]"));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,gemini-3-flash,MINIMAL,",
    "NONE,gemini-3.1-pro,LOW,",
    "LOW,gemini-3-flash,LOW,",
    "MAX,gemini-4-argon,HIGH,",
    "NONE,gemini-2.5-flash,,0",
    "NONE,gemini-2.5-pro,,128",
    "HIGH,gemini-2.5-pro,,24576",
    "HIGH,gemini-2.0-flash,,"
  })
  void effort_is_a_level_or_a_budget_by_the_model(
      Effort effort, String model, String level, String budget) {
    ChatRequest plain =
        Bodies.request(
            OPENAI_CHAT, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
    EncodeOutcome outcome =
        GEMINI.encode(thinking(plain, Thinking.of(effort)), Target.of(model, OptionalLong.empty()));

    JsonNode config =
        Bodies.json(((EncodeOutcome.Encoded) outcome).body())
            .path("generationConfig")
            .path("thinkingConfig");
    assertThat(config.path("thinkingLevel").asString("")).isEqualTo(level == null ? "" : level);
    assertThat(config.path("thinkingBudget").asString("")).isEqualTo(budget == null ? "" : budget);
  }

  @Test
  void what_cannot_be_said_is_refused_with_its_place() {
    assertThat(
            refusal(
                    "\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"],\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]")
                .message())
        .startsWith("stop: more than 5 stop sequences: cannot be said in gemini-generate");
    assertThat(refusal("\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]").code())
        .isEqualTo("inexpressible");
  }

  @Test
  void a_request_of_geminis_is_said_in_other_words() {
    ChatRequest request = GeminiPayloads.decoded(GeminiPayloads.REQUEST).request();

    EncodeOutcome outcome =
        Wire.of(ANTHROPIC_MESSAGES).encode(request, Target.of("served", OptionalLong.of(8000)));

    JsonNode body = Bodies.json(((EncodeOutcome.Encoded) outcome).body());
    assertThat(body.get("messages").get(1).get("content").get(0).get("id").asString())
        .isEqualTo("gemini_call_1");
    assertThat(body.get("messages").get(2).get("content").get(1).get("is_error").asBoolean())
        .isTrue();
    assertThat(body.get("tool_choice").get("name").asString()).isEqualTo("weather");
    assertThat(((EncodeOutcome.Encoded) outcome).losses()).contains("safetySettings: not sent");
  }

  @Test
  void hosted_tools_and_several_answers_are_refused_elsewhere() {
    for (String field :
        List.of(
            "\"tools\":[{\"googleSearch\":{}}]",
            "\"cachedContent\":\"cachedContents/1\"",
            "\"generationConfig\":{\"candidateCount\":2}",
            "\"generationConfig\":{\"responseMimeType\":\"text/x.enum\"}")) {
      ChatRequest request =
          GeminiPayloads.decoded("{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]," + field + "}")
              .request();
      EncodeOutcome outcome =
          Wire.of(OPENAI_CHAT).encode(request, Target.of("m", OptionalLong.empty()));

      assertThat(outcome).as(field).isInstanceOf(EncodeOutcome.Inexpressible.class);
    }
  }

  private static ReasoningState gemini(String value) {
    return new ReasoningState(GEMINI_GENERATE, value);
  }

  private static JsonNode said(String model, List<Part> parts) {
    ChatRequest request =
        ChatRequest.asking(
            "m",
            List.of(
                new Message(Role.USER, List.of(new Part.Text("x"))),
                new Message(Role.ASSISTANT, parts)));
    EncodeOutcome outcome = GEMINI.encode(request, Target.of(model, OptionalLong.empty()));
    return Bodies.json(((EncodeOutcome.Encoded) outcome).body())
        .get("contents")
        .get(1)
        .get("parts");
  }

  private static ChatRequest thinking(ChatRequest r, Thinking thinking) {
    return new ChatRequest(
        r.model(),
        r.messages(),
        r.tools(),
        r.maxOutput(),
        r.choices(),
        r.stop(),
        r.sampling(),
        thinking,
        r.format(),
        r.options(),
        r.stream(),
        r.streamUsage(),
        r.unmapped());
  }

  private static ChatError refusal(String fields) {
    EncodeOutcome outcome =
        GeminiPayloads.encoded(OPENAI_CHAT, "{\"model\":\"m\"," + fields + "}", "gemini-3-pro");
    return ((EncodeOutcome.Inexpressible) outcome).error();
  }

  private static EncodeOutcome.Encoded encoded(Dialect from, String body, String model) {
    return (EncodeOutcome.Encoded) GeminiPayloads.encoded(from, body, model);
  }

  private static JsonNode contents(Dialect from, String body, String model) {
    return Bodies.json(new String(encoded(from, body, model).body(), UTF_8)).get("contents");
  }
}
