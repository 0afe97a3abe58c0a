package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Effort;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.Message;
import dev.ockham.chat.OutputFormat;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.Role;
import dev.ockham.chat.Thinking;
import dev.ockham.chat.Tool;
import dev.ockham.chat.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeTest {
  private static final Part MARK = new Part.CacheMark(CacheLifetime.FIVE_MINUTES);

  @Test
  void an_openai_request_is_read_whole() {
    ChatRequest request = Bodies.request(OPENAI_CHAT, Payloads.OPENAI_REQUEST);

    assertThat(request.model()).isEqualTo("gpt-5.2");
    assertThat(request.maxOutput()).hasValue(512);
    assertThat(request.stop()).containsExactly("END");
    assertThat(request.stream()).isTrue();
    assertThat(request.streamUsage()).isTrue();
    assertThat(request.sampling().temperature()).hasValue(0.2);
    assertThat(request.sampling().seed()).hasValue(7);
    assertThat(request.format())
        .isEqualTo(new OutputFormat.Schema("city", new JsonText("{\"type\": \"object\"}"), true));
    assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Named("weather"));
    assertThat(request.tools().parallel()).isFalse();
    assertThat(request.tools().offered())
        .containsExactly(
            Tool.function(
                "weather",
                "The weather of a city",
                new JsonText(
                    "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"),
                true));
    assertThat(request.unmapped()).containsExactly("messages[].name");
    assertThat(request.options().endUser()).hasValue("u-1");
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
                    new Part.ToolCall("call_1", "weather", new JsonText("{\"city\":\"Paris\"}")),
                    new Part.ToolCall("call_2", "weather", new JsonText("{\"city\":\"Rome\"}")))),
            result("call_1", "18 degrees"),
            result("call_2", "25 degrees"));
    assertThat(request.newestAsk()).isEqualTo("Where is this?");
  }

  @Test
  void an_anthropic_request_is_read_whole() {
    ChatRequest request = Bodies.request(ANTHROPIC_MESSAGES, Payloads.ANTHROPIC_REQUEST);

    assertThat(request.model()).isEqualTo("claude-opus-5-5");
    assertThat(request.maxOutput()).hasValue(1024);
    assertThat(request.stop()).containsExactly("STOP");
    assertThat(request.sampling().topK()).hasValue(40);
    assertThat(request.streamUsage()).isTrue();
    assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Required());
    assertThat(request.tools().parallel()).isFalse();
    assertThat(request.unmapped()).isEmpty();
    assertThat(request.thinking())
        .isEqualTo(
            new Thinking(Optional.of(Effort.MEDIUM), OptionalLong.empty(), Optional.of(true)));
    assertThat(request.tools().offered().getFirst().cached()).hasValue(CacheLifetime.HOUR);
    assertThat(request.messages())
        .containsExactly(
            new Message(
                Role.SYSTEM, List.of(new Part.Text("Be brief."), new Part.Text("Be kind."), MARK)),
            new Message(Role.USER, List.of(new Part.Text("Weather in Paris and Rome?"))),
            new Message(
                Role.ASSISTANT,
                List.of(
                    new Part.Reasoning(
                        "Two calls.",
                        Optional.of(new ReasoningState(ANTHROPIC_MESSAGES, "signed:c2ln"))),
                    new Part.ToolCall("toolu_1", "weather", new JsonText("{\"city\": \"Paris\"}")),
                    new Part.ToolCall("toolu_2", "weather", new JsonText("{}")))),
            new Message(
                Role.TOOL,
                List.of(
                    new Part.ToolResult("toolu_1", List.of(new Part.Text("18 degrees")), false),
                    new Part.ToolResult("toolu_2", List.of(new Part.Text("no such city")), true))),
            new Message(Role.USER, List.of(new Part.Text("And Oslo?"), MARK)),
            new Message(Role.SYSTEM, List.of(new Part.Text("Answer in French."))));
  }

  @Test
  void a_part_of_an_unknown_type_is_kept_as_it_was_written() {
    String part = "{ \"title\":1, \"type\" : \"hologram\", \"source\":{\"type\":\"text\"} }";

    ChatRequest request =
        Bodies.request(
            ANTHROPIC_MESSAGES,
            "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":["
                + part
                + "]}]}");

    assertThat(request.messages().getFirst().parts())
        .containsExactly(new Part.Unknown("hologram", new JsonText(part)));
  }

  @Test
  void null_is_the_same_as_absent() {
    ChatRequest request =
        Bodies.request(
            OPENAI_CHAT,
            """
            {"model":"m","max_tokens":null,"stop":null,"tools":null,"stream":null,"n":null,
             "response_format":null,"stream_options":null,"user":null,
             "messages":[{"role":"assistant","content":null,"tool_calls":null,"refusal":null}]}\
            """);

    assertThat(request.maxOutput()).isEmpty();
    assertThat(request.unmapped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'model':'m'}|messages: missing",
        "{'messages':[{'role':'user','content':'x'}]}|model: missing",
        "{'model':'','messages':[]}|model: a string of 0 characters",
        "{'model':5,'messages':[]}|model: 5",
        "{'model':'m','messages':[]}|messages: empty",
        "{'model':'m','messages':{}}|messages: an object",
        "{'model':'m','messages':[7]}|messages[0]: 7",
        "{'model':'m','messages':[{'content':'x'}]}|messages[0].role: missing",
        "{'model':'m','messages':[{'role':'user','content':'x'},{'role':'robot'}]}|messages[1]: \"robot\"",
        "{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':[]}]}]}|messages[0].content[0].text: an array",
        "{'model':'m','messages':[{'role':'user','content':3}]}|messages[0].content: 3",
        "{'model':'m','messages':[{'role':'tool','content':'x'}]}|messages[0].tool_call_id: missing",
        "{'model':'m','max_tokens':'many','messages':[]}|max_tokens: a string of 4 characters",
        "{'model':'m','max_tokens':0,'messages':[]}|max_tokens: 0",
        "{'model':'m','max_tokens':1.5,'messages':[]}|max_tokens: 1.5",
        "{'model':'m','max_tokens':99999999999999999999,'messages':[]}|max_tokens: 99999999999999999999",
        "{'model':'m','stream':'yes','messages':[]}|stream: a string of 3 characters",
        "{'model':'m','tools':[{'type':'function','function':{}}],'messages':[]}|tools[0].function.name: missing",
        "{'model':'m','tool_choice':'always','messages':[]}|tool_choice: \"always\"",
        "[]|the body: an array",
        "7|the body: 7",
      })
  void a_wrong_body_is_told_where_what_and_what_was_expected(String body, String told) {
    ChatError error = Bodies.error(OPENAI_CHAT, body.replace('\'', '"'));

    assertThat(error.status()).isEqualTo(400);
    assertThat(error.kind()).isEqualTo(ChatError.Kind.INVALID_REQUEST);
    assertThat(error.message()).startsWith(told).contains("(expected: ");
  }

  @Test
  void anthropic_needs_max_tokens() {
    ChatError error =
        Bodies.error(
            ANTHROPIC_MESSAGES,
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

    assertThat(error.message())
        .isEqualTo("max_tokens: missing (expected: a whole number of tokens, at least 1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'model':'m','model':'m'}|model",
        "{'model':'m','mod\\u0065l':'m'}|model",
        "{'model':'m','messages':[{'role':'user','content':'x','content':'y'}]}|messages[0].content",
        "{'model':'m','x':{'deep':[1,{'a':1,'b':2,'a':3}]}}|x.deep[1].a",
      })
  void a_key_twice_at_any_level_is_refused(String body, String path) {
    for (Dialect dialect : Bodies.PAIR) {
      ChatError error = Bodies.error(dialect, body.replace('\'', '"'));

      assertThat(error.status()).isEqualTo(400);
      assertThat(error.code()).isEqualTo("duplicate_key");
      assertThat(error.message()).startsWith(path + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"model\"",
        "{\"model\":\"m\"",
        "{\"model\":\"m\",}",
        "{\"model\":m}",
        "{'model':'m'}",
        "{\"model\":\"m\\x\"}",
        "{\"model\":\"a\nb\"}",
        "nul",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"model\":\"m\" // c\n}"
      })
  void broken_json_is_refused_in_both_dialects(String body) {
    for (Dialect dialect : Bodies.PAIR) {
      assertThat(Bodies.error(dialect, body).status()).isEqualTo(400);
    }
  }

  @Test
  void what_follows_the_object_is_refused() {
    String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    assertThat(Bodies.error(OPENAI_CHAT, body + "{}").message()).contains("goes on after");
    assertThat(Bodies.error(OPENAI_CHAT, body + "x").status()).isEqualTo(400);
  }

  @Test
  void too_deep_a_body_is_refused() {
    String deep = "[".repeat(5000) + "]".repeat(5000);

    ChatError error = Bodies.error(OPENAI_CHAT, "{\"model\":\"m\",\"x\":" + deep + "}");

    assertThat(error.message()).contains("nested deeper than 200 levels");
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void bytes_that_are_not_utf8_are_refused_with_their_place(Dialect dialect) {
    for (byte[] bad :
        List.of(
            new byte[] {(byte) 0xC0, (byte) 0xAF},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0x80})) {
      var body = new Bytes();
      body.write("{\"model\":\"");
      body.write(bad);
      body.write("\"}");

      DecodeOutcome outcome = Wire.of(dialect).decode(body.take());

      assertThat(((DecodeOutcome.Malformed) outcome).error().message())
          .contains("not UTF-8")
          .contains("offset 10");
    }
  }

  @Test
  void other_encodings_and_marks_are_refused() {
    assertThat(Bodies.error(OPENAI_CHAT, "\uFEFF{}").message()).contains("byte order mark");
    DecodeOutcome outcome =
        Wire.of(OPENAI_CHAT).decode("{}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
    assertThat(outcome).isInstanceOf(DecodeOutcome.Malformed.class);
  }

  @Test
  void an_error_does_not_repeat_a_long_text() {
    String secret = "my secret is 42 ".repeat(20);

    ChatError error =
        Bodies.error(
            OPENAI_CHAT, "{\"model\":\"m\",\"messages\":[{\"role\":[\"" + secret + "\"]}]}");

    assertThat(error.message()).doesNotContain("secret");
  }

  private static Message result(String id, String text) {
    return new Message(
        Role.TOOL, List.of(new Part.ToolResult(id, List.of(new Part.Text(text)), false)));
  }

  @Test
  void what_no_dialect_can_mean_is_refused_where_it_is_read() {
    String body =
        "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":[%s]}]}";
    String call = "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{}}";
    String thought = "{\"type\":\"thinking\",\"thinking\":\"x\",\"signature\":\"text:x\"}";
    String result = "{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[%s]}";
    assertThat(Bodies.error(ANTHROPIC_MESSAGES, body.formatted(call)).message())
        .contains("messages[0]", "a tool call");
    assertThat(Bodies.error(ANTHROPIC_MESSAGES, body.formatted(result.formatted(call))).message())
        .contains("a tool call in a tool result");
    assertThat(
            Bodies.error(ANTHROPIC_MESSAGES, body.formatted(result.formatted(thought))).message())
        .contains("reasoning in a tool result");
  }
}
