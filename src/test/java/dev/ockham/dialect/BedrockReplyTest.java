package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.BEDROCK_CONVERSE;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockReplyTest {
  static final String[] STREAM = {
    "messageStart {\"role\":\"assistant\",\"p\":\"abc\"}",
    "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"Two \"}}}",
    "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"calls.\"}}}",
    "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\"c2ln\"}}}",
    "contentBlockStop {\"contentBlockIndex\":0}",
    "contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"text\":\"Looking.\"},\"p\":\"ab\"}",
    "contentBlockStop {\"contentBlockIndex\":1}",
    "contentBlockStart {\"start\":{\"toolUse\":{\"name\":\"weather\",\"toolUseId\":\"tooluse_1\"}},\"contentBlockIndex\":2}",
    "contentBlockDelta {\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\": \"}},\"contentBlockIndex\":2}",
    "contentBlockDelta {\"delta\":{\"toolUse\":{\"input\":\"\\\"Paris\\\"}\"}},\"contentBlockIndex\":2}",
    "contentBlockStop {\"contentBlockIndex\":2}",
    "contentBlockStart {\"contentBlockIndex\":3,\"start\":{\"toolUse\":{\"toolUseId\":\"tooluse_2\",\"name\":\"time\"}}}",
    "contentBlockStop {\"contentBlockIndex\":3}",
    "messageStop {\"stopReason\":\"tool_use\"}",
    "metadata {\"usage\":{\"inputTokens\":360,\"outputTokens\":300,\"totalTokens\":1300,\"cacheReadInputTokens\":500,\"cacheWriteInputTokens\":140,\"cacheDetails\":[{\"ttl\":\"1h\",\"inputTokens\":100},{\"ttl\":\"5m\",\"inputTokens\":40}]},\"metrics\":{\"latencyMs\":900}}",
  };

  private static final Usage USAGE =
      new Usage(
          Map.of(
              TokenClass.INPUT, 360L,
              TokenClass.CACHE_READ, 500L,
              TokenClass.CACHE_WRITE_5M, 40L,
              TokenClass.CACHE_WRITE_1H, 100L,
              TokenClass.OUTPUT, 300L));

  private static final List<ChatEvent> SAID =
      List.of(
          new ChatEvent.Started("", ""),
          new ChatEvent.ReasoningDelta("Two "),
          new ChatEvent.ReasoningDelta("calls."),
          new ChatEvent.ReasoningSigned(
              SignedThought.signed(BEDROCK_CONVERSE, "Two calls.", "c2ln")),
          new ChatEvent.TextDelta("Looking."),
          new ChatEvent.ToolCallStarted(0, "tooluse_1", "weather"),
          new ChatEvent.ToolCallDelta(0, "{\"city\": "),
          new ChatEvent.ToolCallDelta(0, "\"Paris\"}"),
          new ChatEvent.ToolCallStarted(1, "tooluse_2", "time"),
          new ChatEvent.ToolCallDelta(1, "{}"),
          new ChatEvent.UsageReported(USAGE),
          new ChatEvent.Finished(StopReason.TOOL_CALLS, Optional.empty()));

  /** What came out, and the reply that told it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Out(byte[] bytes, ReplyStream reply) {
    List<String> events() {
      return BedrockBodies.events(bytes);
    }
  }

  private static Out toBedrock(Dialect upstream, PathSays path, List<byte[]> chunks) {
    ReplyStream reply =
        Reply.between(
            BedrockBodies.WIRE,
            Wire.of(upstream),
            BedrockBodies.decoded(path, BedrockBodies.asking("")),
            Bodies.telling("asked"));
    var out = new Bytes();
    for (byte[] chunk : chunks) {
      out.write(reply.accept(chunk));
    }
    out.write(reply.end());
    return new Out(out.take(), reply);
  }

  static List<ChatEvent> read(String... events) {
    var reader = new BedrockReplyReader();
    var said = new ArrayList<ChatEvent>();
    for (String event : events) {
      int space = event.indexOf(' ');
      byte[] data = event.substring(space + 1).getBytes(UTF_8);
      reader.event(event.substring(0, space), data, 0, data.length, said::add);
    }
    reader.ended(said::add);
    return said;
  }

  @Test
  void calls_are_numbered_in_the_order_they_begin_whatever_their_blocks_are_called() {
    List<ChatEvent> said =
        read(
            "messageStart {\"role\":\"assistant\"}",
            call(7, "a"),
            "contentBlockStop {\"contentBlockIndex\":7}",
            call(2, "b"),
            "contentBlockDelta {\"contentBlockIndex\":2,\"delta\":{\"toolUse\":{\"input\":\"1\"}}}",
            "contentBlockStop {\"contentBlockIndex\":2}",
            call(7, "c"),
            "contentBlockDelta {\"contentBlockIndex\":7,\"delta\":{\"toolUse\":{\"input\":\"2\"}}}",
            "contentBlockStop {\"contentBlockIndex\":7}");

    assertThat(said.subList(1, said.size()))
        .containsExactly(
            new ChatEvent.ToolCallStarted(0, "a", "f"),
            new ChatEvent.ToolCallDelta(0, "{}"),
            new ChatEvent.ToolCallStarted(1, "b", "f"),
            new ChatEvent.ToolCallDelta(1, "1"),
            new ChatEvent.ToolCallStarted(2, "c", "f"),
            new ChatEvent.ToolCallDelta(2, "2"));
  }

  @Test
  void a_call_in_a_block_that_is_open_is_no_converse_stream() {
    assertThatThrownBy(() -> read(call(1, "a"), call(1, "b")))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("a block that was open");
  }

  private static String call(int block, String id) {
    return "contentBlockStart {\"contentBlockIndex\":%d,\"start\":{\"toolUse\":{\"toolUseId\":\"%s\",\"name\":\"f\"}}}"
        .formatted(block, id);
  }

  @Test
  void a_stream_is_read() {
    assertThat(read(STREAM)).isEqualTo(SAID);
  }

  @Test
  void an_answer_without_its_numbers_is_whole_when_the_stream_ends() {
    List<ChatEvent> said =
        read(List.of(STREAM).subList(0, STREAM.length - 1).toArray(String[]::new));

    assertThat(said.getLast())
        .isEqualTo(new ChatEvent.Finished(StopReason.TOOL_CALLS, Optional.empty()));
    assertThat(said).noneMatch(ChatEvent.UsageReported.class::isInstance);
    assertThat(read(STREAM[0], STREAM[5])).noneMatch(ChatEvent.Finished.class::isInstance);
  }

  @Test
  void a_streamed_call_without_arguments_has_an_empty_object() {
    assertThat(
            read(
                "messageStart {}",
                "contentBlockStart {\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"clock\"}}}",
                "contentBlockStop {\"contentBlockIndex\":0}"))
        .endsWith(
            new ChatEvent.ToolCallStarted(0, "t1", "clock"), new ChatEvent.ToolCallDelta(0, "{}"));
  }

  @Test
  void a_whole_answer_is_read() {
    String body =
        """
        {"metrics":{"latencyMs":7},"stopReason":"tool_use",
         "usage":{"inputTokens":5,"outputTokens":3,"totalTokens":8},
         "output":{"message":{"role":"assistant","content":[
           {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2ln"}}},
           {"reasoningContent":{"redactedContent":"cmVk"}},
           {"text":"Looking."},
           {"citationsContent":{"content":[{"text":"As "},{"text":"said."}],"citations":[]}},
           {"toolUse":{"toolUseId":"t0","name":"web","input":{},"type":"server_tool_use"}},
           {"toolUse":{"toolUseId":"t1","name":"weather","input":{"city": "Paris"}}}]}}}\
        """;
    var said = new ArrayList<ChatEvent>();
    new BedrockReplyReader().whole(body.getBytes(UTF_8), said::add);

    assertThat(said)
        .containsExactly(
            new ChatEvent.Started("", ""),
            new ChatEvent.ReasoningDelta("Hm."),
            new ChatEvent.ReasoningSigned(SignedThought.signed(BEDROCK_CONVERSE, "Hm.", "c2ln")),
            new ChatEvent.ReasoningSigned(SignedThought.redacted(BEDROCK_CONVERSE, "cmVk")),
            new ChatEvent.TextDelta("Looking."),
            new ChatEvent.TextDelta("As said."),
            new ChatEvent.ToolCallStarted(0, "t1", "weather"),
            new ChatEvent.ToolCallDelta(0, "{\"city\": \"Paris\"}"),
            new ChatEvent.UsageReported(Usage.of(5, 3)),
            new ChatEvent.Finished(StopReason.TOOL_CALLS, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'inputTokens':5|INPUT:5",
        "'cacheWriteInputTokens':9|CACHE_WRITE_5M:9",
        "'cacheWriteInputTokens':9,'cacheDetails':[{'ttl':'1h','inputTokens':9}]|CACHE_WRITE_1H:9",
        "'cacheDetails':[{'inputTokens':9,'ttl':'1h'},{'ttl':'5m','inputTokens':2}],'cacheWriteInputTokens':11|CACHE_WRITE_5M:2,CACHE_WRITE_1H:9",
        "'cacheWriteInputTokens':9,'cacheDetails':[{'ttl':'1h','inputTokens':4}]|CACHE_WRITE_5M:5,CACHE_WRITE_1H:4",
        "'cacheDetails':[7,{},{'ttl':'2h','inputTokens':4}],'outputTokens':-3,'cacheReadInputTokens':0|CACHE_READ:0",
      })
  void counts_are_read_by_class(String usage, String expected) {
    var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (String count : expected.split(",", -1)) {
      String[] pair = count.split(":", -1);
      tokens.put(TokenClass.valueOf(pair[0]), Long.valueOf(pair[1]));
    }

    assertThat(read("metadata {\"usage\":{" + usage.replace('\'', '"') + "}}"))
        .containsExactly(new ChatEvent.UsageReported(new Usage(tokens)));
  }

  @Test
  void redacted_content_in_pieces_is_one_state() {
    assertThat(
            read(
                "messageStart {}",
                "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"redactedContent\":\"cg==\"}}}",
                "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"redactedContent\":\"ZWQ=\"}}}",
                "contentBlockStop {\"contentBlockIndex\":0}"))
        .contains(new ChatEvent.ReasoningSigned(SignedThought.redacted(BEDROCK_CONVERSE, "cmVk")));
  }

  @Test
  void a_stream_passes_to_a_client_of_the_same_dialect_byte_by_byte() {
    byte[] stream = BedrockBodies.stream(STREAM);
    var random = new Random(31);
    for (int i = 0; i < 500; i++) {
      List<byte[]> chunks =
          i == 0 ? List.of(stream) : Chunks.cut(stream, 1, 1 + random.nextInt(900), random);
      Out out = toBedrock(BEDROCK_CONVERSE, BedrockBodies.STREAM, chunks);

      assertThat(out.bytes()).isEqualTo(stream);
      assertThat(out.reply().usage()).isEqualTo(USAGE);
      assertThat(out.reply().stop()).contains(StopReason.TOOL_CALLS);
      assertThat(out.reply().finished()).isTrue();
    }
  }

  @Test
  void a_damaged_message_is_never_passed_on() {
    byte[] stream = BedrockBodies.stream(STREAM);
    var random = new Random(32);
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = stream.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Out out =
          toBedrock(BEDROCK_CONVERSE, BedrockBodies.STREAM, Chunks.cut(damaged, 1, 300, random));

      assertThat(out.reply().failure()).isPresent();
      List<String> events = out.events();
      int whole = events.size() - 1;
      assertThat(events.subList(0, whole)).isEqualTo(List.of(STREAM).subList(0, whole));
      assertThat(events.getLast()).startsWith("modelStreamErrorException {\"message\":");
    }
  }

  @Test
  void a_stream_that_is_cut_ends_with_an_exception() {
    byte[] stream = BedrockBodies.stream(List.of(STREAM).subList(0, 8).toArray(String[]::new));
    Out out = toBedrock(BEDROCK_CONVERSE, BedrockBodies.STREAM, List.of(stream));

    assertThat(out.events().getLast())
        .isEqualTo(
            "modelStreamErrorException {\"message\":\"The provider's reply ended before its answer did; ask again\",\"originalStatusCode\":502,\"originalMessage\":\"The provider's reply ended before its answer did; ask again\"}");
  }

  @Test
  void an_anthropic_stream_becomes_events_with_its_signature_sealed() {
    Out out =
        toBedrock(
            ANTHROPIC_MESSAGES, BedrockBodies.STREAM, Chunks.bytewise(Payloads.ANTHROPIC_STREAM));

    List<String> events = out.events();
    String signature =
        Bodies.json(data(events.get(2))).at("/delta/reasoningContent/signature").asString();
    assertThat(Seals.isSealed(signature)).isTrue();
    assertThat(Bodies.CARRIAGE.seal().open(signature, ANTHROPIC_MESSAGES)).isPresent();
    assertThat(events)
        .containsExactly(
            "messageStart {\"role\":\"assistant\"}",
            "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"Two calls.\"}}}",
            "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\""
                + signature
                + "\"}}}",
            "contentBlockStop {\"contentBlockIndex\":0}",
            "contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"text\":\"Looking.\"}}",
            "contentBlockStop {\"contentBlockIndex\":1}",
            "contentBlockStart {\"contentBlockIndex\":2,\"start\":{\"toolUse\":{\"toolUseId\":\"toolu_1\",\"name\":\"weather\"}}}",
            "contentBlockDelta {\"contentBlockIndex\":2,\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\": \\\"Par\"}}}",
            "contentBlockDelta {\"contentBlockIndex\":2,\"delta\":{\"toolUse\":{\"input\":\"is\\\"}\"}}}",
            "contentBlockStop {\"contentBlockIndex\":2}",
            "contentBlockStart {\"contentBlockIndex\":3,\"start\":{\"toolUse\":{\"toolUseId\":\"toolu_2\",\"name\":\"time\"}}}",
            "contentBlockDelta {\"contentBlockIndex\":3,\"delta\":{\"toolUse\":{\"input\":\"{}\"}}}",
            "contentBlockStop {\"contentBlockIndex\":3}",
            "messageStop {\"stopReason\":\"tool_use\"}",
            "metadata {\"usage\":{\"inputTokens\":360,\"outputTokens\":300,\"totalTokens\":1300,\"cacheReadInputTokens\":500,\"cacheWriteInputTokens\":140,\"cacheDetails\":[{\"ttl\":\"1h\",\"inputTokens\":100},{\"ttl\":\"5m\",\"inputTokens\":40}]},\"metrics\":{\"latencyMs\":120}}");
  }

  @Test
  void interleaved_calls_become_one_block_after_the_other() {
    Out out =
        toBedrock(
            OPENAI_CHAT, BedrockBodies.STREAM, Chunks.whole(Payloads.OPENAI_INTERLEAVED_TOOLS));

    assertThat(out.events().subList(3, 10))
        .containsExactly(
            "contentBlockStart {\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"call_a\",\"name\":\"weather\"}}}",
            "contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"{\\\"ci\"}}}",
            "contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"ty\\\":\\\"Paris\\\"}\"}}}",
            "contentBlockStop {\"contentBlockIndex\":1}",
            "contentBlockStart {\"contentBlockIndex\":2,\"start\":{\"toolUse\":{\"toolUseId\":\"call_b\",\"name\":\"time\"}}}",
            "contentBlockDelta {\"contentBlockIndex\":2,\"delta\":{\"toolUse\":{\"input\":\"{\\\"zone\\\":\\\"}\\\"}\"}}}",
            "contentBlockStop {\"contentBlockIndex\":2}");
  }

  @Test
  void a_whole_anthropic_answer_becomes_a_converse_answer() {
    Out out =
        toBedrock(
            ANTHROPIC_MESSAGES, BedrockBodies.WHOLE, Chunks.bytewise(Payloads.ANTHROPIC_WHOLE));

    var json = Bodies.json(out.bytes());
    String signature =
        json.at("/output/message/content/0/reasoningContent/reasoningText/signature").asString();
    assertThat(Bodies.CARRIAGE.seal().open(signature, ANTHROPIC_MESSAGES)).isPresent();
    assertThat(json)
        .isEqualTo(
            Bodies.json(
                """
                {"output":{"message":{"role":"assistant","content":[
                   {"reasoningContent":{"reasoningText":{"text":"hm","signature":"%s"}}},
                   {"text":"Two calls."},
                   {"toolUse":{"toolUseId":"toolu_1","name":"weather","input":{"city":"Paris"}}},
                   {"toolUse":{"toolUseId":"toolu_2","name":"time","input":{}}}]}},
                 "stopReason":"tool_use",
                 "usage":{"inputTokens":360,"outputTokens":300,"totalTokens":1300,
                   "cacheReadInputTokens":500,"cacheWriteInputTokens":140,
                   "cacheDetails":[{"ttl":"1h","inputTokens":100},{"ttl":"5m","inputTokens":40}]},
                 "metrics":{"latencyMs":120}}\
                """
                    .formatted(signature)));
  }

  @Test
  void state_that_is_sealed_comes_back_as_it_was() {
    var state = new ReasoningState(ANTHROPIC_MESSAGES, "redacted:eHg=");
    String sealed = Bodies.CARRIAGE.seal().seal(state);

    var request =
        BedrockBodies.request(
            """
            {"messages":[{"role":"user","content":[{"text":"Hi"}]},
              {"role":"assistant","content":[
                {"reasoningContent":{"redactedContent":"%s"}},
                {"reasoningContent":{"reasoningText":{"text":"t","signature":"%s"}}}]}]}\
            """
                .formatted(sealed, sealed));

    assertThat(
            Unsealed.of(request, ANTHROPIC_MESSAGES, Bodies.CARRIAGE).messages().getLast().parts())
        .containsExactly(
            new Part.Reasoning("", Optional.of(state)),
            new Part.Reasoning("t", Optional.of(state)));
  }

  @Test
  void a_bedrock_stream_reaches_clients_of_other_dialects() {
    List<byte[]> stream = List.of(BedrockBodies.stream(STREAM));

    Carried anthropic = Carried.stream(BEDROCK_CONVERSE, ANTHROPIC_MESSAGES, true, stream);
    assertThat(anthropic.text()).contains("\"id\":\"msg_named\"", "\"stop_reason\":\"tool_use\"");

    Carried openAi = Carried.stream(BEDROCK_CONVERSE, OPENAI_CHAT, true, stream);
    assertThat(openAi.text()).contains("\"id\":\"chatcmpl-named\"", "\"total_tokens\":1300");
    assertThat(openAi.reply().usage()).isEqualTo(USAGE);
  }

  private static String data(String event) {
    return event.substring(event.indexOf(' ') + 1);
  }
}
