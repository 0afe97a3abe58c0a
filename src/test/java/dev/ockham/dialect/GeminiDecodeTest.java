package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.GEMINI_GENERATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.Thinking;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiDecodeTest {

  @Test
  void the_address_names_the_model_and_how_the_answer_is_wanted() {
    Wire gemini = Wire.of(GEMINI_GENERATE);

    assertThat(gemini.path("/v1beta/models/a%2Fb:generateContent", ""))
        .isEqualTo(new PathSays("a/b", false, false));
    assertThat(gemini.path("/v1beta/models/org/m+1:streamGenerateContent", "key=k&alt=sse"))
        .isEqualTo(new PathSays("org/m+1", true, false));
    assertThat(gemini.path("/v1beta/models/m:streamGenerateContent", ""))
        .isEqualTo(new PathSays("m", true, true));
    assertThat(gemini.path("/v1beta/models/m:streamGenerateContent", "alt=json"))
        .isEqualTo(new PathSays("m", true, true));
    assertThat(gemini.path("/v1beta/models", "")).isEqualTo(PathSays.NOTHING);
    assertThat(gemini.path("/v1beta/models/100%:generateContent", "").model()).isEqualTo("100%");
  }

  @Test
  void every_field_of_a_request_is_read() {
    ChatRequest request = GeminiPayloads.decoded(GeminiPayloads.REQUEST).request();

    var paris = new JsonText("{\"city\": \"Paris\"}");
    var rome = new JsonText("{\"city\":\"Rome\"}");
    var signed = new ReasoningState(GEMINI_GENERATE, "c2ln");
    assertThat(request.model()).isEqualTo("asked");
    assertThat(request.messages())
        .containsExactly(
            new Message(Role.SYSTEM, List.of(new Part.Text("Be brief."))),
            new Message(
                Role.USER,
                List.of(
                    new Part.Text("Where is this?"),
                    new Part.Image(new Part.Source.Inline("image/png", "iVBORw0KGgo=")))),
            new Message(
                Role.ASSISTANT,
                List.of(
                    new Part.Reasoning("Let me see.", Optional.of(signed)),
                    new Part.ToolCall("gemini_call_1", "weather", paris),
                    new Part.ToolCall("gemini_call_2", "weather", rome))),
            new Message(
                Role.TOOL,
                List.of(
                    new Part.ToolResult(
                        "gemini_call_1", List.of(new Part.Text("18 degrees")), false),
                    new Part.ToolResult(
                        "gemini_call_2", List.of(new Part.Text("no such city")), true))),
            new Message(Role.USER, List.of(new Part.Text("And Oslo?"))));
    var schema =
        new JsonText("{\"properties\":{\"city\":{\"type\":\"string\"}},\"type\":\"object\"}");
    assertThat(request.tools())
        .isEqualTo(
            new ChatRequest.Tools(
                List.of(Tool.function("weather", "The weather of a city", schema, false)),
                new ToolChoice.Named("weather"),
                true));
    assertThat(request.maxOutput()).hasValue(512);
    assertThat(request.stop()).containsExactly("END");
    assertThat(request.sampling().temperature()).hasValue(0.5);
    assertThat(request.sampling().topP()).hasValue(0.9);
    assertThat(request.sampling().topK()).hasValue(40);
    assertThat(request.sampling().seed()).hasValue(7);
    assertThat(request.thinking())
        .isEqualTo(new Thinking(Optional.of(Effort.LOW), OptionalLong.empty(), Optional.of(true)));
    assertThat(request.format())
        .isEqualTo(new OutputFormat.Schema("answer", new JsonText("{\"type\":\"object\"}"), false));
    assertThat(request.options().tier()).contains(ServiceTier.FLEX);
    assertThat(request.streamUsage()).isTrue();
    assertThat(request.unmapped()).containsExactly("safetySettings");
  }

  @Test
  void names_with_underscores_mean_the_same() {
    ChatRequest request =
        GeminiPayloads.decoded(
                """
                {"system_instruction":{"parts":[{"text":"S"}]},"contents":[{"role":"model","parts":[
                  {"function_call":{"name":"f"},"thought_signature":"cw=="}]},
                  {"parts":[{"function_response":{"name":"f","response":{}}}]}],
                 "generation_config":{"max_output_tokens":5,"top_p":0.1,"response_mime_type":"application/json",
                   "thinking_config":{"thinking_budget":100}},
                 "tool_config":{"function_calling_config":{"mode":"none"}}}\
                """)
            .request();

    assertThat(request.messages()).hasSize(3);
    assertThat(request.maxOutput()).hasValue(5);
    assertThat(request.sampling().topP()).hasValue(0.1);
    assertThat(request.format()).isEqualTo(new OutputFormat.JsonObject());
    assertThat(request.thinking().budget()).hasValue(100);
    assertThat(request.tools().choice()).isEqualTo(new ToolChoice.None());
    assertThat(request.unmapped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"contents\":[],\"x\":1} | contents: empty (expected: at least one message)",
        "{} | contents: missing (expected: an array with at least one message)",
        "{\"contents\":[{\"role\":\"system\"}]} | contents[0]: \"system\" (expected: a content's role: user or model)",
        "{\"contents\":[{\"parts\":[{\"text\":7}]}]} | contents[0].parts[0].text: 7 (expected: a string)",
        "{\"contents\":[{\"parts\":[{\"functionCall\":{\"args\":{}}}]}]} | contents[0].parts[0].functionCall.name: missing (expected: the function's name)",
        "{\"contents\":[{\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]}]} | contents[0].parts: a functionCall of the user's (expected: calls of the model, responses of the user)",
        "{\"generationConfig\":{\"topK\":1.5}} | generationConfig.topK: 1.5 (expected: a whole number, at least 0)",
        "{\"generationConfig\":{\"topP\":1,\"top_p\":0}} | generationConfig.top_p: the object has this field twice, in two spellings (expected: once)",
        "{\"toolConfig\":{},\"tool_config\":{}} | tool_config: the object has this field twice, in two spellings (expected: once)",
        "{\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"SOME\"}}} | toolConfig.functionCallingConfig: \"SOME\" (expected: a mode: AUTO, ANY, NONE or VALIDATED)"
      })
  void what_is_wrong_is_named_with_its_place(String body, String message) {
    DecodeOutcome outcome =
        Wire.of(GEMINI_GENERATE).decode(GeminiPayloads.WHOLE, body.getBytes(UTF_8));

    ChatError error = ((DecodeOutcome.Malformed) outcome).error();
    assertThat(error.status()).isEqualTo(400);
    assertThat(error.message()).isEqualTo(message);
  }

  @Test
  void contents_that_came_in_chunks_are_one_turn() {
    List<Message> messages =
        messages(
            """
            {"role":"user","parts":[{"text":"x"}]},
            {"role":"model","parts":[{"text":"Hel"}]},{"role":"model","parts":[{"text":"lo."}]},
            {"role":"model","parts":[{"functionCall":{"id":"a","name":"f"}}]},
            {"role":"model","parts":[{"functionCall":{"id":"b","name":"g"}}]},
            {"role":"user","parts":[{"functionResponse":{"id":"b","name":"g","response":{"x":1}}}]}\
            """);

    assertThat(messages.get(1).parts())
        .containsExactly(
            new Part.Text("Hello."),
            new Part.ToolCall("a", "f", JsonText.EMPTY_OBJECT),
            new Part.ToolCall("b", "g", JsonText.EMPTY_OBJECT));
    assertThat(messages.get(2).parts())
        .containsExactly(new Part.ToolResult("b", List.of(new Part.Text("{\"x\":1}")), false));
  }

  @Test
  void results_without_ids_answer_the_calls_of_their_name_in_order() {
    List<Message> messages =
        messages(
            """
            {"role":"model","parts":[{"functionCall":{"name":"f"}},{"functionCall":{"id":"own","name":"g"}},{"functionCall":{"name":"f"}}]},
            {"parts":[{"functionResponse":{"name":"g","response":{}}},{"functionResponse":{"name":"f","response":{}}},
              {"functionResponse":{"id":"unheard","name":"f","response":{}}}]}\
            """);

    assertThat(messages.get(1).parts())
        .extracting(part -> ((Part.ToolResult) part).callId())
        .containsExactly("own", "gemini_call_1", "gemini_call_2");
  }

  @Test
  void a_signature_of_googles_stays_behind_its_text_and_an_envelope_before_it() {
    String sealed =
        Bodies.CARRIAGE
            .seal()
            .seal(new ReasoningState(dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES, "sig?>~"));
    String otherAlphabet = sealed.replace('+', '-').replace('/', '_').replace("=", "");

    assertThat(
            messages(
                    "{\"role\":\"model\",\"parts\":[{\"text\":\"A\",\"thoughtSignature\":\"cw==\"}]}")
                .getFirst()
                .parts())
        .containsExactly(new Part.Text("A"), state("cw=="));
    assertThat(
            messages(
                    "{\"role\":\"model\",\"parts\":[{\"text\":\"A\",\"thoughtSignature\":\"%s\"}]}"
                        .formatted(otherAlphabet))
                .getFirst()
                .parts())
        .containsExactly(state(sealed), new Part.Text("A"));
  }

  @Test
  void files_are_told_apart_by_their_media_type_and_keeper() {
    assertThat(
            messages(
                    """
                    {"parts":[{"fileData":{"fileUri":"https://a.example/x.png","mimeType":"image/png"}},
                      {"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/1","mimeType":"application/pdf"}},
                      {"inlineData":{"mimeType":"audio/wav","data":"UklG"}},
                      {"inlineData":{"mimeType":"video/mp4","data":"AAAA"}},
                      {"executableCode":{"code":"1"}}]}\
                    """)
                .getFirst()
                .parts())
        .containsExactly(
            new Part.Image(new Part.Source.Address("https://a.example/x.png")),
            new Part.Document(
                new Part.Source.Kept(
                    GEMINI_GENERATE, "https://generativelanguage.googleapis.com/v1beta/files/1"),
                ""),
            new Part.Audio(new Part.Source.Inline("audio/wav", "UklG")),
            new Part.Unknown(
                "video", new JsonText("{\"mimeType\":\"video/mp4\",\"data\":\"AAAA\"}")),
            new Part.Unknown(
                "executableCode", new JsonText("{\"executableCode\":{\"code\":\"1\"}}")));
  }

  @Test
  void a_schema_of_googles_kind_becomes_json_schema() {
    ChatRequest request =
        GeminiPayloads.decoded(
                """
                {"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"responseMimeType":"application/json",
                  "responseSchema":{"type":"OBJECT","required":["any_of"],"propertyOrdering":["any_of"],
                    "properties":{"any_of":{"type":"STRING","enum":["A"],"format":"enum","nullable":true},
                      "n":{"type":"ARRAY","min_items":"1","items":{"anyOf":[{"type":"INTEGER","format":"int32"},{"type":"NUMBER"}]}}}}}}\
                """)
            .request();

    assertThat(Bodies.json(((OutputFormat.Schema) request.format()).schema().value()))
        .isEqualTo(
            Bodies.json(
                """
                {"type":"object","required":["any_of"],
                 "properties":{"any_of":{"type":["string","null"],"enum":["A",null]},
                   "n":{"type":"array","minItems":1,"items":{"anyOf":[{"type":"integer","format":"int32"},{"type":"number"}]}}}}\
                """));
  }

  @Test
  void what_google_runs_itself_is_noted() {
    ChatRequest request =
        GeminiPayloads.decoded(
                """
                {"contents":[{"parts":[{"text":"x"}]}],"tools":[{"googleSearch":{}},{"code_execution":{}}],
                 "cachedContent":"cachedContents/1","labels":{"a":"b"},
                 "generationConfig":{"candidateCount":2,"responseModalities":["TEXT","IMAGE"],"speechConfig":{}},
                 "toolConfig":{"functionCallingConfig":{"mode":"VALIDATED"}}}\
                """)
            .request();

    assertThat(request.unmapped())
        .containsExactlyInAnyOrder(
            "tools[] of type googleSearch",
            "tools[] of type codeExecution",
            "cachedContent",
            "labels",
            "generationConfig.candidateCount",
            "generationConfig.responseModalities",
            "generationConfig.speechConfig",
            "toolConfig.functionCallingConfig.mode VALIDATED");
    assertThat(request.choices()).isEqualTo(2);
  }

  @Test
  void only_functions_that_may_be_called_are_offered_on() {
    ChatRequest request =
        GeminiPayloads.decoded(
                """
                {"contents":[{"parts":[{"text":"x"}]}],"tools":[{"functionDeclarations":[{"name":"a"},{"name":"b"},{"name":"c"}]}],
                 "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["a","c"]}}}\
                """)
            .request();

    assertThat(request.tools().offered()).extracting(Tool::name).containsExactly("a", "c");
    assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Required());
  }

  @Test
  void a_request_whose_tokens_are_counted_may_stand_in_a_field_of_its_own() {
    DecodeOutcome outcome =
        Wire.of(GEMINI_GENERATE)
            .decodeCount(
                GeminiPayloads.WHOLE,
                ("{\"generateContentRequest\":{\"model\":\"models/asked\","
                        + GeminiPayloads.ASK.substring(1)
                        + "}")
                    .getBytes(UTF_8));

    assertThat(((DecodeOutcome.Decoded) outcome).request().newestAsk()).isEqualTo("x");
    assertThat(new String(Wire.of(GEMINI_GENERATE).tokenCount(12), UTF_8))
        .isEqualTo("{\"totalTokens\":12}");
  }

  private static Part state(String signature) {
    return new Part.Reasoning("", Optional.of(new ReasoningState(GEMINI_GENERATE, signature)));
  }

  private static List<Message> messages(String contents) {
    return GeminiPayloads.decoded("{\"contents\":[" + contents + "]}").request().messages();
  }
}
