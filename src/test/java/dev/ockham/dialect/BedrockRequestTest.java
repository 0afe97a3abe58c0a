package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.BEDROCK_CONVERSE;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockRequestTest {

  @Test
  void everything_that_is_said_is_read() {
    ChatRequest request =
        BedrockBodies.decoded(BedrockBodies.STREAM, BedrockBodies.REQUEST).request();

    assertThat(request.model()).isEqualTo("asked");
    assertThat(request.stream()).isTrue();
    assertThat(request.streamUsage()).isTrue();
    assertThat(request.unmapped()).isEmpty();
    assertThat(request.messages())
        .containsExactly(
            new Message(
                Role.SYSTEM,
                List.of(
                    new Part.Text("Be brief."),
                    new Part.CacheMark(CacheLifetime.FIVE_MINUTES),
                    new Part.Text("Be kind."))),
            new Message(
                Role.USER,
                List.of(
                    new Part.Text("What is this?"),
                    new Part.Image(new Part.Source.Inline("image/png", "iVBORw==")),
                    new Part.Document(
                        new Part.Source.Inline("application/pdf", "JVBERg=="), "Report 1"),
                    new Part.Audio(new Part.Source.Inline("audio/mpeg", "SUQz")),
                    new Part.CacheMark(CacheLifetime.HOUR))),
            new Message(
                Role.ASSISTANT,
                List.of(
                    new Part.Reasoning(
                        "Hm.", Optional.of(new ReasoningState(BEDROCK_CONVERSE, "signed:c2ln"))),
                    new Part.Reasoning(
                        "", Optional.of(new ReasoningState(BEDROCK_CONVERSE, "redacted:cmVk"))),
                    new Part.Text("Looking."),
                    new Part.ToolCall("tooluse_1", "weather", new JsonText("{\"city\":\"Paris\"}")),
                    new Part.ToolCall("tooluse_2", "time", JsonText.EMPTY_OBJECT))),
            new Message(
                Role.TOOL,
                List.of(
                    new Part.ToolResult(
                        "tooluse_1",
                        List.of(
                            new Part.Text("12 C"),
                            new Part.Image(new Part.Source.Inline("image/jpeg", "/9j/"))),
                        false),
                    new Part.ToolResult("tooluse_2", List.of(new Part.Text("none")), true),
                    new Part.CacheMark(CacheLifetime.FIVE_MINUTES))),
            new Message(Role.USER, List.of(new Part.Text("Go on."))));
    assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Named("weather"));
    assertThat(request.tools().offered().getFirst().strict()).isTrue();
    assertThat(request.tools().offered().getLast().cached()).contains(CacheLifetime.HOUR);
    assertThat(request.maxOutput()).hasValue(500);
    assertThat(request.sampling().temperature()).hasValue(0.5);
    assertThat(request.sampling().topP()).hasValue(0.9);
    assertThat(request.stop()).containsExactly("END");
    assertThat(request.format())
        .isEqualTo(new OutputFormat.Schema("reply", new JsonText("{\"type\":\"object\"}"), true));
    assertThat(request.options().tier()).contains(ServiceTier.FLEX);
  }

  @Test
  void what_is_read_is_written_as_it_was() {
    EncodeOutcome.Encoded encoded =
        BedrockBodies.encoded(BedrockBodies.request(BedrockBodies.REQUEST), "anthropic.claude");

    assertThat(Bodies.json(encoded.body())).isEqualTo(Bodies.json(BedrockBodies.REQUEST));
    assertThat(encoded.losses()).isEmpty();
  }

  @Test
  void the_address_names_the_model_and_says_whether_it_streams() {
    Wire wire = BedrockBodies.WIRE;

    assertThat(wire.path("/model/anthropic.claude-v1%3A0/converse", ""))
        .isEqualTo(new PathSays("anthropic.claude-v1:0", false, false));
    assertThat(wire.path("/model/arn:aws:bedrock:x::profile%2Fp%20q+r/converse-stream", ""))
        .isEqualTo(new PathSays("arn:aws:bedrock:x::profile/p q+r", true, false));
    assertThat(wire.path("/model/a/b/converse", "").model()).isEqualTo("a/b");
    assertThat(wire.path("/model/%zz/converse", "").model()).isEqualTo("%zz");
    assertThat(wire.path("/model/x", "")).isEqualTo(PathSays.NOTHING);

    assertThat(wire.requestPath("anthropic.claude-v1:0", false))
        .isEqualTo("/model/anthropic.claude-v1%3A0/converse");
    assertThat(wire.requestPath("a/b c*d~e+f", true))
        .isEqualTo("/model/a%2Fb%20c%2Ad~e%2Bf/converse-stream");
  }

  @Test
  void a_request_to_count_has_what_would_be_asked_wrapped_in_it() {
    String body = "{\"input\":{\"converse\":" + BedrockBodies.asking("") + "}}";

    assertThat(BedrockBodies.WIRE.decodeCount(BedrockBodies.WHOLE, body.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            DecodeOutcome.Decoded.class,
            decoded -> assertThat(decoded.request().newestAsk()).isEqualTo("Hi"));
    assertThat(BedrockBodies.error(body).message()).startsWith("messages: missing");
    assertThat(new String(BedrockBodies.WIRE.tokenCount(7), UTF_8))
        .isEqualTo("{\"inputTokens\":7}");
  }

  @Test
  void fields_of_the_models_own_dialect_are_read_where_they_have_a_neutral_form() {
    ChatRequest request =
        BedrockBodies.request(
            BedrockBodies.asking(
                """
                ,"additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":2000},
                 "top_k":40,"anthropic_beta":["x"]},"outputConfig":{"effort":"high"},
                 "requestMetadata":{"team":"a"},"performanceConfig":{"latency":"standard"},"future":1\
                """));

    assertThat(request.thinking().budget()).hasValue(2000);
    assertThat(request.thinking().shown()).contains(true);
    assertThat(request.thinking().effort()).contains(Effort.HIGH);
    assertThat(request.sampling().topK()).hasValue(40);
    assertThat(request.unmapped())
        .containsExactlyInAnyOrder(
            "additionalModelRequestFields.anthropic_beta", "requestMetadata", "future");
  }

  @Test
  void documents_that_are_text_are_files_of_text() {
    ChatRequest request =
        BedrockBodies.request(
            """
            {"messages":[{"role":"user","content":[
              {"document":{"name":"a","format":"txt","source":{"text":"one"}}},
              {"document":{"name":"b","source":{"content":[{"text":"one"},{"text":"two"}]},"format":"md"}},
              {"document":{"source":{"bytes":"AAAA"},"name":"c","format":"docx"}}]}]}\
            """);

    assertThat(request.messages().getFirst().parts())
        .containsExactly(
            new Part.Document(new Part.Source.Inline("text/plain", "b25l"), "a"),
            new Part.Document(new Part.Source.Inline("text/plain", "b25lCnR3bw=="), "b"),
            new Part.Document(
                new Part.Source.Inline(
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "AAAA"),
                "c"));
  }

  @Test
  void kinds_without_a_neutral_form_are_kept_and_refused_on_a_crossing() {
    String body =
        """
        {"messages":[{"role":"user","content":[{"text":"Hi"},
          {"video":{"format":"mp4","source":{"bytes":"AAAA"}}}]}]}\
        """;

    assertThat(BedrockBodies.request(body).messages().getFirst().parts().getLast())
        .isEqualTo(
            new Part.Unknown(
                "video",
                new JsonText("{\"video\":{\"format\":\"mp4\",\"source\":{\"bytes\":\"AAAA\"}}}")));
    EncodeOutcome outcome =
        Wire.of(ANTHROPIC_MESSAGES)
            .encode(BedrockBodies.request(body), Target.of("m", OptionalLong.empty()));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            EncodeOutcome.Inexpressible.class,
            refused ->
                assertThat(refused.error().message())
                    .startsWith("messages[0].content[1]: a part of type \"video\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "guardrailConfig|,'guardrailConfig':{'guardrailIdentifier':'g','guardrailVersion':'1'}",
        "promptVariables|,'promptVariables':{'a':{'text':'b'}}",
        "tools[] of type systemTool|,'toolConfig':{'tools':[{'systemTool':{'name':'web'}}]}",
      })
  void what_would_make_another_answer_is_refused_on_a_crossing(String what, String more) {
    ChatRequest request = BedrockBodies.request(BedrockBodies.asking(more.replace('\'', '"')));

    EncodeOutcome outcome =
        Wire.of(OPENAI_CHAT).encode(request, Target.of("m", OptionalLong.empty()));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            EncodeOutcome.Inexpressible.class,
            refused -> assertThat(refused.error().message()).startsWith(what));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'messages':[]}|messages: empty",
        "{}|messages: missing",
        "{'messages':[{'role':'user','content':'x'}]}|messages[0].content: a string",
        "{'messages':[{'content':[{'text':'x'}]}]}|messages[0].role: missing",
        "{'messages':[{'role':'tool','content':[]}]}|messages[0]: \"tool\"",
        "{'messages':[{'role':'user','content':[{'text':7}]}]}|messages[0].content[0].text: 7",
        "{'messages':[{'role':'user','content':[{'text':'a','image':{}}]}]}|messages[0].content[0]",
        "{'messages':[{'role':'user','content':[{}]}]}|messages[0].content",
        "{'inferenceConfig':{'maxTokens':0}}|inferenceConfig.maxTokens: 0",
        "{'inferenceConfig':7}|inferenceConfig: 7",
        "{'toolConfig':{'tools':[{'toolSpec':{}}]}}|toolConfig.tools[0].toolSpec.name: missing",
        "{'toolConfig':{'toolChoice':{'none':{}}}}|toolConfig.toolChoice",
        "{'outputConfig':{'textFormat':{'structure':{'jsonSchema':{'schema':{}}}}}}|outputConfig.textFormat.structure.jsonSchema.schema: an object",
        "{'outputConfig':{'textFormat':{'structure':{'jsonSchema':{'schema':'x'}}}}}|outputConfig.textFormat.structure.jsonSchema.schema: a string of 1",
      })
  void what_cannot_be_read_is_refused_by_its_path(String body, String message) {
    assertThat(BedrockBodies.error(body.replace('\'', '"')).message()).startsWith(message);
  }

  @Test
  void fields_that_are_null_count_as_absent() {
    ChatRequest request =
        BedrockBodies.request(
            """
            {"messages":[{"role":"user","content":[{"text":"Hi","image":null}]}],"system":null,
             "toolConfig":null,"inferenceConfig":{"maxTokens":null,"stopSequences":null},
             "outputConfig":{"effort":null},"guardrailConfig":null}\
            """);

    assertThat(request.unmapped()).isEmpty();
    assertThat(request.maxOutput()).isEmpty();
    assertThat(request.messages()).hasSize(1);
  }
}
