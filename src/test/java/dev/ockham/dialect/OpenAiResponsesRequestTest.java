package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static dev.ockham.chat.Dialect.OPENAI_RESPONSES;
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
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client says in Responses, as it is read and as other dialects are told. */
class OpenAiResponsesRequestTest {

  /** A second turn of a coding agent: every kind of item and tool that it sends. */
  static final String AGENT =
      """
      {"model":"gw-main","stream":true,"store":false,"include":["reasoning.encrypted_content"],
       "prompt_cache_key":"thread-1","parallel_tool_calls":true,"client_metadata":{"session_id":"s"},
       "reasoning":{"effort":"high","summary":"auto"},"text":{"verbosity":"low"},"tool_choice":"auto",
       "input":[
        {"type":"message","id":"msg_dev","role":"developer","content":[{"type":"input_text","text":"Be an agent."}]},
        {"type":"message","role":"user","content":[{"type":"input_text","text":"List files."}]},
        {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Use ls."}],"content":null,"encrypted_content":"gAAA"},
        {"type":"function_call","id":"fc_1","call_id":"call_1","name":"exec","arguments":"{\\"cmd\\":\\"ls\\"}"},
        {"type":"function_call","id":"fc_2","call_id":"call_2","name":"spawn","namespace":"agents","arguments":"{}"},
        {"type":"custom_tool_call","id":"ctc_1","call_id":"call_3","name":"apply_patch","input":"*** Begin\\n"},
        {"type":"function_call_output","call_id":"call_1","output":"a.txt"},
        {"type":"function_call_output","call_id":"call_2","output":[{"type":"input_text","text":"done"},
          {"type":"input_image","image_url":"data:image/png;base64,iVBO"}]},
        {"type":"custom_tool_call_output","call_id":"call_3","output":"patched"}],
       "tools":[
        {"type":"function","name":"exec","description":"Runs","strict":false,"parameters":{"type":"object"}},
        {"type":"namespace","name":"agents","description":"Helpers","tools":[
          {"type":"function","name":"spawn","description":"Begins one","parameters":{"type":"object"}}]},
        {"type":"custom","name":"apply_patch","description":"Edits","format":{"type":"grammar","syntax":"lark","definition":"start: x"}},
        {"type":"web_search"}]}
      """;

  @Test
  void an_agents_request_is_read_whole() {
    ChatRequest request = Bodies.request(OPENAI_RESPONSES, AGENT);

    assertThat(request.model()).isEqualTo("gw-main");
    assertThat(request.stream()).isTrue();
    assertThat(request.streamUsage()).isTrue();
    assertThat(request.thinking().effort()).contains(Effort.HIGH);
    assertThat(request.thinking().shown()).contains(true);
    assertThat(request.options().verbosity()).contains("low");
    assertThat(request.options().cacheKey()).contains("thread-1");
    assertThat(request.messages())
        .containsExactly(
            new Message(Role.SYSTEM, List.of(new Part.Text("Be an agent."))),
            new Message(Role.USER, List.of(new Part.Text("List files."))),
            new Message(
                Role.ASSISTANT,
                List.of(
                    new Part.Reasoning(
                        "Use ls.",
                        Optional.of(
                            new ReasoningState(
                                OPENAI_RESPONSES,
                                "{\"id\":\"rs_1\",\"encrypted_content\":\"gAAA\"}"))),
                    new Part.ToolCall("call_1", "exec", new JsonText("{\"cmd\":\"ls\"}")),
                    new Part.ToolCall("call_2", "agents__spawn", JsonText.EMPTY_OBJECT),
                    new Part.ToolCall(
                        "call_3", "apply_patch", new JsonText("{\"input\":\"*** Begin\\n\"}")))),
            new Message(
                Role.TOOL,
                List.of(
                    new Part.ToolResult("call_1", List.of(new Part.Text("a.txt")), false),
                    new Part.ToolResult(
                        "call_2",
                        List.of(
                            new Part.Text("done"),
                            new Part.Image(new Part.Source.Inline("image/png", "iVBO"))),
                        false),
                    new Part.ToolResult("call_3", List.of(new Part.Text("patched")), false))));
    assertThat(request.unmapped())
        .containsExactlyInAnyOrder(
            "client_metadata",
            "tools[].description of a namespace",
            "tools[].format",
            "tools[] web_search");
  }

  @Test
  void an_agents_tools_are_functions_to_everyone_else() {
    List<Tool> tools = Bodies.request(OPENAI_RESPONSES, AGENT).tools().offered();

    assertThat(tools)
        .extracting(Tool::name)
        .containsExactly("exec", "agents__spawn", "apply_patch");
    assertThat(tools)
        .extracting(Tool::kind)
        .containsExactly(
            new Tool.Kind.Function(),
            new Tool.Kind.Namespaced("agents", "spawn", false),
            new Tool.Kind.Freeform());
    assertThat(tools.getLast().description())
        .isEqualTo("Edits\n\nThe input must match this lark grammar:\nstart: x");
    assertThat(
            Bodies.json(tools.getLast().schema().value()).at("/properties/input/type").asString())
        .isEqualTo("string");
  }

  @Test
  void an_agents_request_reaches_a_chat_provider() {
    EncodeOutcome.Encoded told = Bodies.encoded(OPENAI_RESPONSES, AGENT, OPENAI_CHAT);
    var body = Bodies.json(told.body());

    assertThat(body.at("/messages/2/tool_calls").size()).isEqualTo(3);
    assertThat(body.at("/messages/2/tool_calls/1/function/name").asString())
        .isEqualTo("agents__spawn");
    assertThat(body.at("/messages/3/tool_call_id").asString()).isEqualTo("call_1");
    assertThat(body.at("/messages/5/content").asString()).isEqualTo("patched");
    assertThat(told.losses()).contains("tools[] web_search: not offered");
  }

  @Test
  void an_agents_request_reaches_anthropic() {
    var body = Bodies.json(Bodies.encoded(OPENAI_RESPONSES, AGENT, ANTHROPIC_MESSAGES).body());

    assertThat(body.at("/system").toString()).contains("Be an agent.");
    assertThat(body.at("/messages/2/content/0/type").asString()).isEqualTo("tool_result");
    assertThat(body.at("/messages/2/content").size()).isEqualTo(3);
  }

  @Test
  void everything_else_that_has_a_neutral_form_is_read() {
    ChatRequest request =
        Bodies.request(
            OPENAI_RESPONSES,
            """
            {"input":[{"role":"assistant","content":"Hi"},{"role":"user","content":[
               {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"},
               {"type":"input_file","file_url":"https://x/y.pdf"},
               {"type":"input_file","file_id":"file-1"},
               {"type":"input_text","text":"Read.","prompt_cache_breakpoint":{"mode":"explicit"}}]}],
             "instructions":"Be brief.","model":"m","max_output_tokens":300,"temperature":0.5,"top_p":0.9,
             "text":{"format":{"type":"json_schema","name":"city","strict":true,"schema":{"type":"object"}}},
             "service_tier":"flex","user":"old","safety_identifier":"person","top_logprobs":3,
             "include":["message.output_text.logprobs"],"parallel_tool_calls":false,
             "tool_choice":{"type":"function","name":"f"},"tools":[{"type":"function","name":"f"}],
             "metadata":null,"background":false,"truncation":"disabled"}
            """);

    assertThat(request.messages().getFirst())
        .isEqualTo(new Message(Role.SYSTEM, List.of(new Part.Text("Be brief."))));
    assertThat(request.messages().getLast().parts())
        .containsExactly(
            new Part.Document(new Part.Source.Inline("application/pdf", "JVBE"), "a.pdf"),
            new Part.Document(new Part.Source.Address("https://x/y.pdf"), ""),
            new Part.Document(new Part.Source.Kept(OPENAI_RESPONSES, "file-1"), ""),
            new Part.Text("Read."),
            new Part.CacheMark(CacheLifetime.FIVE_MINUTES));
    assertThat(request.maxOutput()).hasValue(300);
    assertThat(request.sampling().temperature()).hasValue(0.5);
    assertThat(request.format())
        .isEqualTo(new OutputFormat.Schema("city", new JsonText("{\"type\":\"object\"}"), true));
    assertThat(request.options().tier()).contains(ServiceTier.FLEX);
    assertThat(request.options().endUser()).contains("person");
    assertThat(request.options().logprobs()).hasValue(3);
    assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Named("f"));
    assertThat(request.tools().parallel()).isFalse();
    assertThat(request.unmapped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"required\" | f,g,ns__h",
        "{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}]} | g",
        "{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"namespace\",\"name\":\"ns\"}]} | ns__h",
      })
  void a_narrowed_choice_offers_fewer_tools(String choice, String offered) {
    ChatRequest request = choosing(choice);

    assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Required());
    assertThat(request.tools().offered())
        .extracting(Tool::name)
        .containsExactly(offered.split(","));
  }

  @Test
  void a_tool_in_a_namespace_is_chosen_by_its_local_name() {
    assertThat(choosing("{\"type\":\"function\",\"name\":\"h\"}").tools().choice())
        .isEqualTo(new ToolChoice.Named("ns__h"));
  }

  private static ChatRequest choosing(String choice) {
    return Bodies.request(
        OPENAI_RESPONSES,
        """
        {"model":"m","input":"x","tool_choice":%s,"tools":[{"type":"function","name":"f"},
         {"type":"function","name":"g"},{"type":"namespace","name":"ns","tools":[{"name":"h","type":"function"}]}]}
        """
            .formatted(choice));
  }

  @Test
  void a_name_that_is_too_long_for_a_provider_is_cut_so_that_it_stays_its_own() {
    String one = OpenAiResponsesToolReader.joined("a".repeat(60), "first");
    String other = OpenAiResponsesToolReader.joined("a".repeat(60), "second");

    assertThat(one).hasSize(64).isNotEqualTo(other).matches("[a-zA-Z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"previous_response_id\":\"resp_1\"",
        "\"conversation\":\"conv_1\"",
        "\"prompt\":{\"id\":\"p\"}",
        "\"background\":true",
        "\"tools\":[{\"type\":\"file_search\",\"vector_store_ids\":[]}]",
        "\"tools\":[{\"type\":\"namespace\",\"name\":\"a\",\"tools\":[{\"type\":\"namespace\",\"name\":\"b\"}]}]",
        "\"tool_choice\":{\"type\":\"web_search_preview\"}",
        "\"text\":{\"format\":{\"type\":\"poem\"}}"
      })
  void what_only_its_provider_can_do_is_refused_elsewhere(String field) {
    String body = "{\"model\":\"m\",\"input\":\"x\"," + field + "}";

    assertThat(Bodies.refused(OPENAI_RESPONSES, body, ANTHROPIC_MESSAGES).status()).isEqualTo(400);
    assertThat(Bodies.refused(OPENAI_RESPONSES, body, OPENAI_CHAT).code())
        .isEqualTo("inexpressible");
  }

  @ParameterizedTest
  @ValueSource(strings = {"item_reference", "compaction", "mcp_call", "shell_call"})
  void an_item_of_an_unknown_type_passes_and_is_refused_elsewhere(String type) {
    String body =
        "{\"model\":\"m\",\"input\":[\"x\",{\"id\":\"i\",\"output\":[{\"stdout\":\"\"}],\"type\":\"T\"}]}"
            .replace("\"x\",", "{\"role\":\"user\",\"content\":\"x\"},")
            .replace("T", type);

    assertThat(Bodies.request(OPENAI_RESPONSES, body).messages().getLast().parts())
        .containsExactly(
            new Part.Unknown(
                type,
                new JsonText(
                    "{\"id\":\"i\",\"output\":[{\"stdout\":\"\"}],\"type\":\"" + type + "\"}")));
    assertThat(Bodies.refused(OPENAI_RESPONSES, body, OPENAI_CHAT).message()).contains(type);
  }

  @Test
  void a_search_that_was_run_before_is_lost_and_told() {
    EncodeOutcome.Encoded told =
        Bodies.encoded(
            OPENAI_RESPONSES,
            """
            {"model":"m","input":[{"role":"user","content":"x"},
             {"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search"}},
             {"role":"assistant","content":"It rains."},{"role":"user","content":"Still?"}]}
            """,
            OPENAI_CHAT);

    assertThat(Bodies.json(told.body()).at("/messages").size()).isEqualTo(3);
    assertThat(told.losses())
        .containsExactly("input[] of type web_search_call: not sent, what came of it is");
  }

  @Test
  void an_envelope_in_the_place_of_encrypted_content_is_kept_as_it_is() {
    String sealed = Bodies.CARRIAGE.seal().seal(new ReasoningState(ANTHROPIC_MESSAGES, "c2ln"));

    ChatRequest request =
        Bodies.request(
            OPENAI_RESPONSES,
            "{\"model\":\"m\",\"input\":[{\"encrypted_content\":\"%s\",\"id\":\"rs\",\"summary\":[],\"type\":\"reasoning\"}]}"
                .formatted(sealed));

    assertThat(request.messages().getFirst().parts())
        .containsExactly(
            new Part.Reasoning("", Optional.of(new ReasoningState(OPENAI_RESPONSES, sealed))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\"} | input: missing",
        "{\"model\":\"m\",\"input\":7} | input: 7 (expected: a string or an array of items)",
        "{\"model\":\"m\",\"input\":[{\"content\":\"x\"}]} | input[0].role: missing",
        "{\"model\":\"m\",\"input\":[{\"role\":\"tool\",\"content\":\"x\"}]} | input[0]: \"tool\"",
        "{\"model\":\"m\",\"input\":[{\"type\":\"function_call\",\"name\":\"f\"}]} | input[0].call_id: missing",
        "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"text\":7,\"type\":\"input_text\"}]}]} | input[0].content[0].text: 7",
        "{\"model\":\"m\",\"input\":\"x\",\"tools\":[{\"type\":\"function\"}]} | tools[0].name: missing",
        "{\"model\":\"m\",\"input\":\"x\",\"max_output_tokens\":0} | max_output_tokens: 0",
        "{\"model\":\"m\",\"input\":\"x\",\"input\":\"y\"} | input: an object has this key twice",
      })
  void what_cannot_be_read_is_named_by_its_path(String body, String message) {
    assertThat(Bodies.error(OPENAI_RESPONSES, body).message()).startsWith(message);
  }

  @Test
  void a_request_that_goes_on_from_a_kept_response_needs_no_input() {
    ChatRequest request =
        Bodies.request(OPENAI_RESPONSES, "{\"model\":\"m\",\"previous_response_id\":\"resp_1\"}");

    assertThat(request.unmapped()).containsExactly("previous_response_id");
  }

  @ParameterizedTest
  @CsvSource({"700,500", "300,300"})
  void a_cap_is_lowered_in_the_clients_own_bytes(long asked, long sent) {
    String body = "{\"model\":\"m\", \"input\":\"x\",\"max_output_tokens\" : " + asked + "}";

    assertThat(passed(body))
        .isEqualTo(body.replace("" + asked, "" + sent).replace("\"m\"", "\"up\""));
  }

  @Test
  void a_cap_is_inserted_where_there_was_none() {
    assertThat(passed("{\"input\":\"x\",\"model\":\"m\"}"))
        .isEqualTo("{\"input\":\"x\",\"max_output_tokens\":500,\"model\":\"up\"}");
  }

  @Test
  void an_envelope_is_not_shown_to_a_provider_of_the_clients_own_dialect() {
    String sealed = Bodies.CARRIAGE.seal().seal(new ReasoningState(ANTHROPIC_MESSAGES, "c2ln"));
    String body =
        """
        {"model":"m","input":[{"role":"user","content":"x"},
         {"type":"reasoning","id":"rs","summary":[],"encrypted_content":"%s"},
         {"role":"assistant","content":"Hm."},{"role":"user","content":"y"}]}
        """;

    assertThat(Bodies.json(passed(body.formatted(sealed))).at("/input").size()).isEqualTo(3);
    assertThat(Bodies.json(passed(body.formatted("gAAA"))).at("/input").size()).isEqualTo(4);
  }

  private static String passed(String body) {
    var outcome =
        RequestBody.prepare(
            Bodies.decoded(OPENAI_RESPONSES, body.getBytes(UTF_8)),
            Wire.of(OPENAI_RESPONSES),
            Target.of("up", OptionalLong.empty()),
            List.of(new Edit.CapOutput(500)),
            Bodies.CARRIAGE);
    return new String(((RequestBody.Outcome.Prepared) outcome).body(), UTF_8);
  }
}
