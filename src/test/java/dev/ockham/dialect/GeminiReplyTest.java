package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.GEMINI_GENERATE;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GeminiReplyTest {
  private static final Usage USAGE =
      new Usage(
          Map.of(
              TokenClass.INPUT, 45L,
              TokenClass.CACHE_READ, 60L,
              TokenClass.OUTPUT, 30L,
              TokenClass.REASONING, 12L));

  @Test
  void a_stream_is_read_as_events_with_signatures_before_their_calls() {
    assertThat(events(GeminiPayloads.STREAM))
        .containsExactly(
            new ChatEvent.Started("rA_1", "gemini-3-pro"),
            new ChatEvent.ReasoningDelta("Hm."),
            usage(100, 0),
            new ChatEvent.TextDelta("Looking."),
            usage(100, 0),
            new ChatEvent.ReasoningSigned(new ReasoningState(GEMINI_GENERATE, "c2lnQQ==")),
            new ChatEvent.ToolCallStarted(0, "call_rA_1_0", "weather"),
            new ChatEvent.ToolCallDelta(0, "{\"city\":\"Paris\"}"),
            new ChatEvent.ToolCallStarted(1, "call_rA_1_1", "time"),
            new ChatEvent.ToolCallDelta(1, "{}"),
            usage(100, 0),
            new ChatEvent.UsageReported(USAGE),
            new ChatEvent.Finished(StopReason.TOOL_CALLS, Optional.empty()));
  }

  private static ChatEvent usage(long input, long output) {
    return new ChatEvent.UsageReported(Usage.of(input, output));
  }

  @Test
  void a_count_of_zero_that_is_left_out_is_told_by_the_total() {
    var counts = new GeminiCounts();
    byte[] said =
        "{\"promptTokenCount\":10,\"thoughtsTokenCount\":90,\"totalTokenCount\":100}"
            .getBytes(UTF_8);
    try (JsonReader in = JsonReader.of(said)) {
      in.beginObject();
      counts.read(in);
    }

    assertThat(counts.usage().reported(TokenClass.OUTPUT)).hasValue(0);
    assertThat(counts.usage().count(TokenClass.REASONING)).isEqualTo(90);
  }

  @ParameterizedTest
  @CsvSource({
    "STOP,END_OF_TURN",
    "MAX_TOKENS,MAX_OUTPUT",
    "SAFETY,CONTENT_FILTER",
    "RECITATION,CONTENT_FILTER",
    "PROHIBITED_CONTENT,CONTENT_FILTER",
    "MALFORMED_FUNCTION_CALL,OTHER",
    "SOMETHING_NEW,OTHER"
  })
  void reasons_to_finish_are_told_apart(String word, StopReason reason) {
    List<ChatEvent> events =
        events(
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"%s\"}]}\n\n"
                .formatted(word));

    assertThat(events.getLast()).isEqualTo(new ChatEvent.Finished(reason, Optional.empty()));
  }

  @Test
  void a_malformed_call_is_no_empty_success_elsewhere() {
    String body =
        "{\"candidates\":[{\"content\":{},\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}],\"responseId\":\"r\"}";

    Carried whole = Carried.whole(GEMINI_GENERATE, OPENAI_CHAT, body);
    assertThat(whole.reply().failure().map(ChatError::status)).contains(502);
    Carried stream =
        Carried.stream(
            GEMINI_GENERATE, ANTHROPIC_MESSAGES, true, Chunks.whole("data: " + body + "\n\n"));
    assertThat(stream.text()).contains("event: error").doesNotContain("message_stop");

    Carried own =
        GeminiPayloads.toGemini(
            GEMINI_GENERATE, GeminiPayloads.WHOLE, GeminiPayloads.ASK, Chunks.whole(body));
    assertThat(own.text()).isEqualTo(body);
  }

  @Test
  void a_prompt_that_is_blocked_is_no_empty_success() {
    String body =
        "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":9,\"totalTokenCount\":9}}";

    Carried whole = Carried.whole(GEMINI_GENERATE, ANTHROPIC_MESSAGES, body);
    assertThat(whole.text()).contains("\"stop_reason\":\"refusal\"");
    assertThat(whole.reply().usage()).isEqualTo(Usage.of(9, 0));

    Carried stream =
        Carried.stream(GEMINI_GENERATE, OPENAI_CHAT, true, Chunks.whole("data: " + body + "\n\n"));
    assertThat(stream.text())
        .contains("\"finish_reason\":\"content_filter\"")
        .endsWith("[DONE]\n\n");
  }

  @Test
  void a_stream_without_a_reason_to_finish_was_cut() {
    int last = GeminiPayloads.STREAM.lastIndexOf("data: ");
    Carried carried =
        Carried.stream(
            GEMINI_GENERATE,
            OPENAI_CHAT,
            true,
            Chunks.whole(GeminiPayloads.STREAM.substring(0, last)));

    assertThat(carried.reply().failure().map(ChatError::code)).contains("stream_cut");
    assertThat(carried.text()).doesNotContain("[DONE]").contains("\"error\"");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void an_error_in_a_stream_is_found_bare_and_framed(boolean bare) {
    String error =
        "{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"overloaded\",\n    \"status\": \"UNAVAILABLE\"\n  }\n}";
    String framed = bare ? error : "data: " + error.replace("\n", "") + "\n\n";
    Carried carried =
        Carried.stream(
            GEMINI_GENERATE, ANTHROPIC_MESSAGES, true, Chunks.bytewise(firstEvents() + framed));

    assertThat(carried.reply().failure().map(ChatError::status)).contains(503);
    assertThat(carried.text()).contains("event: error").contains("overloaded");
  }

  @Test
  void an_openai_client_gets_calls_usage_and_an_end() {
    Carried carried =
        Carried.stream(GEMINI_GENERATE, OPENAI_CHAT, true, Chunks.whole(GeminiPayloads.STREAM));

    assertThat(carried.text())
        .contains("\"id\":\"call_rA_1_0\"")
        .contains("\"finish_reason\":\"tool_calls\"")
        .contains("\"prompt_tokens\":105,\"completion_tokens\":42")
        .contains("\"cached_tokens\":60")
        .contains("\"reasoning_tokens\":12")
        .endsWith("data: [DONE]\n\n");
    assertThat(carried.reply().stop()).contains(StopReason.TOOL_CALLS);
  }

  @Test
  void however_a_stream_is_cut_into_chunks_the_translation_is_the_same() {
    String expected =
        Carried.stream(
                GEMINI_GENERATE, ANTHROPIC_MESSAGES, true, Chunks.whole(GeminiPayloads.STREAM))
            .text();
    var random = new Random(5);
    for (int i = 0; i < 200; i++) {
      List<byte[]> chunks = Chunks.random(GeminiPayloads.STREAM, random);
      assertThat(Carried.stream(GEMINI_GENERATE, ANTHROPIC_MESSAGES, true, chunks).text())
          .isEqualTo(expected);
    }
  }

  @Test
  void the_same_dialect_passes_and_is_read_on_the_way() {
    Carried stream =
        GeminiPayloads.toGemini(
            GEMINI_GENERATE,
            GeminiPayloads.EVENTS,
            GeminiPayloads.ASK,
            Chunks.random(GeminiPayloads.STREAM, new Random(1)));

    assertThat(stream.text()).isEqualTo(GeminiPayloads.STREAM);
    assertThat(stream.reply().usage()).isEqualTo(USAGE);
    assertThat(stream.reply().finished()).isTrue();
    assertThat(stream.reply().heartbeat()).containsExactly('\n', '\n');
  }

  @Test
  void an_array_holds_each_event_as_the_provider_wrote_it() {
    var random = new Random(2);
    for (int i = 0; i < 50; i++) {
      Carried array =
          GeminiPayloads.toGemini(
              GEMINI_GENERATE,
              GeminiPayloads.ARRAY,
              GeminiPayloads.ASK,
              Chunks.random(GeminiPayloads.STREAM, random));

      List<String> elements =
          GeminiPayloads.STREAM.lines().filter(l -> !l.isEmpty()).map(l -> l.substring(6)).toList();
      assertThat(array.text()).isEqualTo("[" + String.join("\n,\n", elements) + "]\n");
      assertThat(array.reply().contentType()).isEqualTo("application/json");
      assertThat(array.reply().finished()).isTrue();
    }
  }

  @Test
  void an_array_that_is_cut_ends_with_one_error_and_is_well_formed() {
    Carried array =
        GeminiPayloads.toGemini(
            GEMINI_GENERATE, GeminiPayloads.ARRAY, GeminiPayloads.ASK, Chunks.whole(firstEvents()));

    JsonNode elements = Bodies.json(array.text());
    assertThat(elements.size()).isEqualTo(3);
    assertThat(elements.get(2).get("error").get("status").asString()).isEqualTo("INTERNAL");

    JsonNode none =
        Bodies.json(
            GeminiPayloads.toGemini(
                    OPENAI_CHAT, GeminiPayloads.ARRAY, GeminiPayloads.ASK, List.of())
                .text());
    assertThat(none.size()).isEqualTo(1);
    assertThat(none.get(0).get("error").get("code").asInt()).isEqualTo(502);
  }

  @Test
  void an_answer_that_breaks_off_ends_the_array() {
    ReplyStream reply =
        Reply.between(
            Wire.of(GEMINI_GENERATE),
            Wire.of(GEMINI_GENERATE),
            arrayAsked(),
            Bodies.telling("asked"));
    String begun = new String(reply.accept(firstEvents().getBytes(UTF_8)), UTF_8);
    String beat = new String(reply.heartbeat(), UTF_8);
    var late = new ChatError(504, ChatError.Kind.TIMEOUT, "provider_timeout", "late");
    String end = new String(reply.broken(late), UTF_8);

    JsonNode elements = Bodies.json(begun + beat + end);
    assertThat(elements.get(2).get("error").get("status").asString())
        .isEqualTo("DEADLINE_EXCEEDED");
    assertThat(reply.end()).isEmpty();
  }

  private static DecodeOutcome.Decoded arrayAsked() {
    return (DecodeOutcome.Decoded)
        Wire.of(GEMINI_GENERATE).decode(GeminiPayloads.ARRAY, GeminiPayloads.ASK.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void a_whole_answer_crosses_and_tells_its_counts(Dialect client) {
    String body =
        """
        {"candidates":[{"content":{"parts":[{"text":"Hello"}],"role":"model"},"finishReason":"STOP","index":0}],
         "usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":2,"totalTokenCount":6},"responseId":"r"}\
        """;
    Carried carried = Carried.whole(GEMINI_GENERATE, client, body);

    assertThat(carried.reply().failure()).isEmpty();
    assertThat(carried.text()).contains("Hello");
    assertThat(carried.reply().usage()).isEqualTo(Usage.of(4, 2));
  }

  /** The stream without its last two events. */
  private static String firstEvents() {
    return GeminiPayloads.STREAM.substring(
        0,
        GeminiPayloads.STREAM.indexOf(
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\""));
  }

  private static List<ChatEvent> events(String stream) {
    var reader = new GeminiReplyReader();
    var frames = new GeminiFrames();
    var events = new ArrayList<ChatEvent>();
    frames.feed(stream.getBytes(UTF_8));
    while (frames.next()) {
      reader.event("", frames.data(), frames.dataFrom(), frames.dataTo(), events::add);
    }
    reader.ended(events::add);
    return events;
  }
}
