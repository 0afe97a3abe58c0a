package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.GEMINI_GENERATE;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer that does not say why it ended may have been cut, and is not told as whole. */
class ReplyEndTest {
  private static final String UNFINISHED_CHAT =
      """
      data: {"id":"1","choices":[{"delta":{"content":"The ans"}}]}

      data: [DONE]

      """;
  private static final String UNFINISHED_MESSAGE =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"m","usage":{"input_tokens":1}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"The ans"}}

      event: message_stop
      data: {"type":"message_stop"}

      """;

  @Test
  void the_last_word_of_a_chat_stream_without_a_reason_is_a_cut() {
    Carried carried =
        Carried.stream(OPENAI_CHAT, ANTHROPIC_MESSAGES, false, Chunks.bytewise(UNFINISHED_CHAT));

    assertCut(carried);
    assertThat(carried.text()).contains("The ans").doesNotContain("message_stop");
  }

  @Test
  void the_end_of_a_message_without_a_reason_is_a_cut() {
    Carried carried =
        Carried.stream(ANTHROPIC_MESSAGES, OPENAI_CHAT, false, Chunks.whole(UNFINISHED_MESSAGE));

    assertCut(carried);
    assertThat(carried.text()).contains("The ans").doesNotContain("[DONE]");
  }

  @Test
  void a_client_of_the_same_dialect_reads_the_providers_own_end() {
    Carried carried =
        Carried.stream(OPENAI_CHAT, OPENAI_CHAT, true, Chunks.bytewise(UNFINISHED_CHAT));

    assertThat(carried.text()).isEqualTo(UNFINISHED_CHAT);
    assertThat(carried.reply().failure()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_CHAT | {'id':'1','choices':[{'message':{'content':'The ans'}}]}",
        "OPENAI_CHAT | {'id':'1','choices':[{'message':{'content':'The ans'},'finish_reason':null}]}",
        "ANTHROPIC_MESSAGES | {'type':'message','id':'m','content':[{'type':'text','text':'The ans'}]}",
        "GEMINI_GENERATE | {'candidates':[{'content':{'parts':[{'text':'The ans'}]}}]}",
        "BEDROCK_CONVERSE | {'output':{'message':{'role':'assistant','content':[{'text':'The ans'}]}}}",
        "OPENAI_RESPONSES | {'id':'r','object':'response','output':[{'type':'message','content':[{'type':'output_text','text':'The ans'}]}]}",
      })
  void a_whole_reply_without_a_reason_is_a_cut_to_clients_of_another_dialect(
      Dialect provider, String body) {
    Dialect client = provider == ANTHROPIC_MESSAGES ? OPENAI_CHAT : ANTHROPIC_MESSAGES;

    assertCut(Carried.whole(provider, client, body.replace('\'', '"')));
  }

  @Test
  void a_whole_reply_without_a_reason_passes_to_clients_of_its_own_dialect() {
    String body = "{\"id\":\"1\",\"choices\":[{\"message\":{\"content\":\"The ans\"}}]}";

    Carried carried = Carried.whole(OPENAI_CHAT, OPENAI_CHAT, body);

    assertThat(carried.text()).isEqualTo(body);
    assertThat(carried.reply().failure()).isEmpty();
  }

  @Test
  void a_stream_that_closes_without_its_last_word_is_told_in_the_same_words() {
    Carried gemini =
        Carried.stream(
            GEMINI_GENERATE,
            OPENAI_CHAT,
            false,
            Chunks.whole(
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}]}\n\n"));

    assertCut(gemini);
  }

  private static void assertCut(Carried carried) {
    assertThat(carried.reply().failure()).map(ChatError::code).contains("stream_cut");
    assertThat(carried.text()).contains("error");
  }
}
