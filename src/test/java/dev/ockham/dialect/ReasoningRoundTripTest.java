package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a maker wants back of its reasoning comes back, whatever its client speaks. */
class ReasoningRoundTripTest {
  private static final String TURN =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-5-5","content":[
        {"type":"thinking","thinking":"First, Paris.","signature":"c2lnMQ=="},
        {"type":"redacted_thinking","data":"aGlkZGVu"},
        {"type":"text","text":"Looking."},
        {"type":"thinking","thinking":"","signature":"c2lnMg=="},
        {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Paris"}}],
       "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":2}}\
      """;

  private final Map<String, String> remembered = new HashMap<>();

  private final CallMemory memory =
      new CallMemory() {
        @Override
        public void remember(String callId, String sealed) {
          remembered.put(callId, sealed);
        }

        @Override
        public Optional<String> recall(String callId) {
          return Optional.ofNullable(remembered.get(callId));
        }
      };

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_chat_client_gives_anthropics_blocks_back_by_its_tool_call(boolean stream) {
    String reply =
        stream
            ? carried(ANTHROPIC_MESSAGES, OPENAI_CHAT, true, Payloads.ANTHROPIC_STREAM)
            : carried(ANTHROPIC_MESSAGES, OPENAI_CHAT, false, TURN);
    assertThat(reply).contains("\"reasoning_content\":").doesNotContain("c2ln");

    JsonNode turn =
        turnSent(
            OPENAI_CHAT,
            """
            {"model":"m","messages":[{"role":"user","content":"x"},
              {"role":"assistant","content":"Looking.","tool_calls":[
                {"id":"toolu_1","type":"function","function":{"name":"weather","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"toolu_1","content":"18"}]}\
            """,
            ANTHROPIC_MESSAGES,
            carriage("claude"));

    String thoughts =
        stream
            ? "[{'type':'thinking','thinking':'Two calls.','signature':'c2ln'},{'type':'text','text':'Looking.'},"
            : "[{'type':'thinking','thinking':'First, Paris.','signature':'c2lnMQ=='},"
                + "{'type':'redacted_thinking','data':'aGlkZGVu'},{'type':'text','text':'Looking.'},"
                + "{'type':'thinking','thinking':'','signature':'c2lnMg=='},";
    assertThat(turn.get("content"))
        .isEqualTo(
            Bodies.json(
                (thoughts + "{'type':'tool_use','id':'toolu_1','name':'weather','input':{}}]")
                    .replace('\'', '"')));
  }

  @Test
  void another_model_is_not_given_what_a_chat_clients_last_one_thought() {
    carried(ANTHROPIC_MESSAGES, OPENAI_CHAT, false, TURN);

    JsonNode turn =
        turnSent(
            OPENAI_CHAT,
            """
            {"model":"m","messages":[{"role":"user","content":"x"},
              {"role":"assistant","content":"Looking.","tool_calls":[
                {"id":"toolu_1","type":"function","function":{"name":"weather","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"toolu_1","content":"18"}]}\
            """,
            ANTHROPIC_MESSAGES,
            carriage("another"));

    assertThat(turn.toString()).doesNotContain("thinking").contains("tool_use");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_anthropic_client_gives_back_what_a_server_of_open_models_thought(boolean stream) {
    String reply =
        stream
            ? carried(
                OPENAI_CHAT,
                ANTHROPIC_MESSAGES,
                true,
                """
                data: {"id":"1","choices":[{"delta":{"role":"assistant","reasoning_content":"Hm, "}}]}

                data: {"id":"1","choices":[{"delta":{"reasoning_content":"Paris."}}]}

                data: {"id":"1","choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"weather","arguments":"{}"}}]}}]}

                data: {"id":"1","choices":[{"delta":{},"finish_reason":"tool_calls"}]}

                data: [DONE]

                """)
            : carried(
                OPENAI_CHAT,
                ANTHROPIC_MESSAGES,
                false,
                """
                {"id":"1","choices":[{"message":{"role":"assistant","reasoning_content":"Hm, Paris.","tool_calls":[
                  {"id":"c1","function":{"name":"weather","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}\
                """);
    ArrayNode content = stream ? gathered(reply) : (ArrayNode) Bodies.json(reply).get("content");
    assertThat(content.get(0).get("thinking").asString()).isEqualTo("Hm, Paris.");
    assertThat(content.get(0).get("signature").asString()).startsWith("ock1");
    String next =
        """
        {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"},
          {"role":"assistant","content":CONTENT},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"18"}]}]}\
        """
            .replace("CONTENT", content.toString());

    JsonNode turn = turnSent(ANTHROPIC_MESSAGES, next, OPENAI_CHAT, carriage("claude"));
    assertThat(turn.get("reasoning_content").asString()).isEqualTo("Hm, Paris.");

    // Anthropic itself is not told that these were its own thoughts
    var passed = prepared(ANTHROPIC_MESSAGES, next, ANTHROPIC_MESSAGES, carriage("claude"));
    assertThat(new String(passed.body(), UTF_8)).doesNotContain("thinking").contains("tool_use");
    assertThat(passed.edits()).contains("reasoning");
  }

  @Test
  void an_anthropic_client_gives_gemini_its_signatures_back() {
    String reply =
        carried(
            Dialect.GEMINI_GENERATE,
            ANTHROPIC_MESSAGES,
            false,
            """
            {"candidates":[{"content":{"role":"model","parts":[
              {"text":"Hm, Paris.","thought":true},
              {"functionCall":{"id":"c1","name":"weather","args":{"city":"Paris"}},"thoughtSignature":"c2lnRw=="}]},
              "finishReason":"STOP"}],"responseId":"r1","modelVersion":"gemini-3-pro"}\
            """);
    String content = Bodies.json(reply).get("content").toString();

    var prepared =
        prepared(
            ANTHROPIC_MESSAGES,
            """
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"},
              {"role":"assistant","content":CONTENT},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"18"}]}]}\
            """
                .replace("CONTENT", content),
            Dialect.GEMINI_GENERATE,
            carriage("claude"));

    assertThat(content).contains("ock1").doesNotContain("c2lnRw==");
    assertThat(new String(prepared.body(), UTF_8)).contains("\"thoughtSignature\":\"c2lnRw==\"");
  }

  private Carriage carriage(String model) {
    return new Carriage(
        Seals.of("an only test key of 32 bytes and more".getBytes(UTF_8))
            .of("org", "provider", model),
        memory);
  }

  private String carried(Dialect upstream, Dialect client, boolean stream, String reply) {
    String asked =
        "{\"model\":\"m\",\"max_tokens\":9,\"stream\":"
            + stream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    ReplyStream carried =
        Reply.between(
            Wire.of(client),
            Wire.of(upstream),
            Bodies.decoded(client, asked.getBytes(UTF_8)),
            new Reply.Telling(
                "named",
                "m",
                Instant.EPOCH,
                InstantSource.fixed(Instant.EPOCH),
                carriage("claude")));
    var out = new Bytes();
    out.write(carried.accept(reply.getBytes(UTF_8)));
    out.write(carried.end());
    assertThat(carried.failure()).isEmpty();
    return new String(out.take(), UTF_8);
  }

  /** The blocks of a stream, put together as a client does. */
  private static ArrayNode gathered(String stream) {
    var content = (ArrayNode) Bodies.json("[]");
    for (String line : stream.split("\n", -1)) {
      if (!line.startsWith("data: ")) {
        continue;
      }
      JsonNode event = Bodies.json(line.substring("data: ".length()));
      if (event.get("type").asString().equals("content_block_start")) {
        content.add(event.get("content_block"));
      } else if (event.get("type").asString().equals("content_block_delta")) {
        var block = (ObjectNode) content.get(event.get("index").asInt());
        event
            .get("delta")
            .properties()
            .forEach(field -> {
              boolean known = block.has(field.getKey()) && !field.getKey().equals("type");
              if (known) {
                block.put(
                    field.getKey(),
                    block.get(field.getKey()).asString() + field.getValue().asString());
              }
            });
      }
    }
    return content;
  }

  private static RequestBody.Outcome.Prepared prepared(
      Dialect client, String body, Dialect upstream, Carriage carriage) {
    var target = new Target("served", OptionalLong.empty(), ChatServer.DEEPSEEK);
    var outcome =
        RequestBody.prepare(
            Bodies.decoded(client, body.getBytes(UTF_8)),
            Wire.of(upstream),
            target,
            List.of(),
            carriage);
    assertThat(outcome).isInstanceOf(RequestBody.Outcome.Prepared.class);
    return (RequestBody.Outcome.Prepared) outcome;
  }

  private static JsonNode turnSent(
      Dialect client, String body, Dialect upstream, Carriage carriage) {
    var prepared = prepared(client, body, upstream, carriage);
    return Bodies.json(prepared.body()).get("messages").get(1);
  }
}
