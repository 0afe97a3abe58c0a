package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and changed of a Responses body whose conversation is kept here. */
final class ResponsesBodyTest {
  private static final List<byte[]> BEFORE =
      List.of(bytes("{\"a\":1}"), bytes(""), bytes("{\"b\":2}"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\",\"input\":\"Hi \\\"you\\\"\"}|{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi \\\"you\\\"\"}",
        "{\"input\": [ {\"role\":\"user\"} , {\"c\":3} ] }|{\"role\":\"user\"} , {\"c\":3}",
      })
  void what_was_said_before_comes_before_the_client_s_own_items(String body, String own) {
    ResponsesBody read = read(body);
    String after = text(read.after(BEFORE));

    assertThat(text(read.items())).isEqualTo(own);
    assertThat(after).contains("[{\"a\":1},{\"b\":2}," + own + "]").contains("\"store\":false");
    assertThat(JsonReader.isObject(after)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"model\":\"m\"}", "{\"model\":\"m\",\"input\":[]}", "{\"input\":null}"})
  void a_client_may_add_nothing(String body) {
    assertThat(read(body).items()).isEmpty();
    assertThat(text(read(body).after(BEFORE))).contains("\"input\":[{\"a\":1},{\"b\":2}]");
  }

  @Test
  void only_what_is_kept_here_is_changed() {
    String body =
        "{ \"store\" : true, \"x\":1.50, \"previous_response_id\":\"resp_1\",\"input\":\"a\"}";
    ResponsesBody read = read(body);

    assertThat(read.previous()).hasValue("resp_1");
    assertThat(read.kept()).isTrue();
    assertThat(text(read.after(List.of())))
        .isEqualTo(body.replace("true", "false").replace("\"resp_1\"", "null"));
    assertThat(read("{\"store\":false}").kept()).isFalse();
    assertThat(read("{\"store\":null,\"previous_response_id\":null}").kept()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}|{\"include\":[\"reasoning.encrypted_content\"],\"a\":1}",
        "{\"include\":null}|{\"include\":[\"reasoning.encrypted_content\"]}",
        "{\"include\":[ ]}|{\"include\":[\"reasoning.encrypted_content\"]}",
        "{\"include\":[\"x\"]}|{\"include\":[\"reasoning.encrypted_content\",\"x\"]}",
        "{\"include\":[\"reasoning.encrypted_content\"]}|{\"include\":[\"reasoning.encrypted_content\"]}"
      })
  void reasoning_is_asked_for_once_in_a_form_that_can_be_sent_back(String body, String asked) {
    assertThat(text(read(body).withEncryptedReasoning())).isEqualTo(asked);
  }

  @Test
  void of_an_answer_everything_is_repeated_but_reasoning_without_its_state() {
    String response =
        "{\"id\":\"r\",\"output\":[{\"type\":\"reasoning\",\"encrypted_content\":null},"
            + "{\"type\":\"reasoning\",\"encrypted_content\":\"e\"}, {\"type\":\"message\",\"output\":[1]}]}";

    assertThat(text(ResponsesBody.outputOf(bytes(response))))
        .isEqualTo(
            "{\"type\":\"reasoning\",\"encrypted_content\":\"e\"},{\"type\":\"message\",\"output\":[1]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{}", "{\"a\":1,\"a\":2}", "{\"a\":1} x"})
  void what_cannot_be_read_is_left_to_the_decoder(String body) {
    assertThat(ResponsesBody.read(bytes(body))).isEmpty();
  }

  private static ResponsesBody read(String body) {
    return ResponsesBody.read(bytes(body)).orElseThrow();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
