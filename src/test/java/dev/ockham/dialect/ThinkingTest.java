package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How hard to think, said in each dialect as the model that is asked wants to hear it. */
class ThinkingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claude-opus-5-5|high|{'type':'adaptive'}|high",
        "claude-opus-5-5|minimal|{'type':'adaptive'}|low",
        "claude-opus-5-5|none|{'type':'disabled'}|",
        "claude-sonnet-4-5-20250929|low|{'type':'enabled','budget_tokens':4096}|",
        "claude-sonnet-4-5-20250929|high|{'type':'enabled','budget_tokens':19999}|",
        "claude-3-5-haiku-20241022|high||",
        "our-claude|medium|{'type':'adaptive'}|medium",
      })
  void a_claude_model_is_asked_as_its_version_wants(
      String model, String effort, String thinking, String told) {
    JsonNode body =
        body(
            OPENAI_CHAT,
            "{'model':'m','max_tokens':20000,'reasoning_effort':'"
                + effort
                + "','messages':[{'role':'user','content':'x'}]}",
            ANTHROPIC_MESSAGES,
            Target.of(model, OptionalLong.empty()));

    assertThat(body.get("thinking")).isEqualTo(thinking == null ? null : json(thinking));
    assertThat(body.get("output_config"))
        .isEqualTo(told == null ? null : json("{'effort':'" + told + "'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'max_tokens':1024}|thinking: not asked for, the cap on output leaves no room",
        "{'tool_choice':'required','tools':[{'type':'function','function':{'name':'f'}}]}|thinking: not asked for, it cannot go with a tool that must be called",
        "{'messages':[{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'1','content':'y'}]}|thinking: not asked for, the turn began without it",
      })
  void where_thinking_would_be_refused_it_is_left_out_and_told(String fields, String told) {
    String rest = fields.contains("messages") ? "" : ",'messages':[{'role':'user','content':'x'}]";
    EncodeOutcome.Encoded encoded =
        encoded(
            OPENAI_CHAT,
            "{'model':'m','reasoning_effort':'high',"
                + fields.substring(1, fields.length() - 1)
                + rest
                + "}",
            ANTHROPIC_MESSAGES,
            Target.of("claude-sonnet-4-5", OptionalLong.empty()));

    assertThat(encoded.losses()).containsExactly(told);
    assertThat(Bodies.json(encoded.body()).has("thinking")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "OPENAI|gpt-5.2|{'thinking':{'type':'enabled','budget_tokens':31999}}|reasoning_effort|'high'",
        "OPENAI|gpt-5.2|{'thinking':{'type':'adaptive'},'output_config':{'effort':'xhigh'}}|reasoning_effort|'xhigh'",
        "OPENAI|gpt-5.2|{'thinking':{'type':'disabled'},'output_config':{'effort':'high'}}|reasoning_effort|'none'",
        "OPENAI|gpt-4o|{'output_config':{'effort':'high'}}|reasoning_effort|",
        "OTHER|qwen|{'output_config':{'effort':'max'}}|reasoning_effort|'high'",
        "OPENROUTER|x/y|{'output_config':{'effort':'low'}}|reasoning|{'effort':'low'}",
        "DEEPSEEK|deepseek-chat|{'thinking':{'type':'adaptive'}}|thinking|{'type':'enabled'}",
        "DEEPSEEK|deepseek-chat|{'thinking':{'type':'disabled'}}|thinking|{'type':'disabled'}",
      })
  void a_chat_server_is_asked_with_the_knob_it_has(
      ChatServer server, String model, String fields, String knob, String set) {
    JsonNode body =
        body(
            ANTHROPIC_MESSAGES,
            "{'model':'m','max_tokens':50000,'messages':[{'role':'user','content':'x'}],"
                + fields.substring(1),
            OPENAI_CHAT,
            new Target(model, OptionalLong.empty(), server));

    assertThat(body.get(knob)).isEqualTo(set == null ? null : json(set));
  }

  @Test
  void a_model_that_reasons_is_not_told_a_temperature() {
    String asked =
        "{'model':'m','max_tokens':9,'temperature':0.5,'messages':[{'role':'user','content':'x'}]}";

    EncodeOutcome.Encoded reasoning =
        encoded(ANTHROPIC_MESSAGES, asked, OPENAI_CHAT, openAi("gpt-5.2"));
    JsonNode other = body(ANTHROPIC_MESSAGES, asked, OPENAI_CHAT, openAi("gpt-4.1"));

    assertThat(reasoning.losses())
        .containsExactly("temperature, top_p: not sent, this model refuses them");
    assertThat(Bodies.json(reasoning.body()).has("temperature")).isFalse();
    assertThat(other.get("temperature").asDouble()).isEqualTo(0.5);
  }

  private static Target openAi(String model) {
    return new Target(model, OptionalLong.empty(), ChatServer.OPENAI);
  }

  private static JsonNode body(Dialect from, String body, Dialect to, Target target) {
    return Bodies.json(encoded(from, body, to, target).body());
  }

  private static EncodeOutcome.Encoded encoded(
      Dialect from, String body, Dialect to, Target target) {
    var decoded = Bodies.decoded(from, body.replace('\'', '"').getBytes(UTF_8));
    EncodeOutcome outcome = Wire.of(to).encode(decoded.request(), target);
    assertThat(List.of(outcome)).hasOnlyElementsOfType(EncodeOutcome.Encoded.class);
    return (EncodeOutcome.Encoded) outcome;
  }

  private static JsonNode json(String text) {
    return Bodies.json(text.replace('\'', '"'));
  }
}
