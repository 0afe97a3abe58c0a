package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.BEDROCK_CONVERSE;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of an answer while it comes has an end, also where the answer has none. */
class BoundTest {
  private static final int PIECE = 256 * 1024;
  private static final String LONG = "x".repeat(PIECE);

  @Test
  void calls_that_wait_for_their_block_are_not_kept_without_end() {
    ReplyStream reply = reply(OPENAI_CHAT, ANTHROPIC_MESSAGES);
    reply.accept(chat(call(0, "first", "")));
    reply.accept(chat(call(1, "second", "")));

    assertThat(piecesUntilRefused(reply, chat(call(1, "", LONG)))).isEqualTo(Bound.MOST / PIECE);
  }

  @Test
  void a_thought_that_waits_for_its_signature_is_not_kept_without_end() {
    ReplyStream reply = reply(BEDROCK_CONVERSE, ANTHROPIC_MESSAGES);
    byte[] piece =
        BedrockBodies.event(
            "contentBlockDelta",
            "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\""
                + LONG
                + "\"}}}");
    reply.accept(BedrockBodies.event("messageStart", "{\"role\":\"assistant\"}"));

    assertThat(piecesUntilRefused(reply, piece)).isEqualTo(Bound.MOST / PIECE);
  }

  @Test
  void scores_are_counted_with_the_text_that_is_said_again_at_the_end() {
    var scores = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      scores.append(i == 0 ? "" : ",");
      scores.append("{\"token\":\"a\",\"logprob\":-1,\"top_logprobs\":[]}");
    }
    byte[] piece =
        ("data: {\"id\":\"1\",\"choices\":[{\"delta\":{},\"logprobs\":{\"content\":["
                + scores
                + "]}}]}\n\n")
            .getBytes(UTF_8);
    var events = new OpenAiResponsesEvents(List.of());
    events.begin("r");
    var reader = new OpenAiReplyReader();
    var out = new Bytes();
    int pieces = 0;
    boolean refused = false;
    while (!refused && pieces < 4000) {
      try {
        reader.event(
            "",
            piece,
            6,
            piece.length,
            event -> {
              if (event instanceof ChatEvent.TokensScored(var tokens)) {
                events.scored(tokens, out);
                out.take();
              }
            });
        pieces++;
      } catch (Rejected tooMuch) {
        refused = true;
      }
    }

    assertThat(refused).isTrue();
    assertThat(pieces).isLessThan(WholeReply.LARGEST / 1000 / 32);
  }

  private static int piecesUntilRefused(ReplyStream reply, byte[] piece) {
    int pieces = 0;
    while (reply.failure().isEmpty() && pieces < 1000) {
      reply.accept(piece.clone());
      pieces++;
    }
    assertThat(reply.failure()).map(ChatError::status).contains(502);
    assertThat(reply.failure()).map(ChatError::message).get().asString().contains("is kept");
    return pieces - 1;
  }

  private static ReplyStream reply(Dialect upstream, Dialect client) {
    String asked =
        "{\"model\":\"asked\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    return Reply.between(
        Wire.of(client),
        Wire.of(upstream),
        Bodies.decoded(client, asked.getBytes(UTF_8)),
        Bodies.telling("asked"));
  }

  private static byte[] chat(String delta) {
    return ("data: {\"id\":\"1\",\"choices\":[{\"delta\":" + delta + "}]}\n\n").getBytes(UTF_8);
  }

  private static String call(int index, String name, String arguments) {
    String named =
        name.isEmpty() ? "" : "\"id\":\"call_" + index + "\",\"function\":{\"name\":\"" + name;
    String said = "\"function\":{\"arguments\":\"" + arguments;
    return "{\"tool_calls\":[{\"index\":"
        + index
        + ","
        + (name.isEmpty() ? said : named)
        + "\"}}]}";
  }
}
