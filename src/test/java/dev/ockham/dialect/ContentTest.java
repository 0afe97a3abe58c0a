package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Files, marks and instructions between turns, from Chat Completions to Messages and back. */
class ContentTest {
  private static final Target OTHER = Target.of("m", OptionalLong.empty());
  private static final Target GPT = new Target("gpt-5.6", OptionalLong.empty(), ChatServer.OPENAI);
  private static final Target OPUS = Target.of("claude-opus-5-5", OptionalLong.empty());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,JVBE'}}"
            + "|{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBE'},'title':'a.pdf'}",
        "{'type':'file','file':{'filename':'a.txt','file_data':'data:text/plain;base64,aGk='}}"
            + "|{'type':'document','source':{'type':'text','media_type':'text/plain','data':'hi'},'title':'a.txt'}",
        "{'type':'image_url','image_url':{'url':'https://x/y.png'}}"
            + "|{'type':'image','source':{'type':'url','url':'https://x/y.png'}}",
        "{'type':'text','text':'hi','prompt_cache_breakpoint':{'mode':'explicit'}}"
            + "|{'type':'text','text':'hi','cache_control':{'type':'ephemeral'}}",
      })
  void a_part_of_chat_becomes_a_block(String part, String block) {
    JsonNode content =
        body(
                OPENAI_CHAT,
                "{'model':'m','messages':[{'role':'user','content':[" + part + "]}]}",
                ANTHROPIC_MESSAGES,
                OPUS)
            .at("/messages/0/content/0");

    assertThat(content).isEqualTo(json(block));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'document','title':'a.pdf','source':{'type':'base64','media_type':'application/pdf','data':'JVBE'}}"
            + "|{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,JVBE'}}",
        "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'hi'}}"
            + "|{'type':'text','text':'<document>\\nhi\\n</document>'}",
        "{'type':'document','source':{'type':'content','content':[{'type':'text','text':'hi'}]}}"
            + "|{'type':'text','text':'<document>\\nhi\\n</document>'}",
        "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBO'},'cache_control':{'type':'ephemeral'}}"
            + "|{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBO'},'prompt_cache_breakpoint':{'mode':'explicit'}}",
      })
  void a_block_becomes_a_part_of_chat(String block, String part) {
    JsonNode content =
        body(
                ANTHROPIC_MESSAGES,
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':["
                    + block
                    + "]}]}",
                OPENAI_CHAT,
                GPT)
            .at("/messages/0/content/0");

    assertThat(content).isEqualTo(json(part));
  }

  @Test
  void at_most_the_last_four_cache_marks_are_sent() {
    String marked = "{'type':'text','text':'x','prompt_cache_breakpoint':{'mode':'explicit'}}";
    String parts = marked + ("," + marked).repeat(5);

    EncodeOutcome.Encoded encoded =
        encoded(
            OPENAI_CHAT,
            "{'model':'m','messages':[{'role':'user','content':[" + parts + "]}]}",
            ANTHROPIC_MESSAGES,
            OPUS);

    JsonNode content = Bodies.json(encoded.body()).at("/messages/0/content");
    for (int i = 0; i < 6; i++) {
      assertThat(content.get(i).has("cache_control")).isEqualTo(i >= 2);
    }
    assertThat(encoded.losses()).containsExactly("cache mark: not sent, the last 4 count");
  }

  @Test
  void later_instructions_stand_alone_where_a_claude_model_takes_them() {
    String asked =
        "{'model':'m','messages':[{'role':'user','content':'x'},{'role':'system','content':'S'},"
            + "{'role':'assistant','content':'y'},{'role':'system','content':'T'},{'role':'user','content':'z'}]}";

    EncodeOutcome.Encoded encoded = encoded(OPENAI_CHAT, asked, ANTHROPIC_MESSAGES, OPUS);
    JsonNode older =
        body(
            OPENAI_CHAT,
            asked,
            ANTHROPIC_MESSAGES,
            Target.of("claude-sonnet-4-5", OptionalLong.empty()));

    assertThat(Bodies.json(encoded.body()).get("messages"))
        .isEqualTo(
            json(
                "[{'role':'user','content':[{'type':'text','text':'x'}]},"
                    + "{'role':'system','content':[{'type':'text','text':'S'}]},"
                    + "{'role':'assistant','content':[{'type':'text','text':'y'}]},"
                    + "{'role':'user','content':[{'type':'text','text':'<system>\\nT\\n</system>'},{'type':'text','text':'z'}]}]"));
    assertThat(encoded.losses()).hasSize(1);
    assertThat(older.get("messages")).hasSize(3);
  }

  @Test
  void openai_is_given_instructions_where_they_stand() {
    JsonNode messages =
        body(
                ANTHROPIC_MESSAGES,
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},{'role':'system','content':'S'}]}",
                OPENAI_CHAT,
                GPT)
            .get("messages");

    assertThat(messages.get(1)).isEqualTo(json("{'role':'system','content':'S'}"));
  }

  @Test
  void a_tool_of_plain_text_is_told_as_a_function_and_called_as_it_was_offered() {
    String asked =
        "{'model':'m','tools':[{'type':'custom','custom':{'name':'patch'}}],'messages':[{'role':'user','content':'x'}]}";

    JsonNode tool = body(OPENAI_CHAT, asked, ANTHROPIC_MESSAGES, OPUS).at("/tools/0");
    ReplyStream reply =
        Reply.between(
            Wire.of(OPENAI_CHAT),
            Wire.of(ANTHROPIC_MESSAGES),
            Bodies.decoded(OPENAI_CHAT, asked.replace('\'', '"').getBytes(UTF_8)),
            Bodies.telling("m"));
    reply.accept(
        "{'id':'msg_1','type':'message','content':[{'type':'tool_use','id':'t','name':'patch','input':{'input':'*** a'}}],'stop_reason':'tool_use'}"
            .replace('\'', '"')
            .getBytes(UTF_8));

    assertThat(tool.at("/input_schema/properties/input/type").asString()).isEqualTo("string");
    assertThat(Bodies.json(reply.end()).at("/choices/0/message/tool_calls/0"))
        .isEqualTo(json("{'id':'t','type':'custom','custom':{'name':'patch','input':'*** a'}}"));
  }

  @Test
  void openais_own_wishes_go_to_openai_alone() {
    String asked =
        "{'model':'m','max_tokens':9,'service_tier':'standard_only','metadata':{'user_id':'u'},'messages':[{'role':'user','content':'x'}]}";

    JsonNode own = body(ANTHROPIC_MESSAGES, asked, OPENAI_CHAT, GPT);
    EncodeOutcome.Encoded other = encoded(ANTHROPIC_MESSAGES, asked, OPENAI_CHAT, OTHER);

    assertThat(own.get("safety_identifier").asString()).isEqualTo("u");
    assertThat(own.get("service_tier").asString()).isEqualTo("default");
    assertThat(own.get("max_completion_tokens").asInt()).isEqualTo(9);
    assertThat(Bodies.json(other.body()).get("user").asString()).isEqualTo("u");
    assertThat(other.losses()).containsExactly("service_tier: not sent");
  }

  @Test
  void mistral_tells_usage_without_being_asked_and_refuses_to_be() {
    var mistral = new Target("m", OptionalLong.empty(), ChatServer.MISTRAL);
    var decoded =
        Bodies.decoded(
            OPENAI_CHAT,
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                .getBytes(UTF_8));

    var passed =
        (RequestBody.Outcome.Prepared)
            RequestBody.prepare(
                decoded, Wire.of(OPENAI_CHAT), mistral, java.util.List.of(), Bodies.CARRIAGE);
    JsonNode said =
        body(
            Dialect.ANTHROPIC_MESSAGES,
            "{'model':'m','max_tokens':9,'stream':true,'messages':[{'role':'user','content':'x'}]}",
            OPENAI_CHAT,
            mistral);

    assertThat(passed.edits()).isEmpty();
    assertThat(said.has("stream_options")).isFalse();
    assertThat(said.get("stream").asBoolean()).isTrue();
  }

  private static JsonNode body(Dialect from, String body, Dialect to, Target target) {
    return Bodies.json(encoded(from, body, to, target).body());
  }

  private static EncodeOutcome.Encoded encoded(
      Dialect from, String body, Dialect to, Target target) {
    var decoded = Bodies.decoded(from, body.replace('\'', '"').getBytes(UTF_8));
    EncodeOutcome outcome = Wire.of(to).encode(decoded.request(), target);
    assertThat(outcome).isInstanceOf(EncodeOutcome.Encoded.class);
    return (EncodeOutcome.Encoded) outcome;
  }

  private static JsonNode json(String text) {
    return Bodies.json(text.replace('\'', '"'));
  }
}
