package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.ANTHROPIC_MESSAGES;
import static dev.ockham.chat.Dialect.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import dev.ockham.chat.Dialect;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{'error':{'message':'Bad','type':'invalid_request_error','param':'messages','code':null}}|INVALID_REQUEST|invalid_request_error|Bad",
        "401|{'error':{'message':'Key','type':'invalid_request_error','code':'invalid_api_key'}}|AUTHENTICATION|invalid_api_key|Key",
        "429|{'error':{'message':'Quota','type':'insufficient_quota','code':'insufficient_quota'}}|BUDGET|insufficient_quota|Quota",
        "429|{'type':'error','error':{'type':'rate_limit_error','message':'Slow'},'request_id':'r'}|RATE_LIMIT|rate_limit_error|Slow",
        "429|{'type':'error','error':{'message':'Cap','type':'rate_limit_error','details':{'error_code':'enforced_spend_limit_reached'}}}|BUDGET|enforced_spend_limit_reached|Cap",
        "529|{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}|OVERLOADED|overloaded_error|Overloaded",
        "404|{'error':'model not found, try pulling it first'}|NOT_FOUND||model not found, try pulling it first",
        "422|{'message':'Extra inputs','type':'x'}|INVALID_REQUEST||Extra inputs",
        "502|<html>Bad gateway</html>|SERVER||<html>Bad gateway</html>",
        "503|{'cut|OVERLOADED||{\"cut",
      })
  void a_providers_error_keeps_its_status_and_text(
      int status, String body, Kind kind, String code, String message) {
    for (Dialect dialect : Bodies.PAIR) {
      ChatError error = Wire.of(dialect).readError(status, body.replace('\'', '"').getBytes(UTF_8));

      assertThat(error).isEqualTo(new ChatError(status, kind, code == null ? "" : code, message));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "null", "[]", "{}", "\u0000"})
  void any_body_can_be_read_as_an_error(String body) {
    ChatError error = Wire.of(OPENAI_CHAT).readError(500, body.getBytes(UTF_8));

    assertThat(error.status()).isEqualTo(500);
    assertThat(error.message()).isNotEmpty();
  }

  @Test
  void a_long_page_is_shortened() {
    ChatError error = Wire.of(OPENAI_CHAT).readError(502, "x".repeat(100_000).getBytes(UTF_8));

    assertThat(error.message()).hasSize(501).endsWith("…");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_REQUEST,invalid_request_error,,invalid_request_error",
    "AUTHENTICATION,invalid_request_error,invalid_api_key,authentication_error",
    "PERMISSION,invalid_request_error,,permission_error",
    "NOT_FOUND,invalid_request_error,,not_found_error",
    "TOO_LARGE,invalid_request_error,,request_too_large",
    "RATE_LIMIT,rate_limit_error,rate_limit_exceeded,rate_limit_error",
    "BUDGET,insufficient_quota,insufficient_quota,billing_error",
    "OVERLOADED,server_error,overloaded,overloaded_error",
    "TIMEOUT,server_error,timeout,timeout_error",
    "SERVER,server_error,,api_error"
  })
  void every_kind_has_its_word_in_both_dialects(
      Kind kind, String openAiType, String openAiCode, String anthropicType) {
    var error = new ChatError(418, kind, "", "Why\n\"so\"");

    assertThat(Bodies.json(Wire.of(OPENAI_CHAT).error(error)))
        .isEqualTo(
            Bodies.json(
                "{\"error\":{\"message\":\"Why\\n\\\"so\\\"\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
                    .formatted(openAiType, openAiCode == null ? "null" : '"' + openAiCode + '"')));
    assertThat(Bodies.json(Wire.of(ANTHROPIC_MESSAGES).error(error)))
        .isEqualTo(
            Bodies.json(
                "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"Why\\n\\\"so\\\"\"}}"
                    .formatted(anthropicType)));
  }

  @Test
  void an_error_said_in_a_dialect_is_read_back_the_same() {
    for (Dialect dialect : Bodies.PAIR) {
      for (Kind kind : Kind.values()) {
        int status = statusOf(kind);
        var error = new ChatError(status, kind, "", "Because");

        ChatError read = Wire.of(dialect).readError(status, Wire.of(dialect).error(error));

        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.message()).isEqualTo("Because");
      }
    }
  }

  @Test
  void models_are_listed_in_both_shapes() {
    var models =
        List.of(
            new ModelEntry("a", "openai", Instant.ofEpochSecond(1_700_000_000)),
            new ModelEntry("b", "local", Instant.EPOCH));

    assertThat(Bodies.json(Wire.of(OPENAI_CHAT).models(models)))
        .isEqualTo(
            Bodies.json(
                """
                {"object":"list","data":[
                  {"id":"a","object":"model","created":1700000000,"owned_by":"openai"},
                  {"id":"b","object":"model","created":0,"owned_by":"local"}]}\
                """));
    assertThat(Bodies.json(Wire.of(ANTHROPIC_MESSAGES).models(models)))
        .isEqualTo(
            Bodies.json(
                """
                {"data":[
                  {"type":"model","id":"a","display_name":"a","created_at":"2023-11-14T22:13:20Z"},
                  {"type":"model","id":"b","display_name":"b","created_at":"1970-01-01T00:00:00Z"}],
                 "has_more":false,"first_id":"a","last_id":"b"}\
                """));
    assertThat(Bodies.json(Wire.of(ANTHROPIC_MESSAGES).models(List.of())).get("first_id").isNull())
        .isTrue();
  }

  private static int statusOf(Kind kind) {
    return switch (kind) {
      case INVALID_REQUEST -> 400;
      case AUTHENTICATION -> 401;
      case BUDGET -> 402;
      case PERMISSION -> 403;
      case NOT_FOUND -> 404;
      case TOO_LARGE -> 413;
      case RATE_LIMIT -> 429;
      case OVERLOADED -> 529;
      case TIMEOUT -> 504;
      case SERVER -> 500;
    };
  }
}
