package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static dev.ockham.chat.Dialect.OPENAI_RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Instructions are said as text; what is not text in them is not left out without a word. */
class InstructionsTest {
  private static final String PICTURE =
      "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,iVBORw==\"}";

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES", "GEMINI_GENERATE", "BEDROCK_CONVERSE"})
  void a_picture_in_the_first_instructions_is_refused_by_its_place(Dialect to) {
    assertThat(refusal(to, ChatServer.OTHER, system(PICTURE) + "," + user()))
        .contains("messages[0].content[0]")
        .contains("image");
  }

  @ParameterizedTest
  @EnumSource(
      value = ChatServer.class,
      names = {"OTHER", "OPENAI"})
  void a_picture_in_later_instructions_is_refused_by_its_place(ChatServer server) {
    assertThat(refusal(OPENAI_CHAT, server, user() + "," + system(PICTURE)))
        .contains("messages[1].content[0]");
    assertThat(
            refusal(
                OPENAI_CHAT,
                server,
                user() + "," + answer() + "," + system(PICTURE) + "," + user()))
        .contains("messages[2].content[0]");
  }

  @ParameterizedTest
  @CsvSource({"OTHER", "OPENAI"})
  void later_instructions_in_text_are_said(ChatServer server) {
    String text = "{\"type\":\"input_text\",\"text\":\"Be kind.\"}";
    EncodeOutcome outcome = encode(OPENAI_CHAT, server, user() + "," + system(text));

    assertThat(outcome).isInstanceOf(EncodeOutcome.Encoded.class);
    assertThat(new String(((EncodeOutcome.Encoded) outcome).body(), UTF_8)).contains("Be kind.");
  }

  private static String refusal(Dialect to, ChatServer server, String items) {
    EncodeOutcome outcome = encode(to, server, items);
    assertThat(outcome).isInstanceOf(EncodeOutcome.Inexpressible.class);
    return ((EncodeOutcome.Inexpressible) outcome).error().message();
  }

  private static EncodeOutcome encode(Dialect to, ChatServer server, String items) {
    String body = "{\"model\":\"m\",\"input\":[" + items + "]}";
    return Wire.of(to)
        .encode(
            Bodies.request(OPENAI_RESPONSES, body), new Target("m", OptionalLong.of(99), server));
  }

  private static String system(String part) {
    return "{\"type\":\"message\",\"role\":\"developer\",\"content\":[" + part + "]}";
  }

  private static String user() {
    return "{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi\"}";
  }

  private static String answer() {
    return "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"Hi\"}";
  }
}
