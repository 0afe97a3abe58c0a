package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PassingStreamTest {

  @Test
  void an_openai_stream_passes_unchanged_and_its_usage_is_read() {
    Carried carried =
        Carried.stream(OPENAI_CHAT, OPENAI_CHAT, true, Chunks.whole(Payloads.OPENAI_TEXT_STREAM));

    assertThat(carried.text()).isEqualTo(Payloads.OPENAI_TEXT_STREAM);
    assertThat(carried.reply().finished()).isTrue();
    assertThat(carried.reply().failure()).isEmpty();
    assertThat(carried.reply().stop()).contains(StopReason.END_OF_TURN);
    assertThat(carried.reply().outputChars()).isEqualTo("Grüße, Welt 😀".length());
    assertThat(carried.reply().usage())
        .isEqualTo(
            new Usage(
                Map.of(TokenClass.INPUT, 20L, TokenClass.CACHE_READ, 0L, TokenClass.OUTPUT, 5L)));
  }

  @Test
  void an_anthropic_stream_passes_unchanged_and_its_usage_is_read() {
    Carried carried =
        Carried.stream(
            ANTHROPIC_MESSAGES,
            ANTHROPIC_MESSAGES,
            true,
            Chunks.random(Payloads.ANTHROPIC_STREAM, new Random(1)));

    assertThat(carried.text()).isEqualTo(Payloads.ANTHROPIC_STREAM);
    assertThat(carried.reply().stop()).contains(StopReason.TOOL_CALLS);
    assertThat(carried.reply().losses()).isEmpty();
    assertThat(carried.reply().usage())
        .isEqualTo(
            new Usage(
                Map.of(
                    TokenClass.INPUT, 360L,
                    TokenClass.CACHE_READ, 500L,
                    TokenClass.CACHE_WRITE_5M, 40L,
                    TokenClass.CACHE_WRITE_1H, 100L,
                    TokenClass.OUTPUT, 108L,
                    TokenClass.REASONING, 192L)));
  }

  @Test
  void only_the_usage_chunk_is_hidden_from_a_client_that_did_not_ask() {
    String hidden = usageChunk(Payloads.OPENAI_TEXT_STREAM);
    var random = new Random(2);
    for (int i = 0; i < 500; i++) {
      Carried carried =
          Carried.stream(
              OPENAI_CHAT,
              OPENAI_CHAT,
              false,
              i == 0
                  ? Chunks.whole(Payloads.OPENAI_TEXT_STREAM)
                  : Chunks.random(Payloads.OPENAI_TEXT_STREAM, random));

      assertThat(carried.text()).isEqualTo(Payloads.OPENAI_TEXT_STREAM.replace(hidden, ""));
      assertThat(carried.reply().usage().totalInput()).isEqualTo(20);
    }
  }

  @Test
  void a_first_chunk_without_choices_is_not_taken_for_usage() {
    String stream =
        "data: {\"choices\":[],\"prompt_filter_results\":[],\"model\":\"\",\"id\":\"\"}\n\n"
            + Payloads.OPENAI_TEXT_STREAM;

    Carried carried = Carried.stream(OPENAI_CHAT, OPENAI_CHAT, false, Chunks.whole(stream));

    assertThat(carried.text()).contains("prompt_filter_results").doesNotContain("total_tokens");
  }

  @Test
  void a_chunk_of_whole_events_is_not_copied() {
    byte[] chunk =
        "data: {\"id\":\"1\",\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n".getBytes(UTF_8);
    ReplyStream reply =
        Reply.between(
            Wire.of(OPENAI_CHAT),
            Wire.of(OPENAI_CHAT),
            Bodies.decoded(OPENAI_CHAT, Payloads.OPENAI_REQUEST.getBytes(UTF_8)),
            Bodies.telling("m"));

    assertThat(reply.accept(chunk)).isSameAs(chunk);
    assertThat(reply.accept(chunk)).isSameAs(chunk);
    assertThat(reply.begun()).isTrue();
    assertThat(reply.finished()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void wherever_a_stream_is_cut_it_ends_with_an_error_and_never_cleanly(Dialect dialect) {
    String stream =
        dialect == OPENAI_CHAT ? Payloads.OPENAI_TEXT_STREAM : Payloads.ANTHROPIC_STREAM;
    // OpenAI's has said why it stopped before it says that it has.
    String last =
        dialect == OPENAI_CHAT ? "\"finish_reason\":\"stop\"}],\"usage\":null}" : "message_stop\"}";
    byte[] bytes = stream.getBytes(UTF_8);
    int complete = stream.substring(0, stream.indexOf(last) + last.length()).getBytes(UTF_8).length;
    for (int cut = 0; cut < complete; cut++) {
      String part = new String(bytes, 0, cut, java.nio.charset.StandardCharsets.ISO_8859_1);
      byte[] chunk = part.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

      Carried carried = Carried.stream(dialect, dialect, true, java.util.List.of(chunk));

      assertThat(carried.reply().failure()).isPresent();
      assertThat(carried.reply().finished()).isFalse();
      String end = carried.events().getLast();
      assertThat(end)
          .startsWith(dialect == OPENAI_CHAT ? "{\"error\":" : "error {\"type\":\"error\"");
      assertThat(carried.events()).noneMatch(event -> event.contains(last));
    }
  }

  @Test
  void a_stream_that_told_why_it_stopped_needs_no_done() {
    String stream = Payloads.OPENAI_TEXT_STREAM.replace("data: [DONE]\n\n", "");

    Carried passed = Carried.stream(OPENAI_CHAT, OPENAI_CHAT, true, Chunks.whole(stream));
    Carried translated =
        Carried.stream(OPENAI_CHAT, ANTHROPIC_MESSAGES, true, Chunks.whole(stream));

    assertThat(passed.reply().failure()).isEmpty();
    assertThat(passed.text().stripTrailing()).isEqualTo(stream.stripTrailing());
    assertThat(translated.reply().finished()).isTrue();
    assertThat(translated.text()).endsWith("data: {\"type\":\"message_stop\"}\n\n");
  }

  @Test
  void a_last_event_without_its_empty_line_still_ends_the_stream() {
    String stream = Payloads.OPENAI_TEXT_STREAM.stripTrailing();

    Carried carried = Carried.stream(OPENAI_CHAT, OPENAI_CHAT, true, Chunks.whole(stream));

    assertThat(carried.reply().finished()).isTrue();
    assertThat(carried.text()).isEqualTo(Payloads.OPENAI_TEXT_STREAM);
  }

  @Test
  void an_error_inside_a_stream_passes_and_ends_it() {
    String stream =
        Payloads.ANTHROPIC_STREAM.substring(0, Payloads.ANTHROPIC_STREAM.indexOf("event: ping"))
            + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
            + "\"message\":\"Overloaded\"},\"request_id\":\"r\"}\n\n";

    Carried carried =
        Carried.stream(ANTHROPIC_MESSAGES, ANTHROPIC_MESSAGES, true, Chunks.whole(stream));

    assertThat(carried.text()).isEqualTo(stream);
    assertThat(carried.reply().finished()).isTrue();
    ChatError error = carried.reply().failure().orElseThrow();
    assertThat(error.status()).isEqualTo(529);
    assertThat(error.message()).isEqualTo("Overloaded");
  }

  @Test
  void an_error_before_any_answer_leaves_the_way_open() {
    Carried carried =
        Carried.stream(
            OPENAI_CHAT,
            OPENAI_CHAT,
            true,
            Chunks.whole(
                "data: {\"error\":{\"message\":\"no\",\"code\":\"rate_limit_exceeded\"}}\n\n"));

    assertThat(carried.reply().begun()).isFalse();
    assertThat(carried.reply().failure().orElseThrow().status()).isEqualTo(429);
  }

  @Test
  void an_event_that_is_not_json_fails_the_stream() {
    Carried carried =
        Carried.stream(
            OPENAI_CHAT,
            OPENAI_CHAT,
            true,
            Chunks.whole(
                "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: {oops\n\n"));

    assertThat(carried.reply().failure().orElseThrow().code()).isEqualTo("bad_reply");
    assertThat(carried.events()).hasSize(2);
    assertThat(carried.text()).doesNotContain("oops");
  }

  @Test
  void a_comment_passes() {
    Carried carried =
        Carried.stream(
            OPENAI_CHAT,
            OPENAI_CHAT,
            false,
            Chunks.bytewise(": processing\n\n" + Payloads.OPENAI_TEXT_STREAM));

    assertThat(carried.text()).startsWith(": processing\n\ndata: ");
  }

  private static String usageChunk(String stream) {
    int from = stream.lastIndexOf("data: {");
    return stream.substring(from, stream.indexOf("\n\n", from) + 2);
  }
}
