package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.Part;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.ScoredToken;
import dev.ockham.chat.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a Gemini client is told of answers from elsewhere. */
class GeminiReplyWriterTest {

  @Test
  void interleaved_calls_come_whole_and_in_order() {
    Carried carried =
        GeminiPayloads.toGemini(
            OPENAI_CHAT,
            GeminiPayloads.EVENTS,
            GeminiPayloads.ASK,
            Chunks.whole(Payloads.OPENAI_INTERLEAVED_TOOLS));

    String end = "],\"role\":\"model\"},\"index\":0}],\"modelVersion\":\"asked\",\"responseId\":\"";
    List<String> events = carried.events();
    assertThat(events.get(0))
        .startsWith("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Looking.\"}" + end);
    assertThat(events.get(1))
        .startsWith(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"id\":\"call_a\",\"name\":\"weather\",\"args\":{\"city\":\"Paris\"}}}"
                + end);
    assertThat(events.get(2))
        .startsWith(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"id\":\"call_b\",\"name\":\"time\",\"args\":{\"zone\":\"}\"}}}"
                + end);
    assertThat(Bodies.json(events.get(3)).get("candidates").get(0).get("finishReason").asString())
        .isEqualTo("STOP");
    assertThat(Bodies.json(events.get(3)).get("usageMetadata"))
        .isEqualTo(
            Bodies.json(
                """
                {"promptTokenCount":100,"cachedContentTokenCount":64,"candidatesTokenCount":32,
                 "thoughtsTokenCount":8,"totalTokenCount":140}\
                """));
    assertThat(events).hasSize(4);
  }

  @Test
  void anothers_signature_rides_on_the_call_and_comes_back_as_it_was() {
    Carried carried =
        GeminiPayloads.toGemini(
            ANTHROPIC_MESSAGES,
            GeminiPayloads.WHOLE,
            GeminiPayloads.ASK_FOR_THOUGHTS,
            Chunks.whole(
                Payloads.ANTHROPIC_WHOLE.replace(
                    "{\"type\":\"text\",\"text\":\"Two calls.\"},", "")));

    JsonNode candidate = Bodies.json(carried.text()).get("candidates").get(0);
    JsonNode parts = candidate.get("content").get("parts");
    assertThat(parts.get(0)).isEqualTo(Bodies.json("{\"text\":\"hm\",\"thought\":true}"));
    assertThat(parts.get(1).get("functionCall").get("id").asString()).isEqualTo("toolu_1");
    assertThat(candidate.get("finishReason").asString()).isEqualTo("STOP");

    String history =
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}," + candidate.get("content") + "]}";
    var replayed =
        Unsealed.of(GeminiPayloads.decoded(history).request(), ANTHROPIC_MESSAGES, Bodies.CARRIAGE);
    assertThat(replayed.messages().get(1).parts().getFirst())
        .isEqualTo(
            new Part.Reasoning(
                "hm", Optional.of(SignedThought.signed(ANTHROPIC_MESSAGES, "hm", "c2ln"))));
  }

  @Test
  void thoughts_are_shown_to_those_who_ask() {
    Carried hidden =
        GeminiPayloads.toGemini(
            ANTHROPIC_MESSAGES,
            GeminiPayloads.WHOLE,
            GeminiPayloads.ASK,
            Chunks.whole(Payloads.ANTHROPIC_WHOLE));
    assertThat(hidden.text()).doesNotContain("\"hm\"").contains("thoughtSignature");

    Carried shown =
        GeminiPayloads.toGemini(
            ANTHROPIC_MESSAGES,
            GeminiPayloads.EVENTS,
            GeminiPayloads.ASK_FOR_THOUGHTS,
            Chunks.whole(Payloads.ANTHROPIC_STREAM));
    assertThat(shown.text()).contains("\"thought\":true");
  }

  @Test
  void two_signatures_in_a_row_and_one_at_the_end_have_their_own_places() {
    var writer = writer();
    var out = new Bytes();
    writer.event(new ChatEvent.Started("id", "m"), out);
    writer.event(signed("one"), out);
    writer.event(signed("two"), out);
    writer.event(new ChatEvent.TextDelta("Hi"), out);
    writer.event(signed("three"), out);
    writer.event(new ChatEvent.Finished(StopReason.END_OF_TURN, Optional.empty()), out);

    String text = new String(out.take(), UTF_8);
    for (String value : List.of("one", "two", "three")) {
      String sealed = Bodies.CARRIAGE.seal().seal(new ReasoningState(ANTHROPIC_MESSAGES, value));
      assertThat(text).containsOnlyOnce(sealed);
    }
    assertThat(text).contains("{\"text\":\"Hi\",\"thoughtSignature\"");
  }

  @Test
  void a_call_that_the_cap_cut_is_not_sent() {
    var writer = writer();
    var out = new Bytes();
    writer.event(new ChatEvent.Started("id", "m"), out);
    writer.event(new ChatEvent.ToolCallStarted(0, "a", "f"), out);
    writer.event(new ChatEvent.ToolCallDelta(0, "{\"x\":"), out);
    writer.event(new ChatEvent.Finished(StopReason.MAX_OUTPUT, Optional.empty()), out);

    assertThat(new String(out.take(), UTF_8))
        .doesNotContain("functionCall")
        .contains("\"finishReason\":\"MAX_TOKENS\"");
    assertThat(writer.losses()).hasSize(1);
  }

  @Test
  void log_probabilities_are_told_both_ways() {
    var tokens =
        List.of(new ScoredToken("Hi", -0.5, List.of(new ScoredToken.Alternative("Hey", -1.5))));
    var out = new Bytes();
    var writer = writer();
    writer.event(new ChatEvent.Started("id", "m"), out);
    writer.event(new ChatEvent.TokensScored(tokens), out);

    String event = new String(out.take(), UTF_8);
    var read = new ArrayList<ChatEvent>();
    byte[] data = event.getBytes(UTF_8);
    new GeminiReplyReader().event("", data, "data: ".length(), data.length, read::add);
    assertThat(read).contains(new ChatEvent.TokensScored(tokens));
  }

  private static GeminiReplyWriter writer() {
    return new GeminiReplyWriter(
        new ReplyWriter.Head(
            "asked", 0, GeminiPayloads.decoded(GeminiPayloads.ASK), Bodies.CARRIAGE, () -> 120));
  }

  private static ChatEvent signed(String value) {
    return new ChatEvent.ReasoningSigned(new ReasoningState(ANTHROPIC_MESSAGES, value));
  }
}
