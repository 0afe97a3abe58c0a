package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.ReasoningState;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A conversation that another dialect's model served before goes on with its own maker. */
class ForeignReasoningTest {
  private static final String SEALED =
      Bodies.CARRIAGE.seal().seal(new ReasoningState(Dialect.GEMINI_GENERATE, "a thought"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // between blocks, at the beginning, at the end
        "{'role':'assistant','content':[{'type':'text','text':'a'}, {'type':'thinking','thinking':'t','signature':'SEALED'} ,{'type':'text','text':'b'}]}"
            + "|{'role':'assistant','content':[{'type':'text','text':'a'} ,{'type':'text','text':'b'}]}",
        "{'role':'assistant','content':[ {'type':'redacted_thinking','data':'SEALED'},{'data':'SEALED','type':'redacted_thinking'}, {'type':'text','text':'b'}]}"
            + "|{'role':'assistant','content':[ {'type':'text','text':'b'}]}",
        "{'role':'assistant','content':[{'type':'text','text':'b'},{'type':'thinking','thinking':'','signature':'SEALED'} ]}"
            + "|{'role':'assistant','content':[{'type':'text','text':'b'} ]}",
        // the maker's own stays
        "{'role':'assistant','content':[{'type':'thinking','thinking':'own','signature':'c2ln'},{'type':'thinking','thinking':'t','signature':'SEALED'}]}"
            + "|{'role':'assistant','content':[{'type':'thinking','thinking':'own','signature':'c2ln'}]}",
      })
  void blocks_with_our_envelopes_leave_an_anthropic_body(String message, String left) {
    String body =
        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}, MESSAGE]}";

    assertPassed(
        Dialect.ANTHROPIC_MESSAGES,
        body.replace("MESSAGE", message),
        body.replace("MESSAGE", left));
  }

  @Test
  void a_message_that_was_nothing_else_goes_with_its_block() {
    assertPassed(
        Dialect.ANTHROPIC_MESSAGES,
        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'SEALED'}]},{'role':'user','content':'y'}]}",
        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},{'role':'user','content':'y'}]}");
  }

  @Test
  void what_only_looks_like_an_envelope_elsewhere_stays() {
    String body =
        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'text','text':'SEALED'},{'type':'image','source':{'type':'base64','media_type':'image/png','data':'SEALED'}}]},"
            + "{'role':'assistant','content':[THINKING{'type':'tool_use','id':'1','name':'f','input':{'signature':'SEALED'}}]}]}";

    assertPassed(
        Dialect.ANTHROPIC_MESSAGES,
        body.replace("THINKING", "{'type':'thinking','thinking':'t','signature':'SEALED'},"),
        body.replace("THINKING", ""));
  }

  @Test
  void reasoning_items_leave_a_responses_body() {
    assertPassed(
        Dialect.OPENAI_RESPONSES,
        "{'model':'m','input':[{'role':'user','content':'x'},{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'SEALED'},{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c','output':'1'}]}",
        "{'model':'m','input':[{'role':'user','content':'x'},{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c','output':'1'}]}");
  }

  @Test
  void signatures_leave_a_gemini_body_and_calls_say_that_they_have_none() {
    String body =
        "{'contents':[{'role':'user','parts':[{'text':'x'}]},{'role':'model','parts':[{'text':'hm'SIGNED},{'functionCall':{'name':'f','args':{}},'thoughtSignature':'CALL'}]},{'role':'user','parts':[{'functionResponse':{'name':'f','response':{}}}]}]}";

    assertPassed(
        Dialect.GEMINI_GENERATE,
        body.replace("SIGNED", ",'thoughtSignature':'SEALED'").replace("CALL", "SEALED"),
        body.replace("SIGNED", "").replace("CALL", GeminiContentWriter.NO_SIGNATURE));
  }

  @Test
  void a_body_without_envelopes_is_the_same_array() {
    byte[] body = Payloads.ANTHROPIC_REQUEST.getBytes(UTF_8);
    var prepared = prepared(Dialect.ANTHROPIC_MESSAGES, body, "claude-opus-5-5");

    assertThat(prepared.body()).isSameAs(body);
    assertThat(prepared.edits()).isEmpty();
  }

  private static void assertPassed(Dialect dialect, String sent, String expected) {
    var prepared = prepared(dialect, text(sent).getBytes(UTF_8), "m");

    assertThat(new String(prepared.body(), UTF_8)).isEqualTo(text(expected));
    assertThat(prepared.edits()).containsExactly("reasoning");
  }

  private static RequestBody.Outcome.Prepared prepared(Dialect dialect, byte[] body, String model) {
    boolean named = dialect == Dialect.GEMINI_GENERATE || dialect == Dialect.BEDROCK_CONVERSE;
    var path = named ? new PathSays("m", false, false) : PathSays.NOTHING;
    var decoded = (DecodeOutcome.Decoded) Wire.of(dialect).decode(path, body);
    return (RequestBody.Outcome.Prepared)
        RequestBody.prepare(
            decoded,
            Wire.of(dialect),
            Target.of(model, OptionalLong.empty()),
            List.of(),
            Bodies.CARRIAGE);
  }

  private static String text(String json) {
    return json.replace('\'', '"').replace("SEALED", SEALED);
  }
}
