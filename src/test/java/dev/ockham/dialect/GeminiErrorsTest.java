package dev.ockham.dialect;

import static dev.ockham.chat.Dialect.GEMINI_GENERATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiErrorsTest {
  private static final Wire GEMINI = Wire.of(GEMINI_GENERATE);
  private static final String THROTTLED =
      """
      {"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[
        {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":"m"}]},
        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.0744s"}]}}\
      """;

  @Test
  void googles_errors_keep_status_and_text() {
    assertThat(GEMINI.readError(429, THROTTLED.getBytes(UTF_8)))
        .isEqualTo(
            new ChatError(429, ChatError.Kind.RATE_LIMIT, "RESOURCE_EXHAUSTED", "Quota exceeded"));
    assertThat(GEMINI.readError(429, ("[" + THROTTLED + "\n]").getBytes(UTF_8)).message())
        .isEqualTo("Quota exceeded");
    assertThat(GEMINI.readError(502, "<html>".getBytes(UTF_8)).message()).isEqualTo("<html>");
  }

  @Test
  void the_wait_hides_in_the_details() {
    assertThat(GEMINI.retryAfter(429, THROTTLED.getBytes(UTF_8)))
        .contains(Duration.ofMillis(34_075));
    assertThat(GEMINI.retryAfter(429, "{\"error\":{}}".getBytes(UTF_8))).isEmpty();
    assertThat(
            GEMINI.retryAfter(
                429, "{\"error\":{\"details\":[{\"retryDelay\":\"forever\"}]}}".getBytes(UTF_8)))
        .isEmpty();
  }

  @Test
  void a_key_that_google_does_not_know_is_a_matter_of_credentials() {
    ChatError error =
        GEMINI.readError(
            400,
            """
            {"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT",
              "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}\
            """
                .getBytes(UTF_8));

    assertThat(error.status()).isEqualTo(401);
    assertThat(error.kind()).isEqualTo(ChatError.Kind.AUTHENTICATION);
  }

  @ParameterizedTest
  @CsvSource({
    "400,INVALID_ARGUMENT",
    "401,UNAUTHENTICATED",
    "403,PERMISSION_DENIED",
    "404,NOT_FOUND",
    "429,RESOURCE_EXHAUSTED",
    "500,INTERNAL",
    "503,UNAVAILABLE",
    "529,UNAVAILABLE",
    "504,DEADLINE_EXCEEDED"
  })
  void errors_are_told_in_googles_words(int status, String word) {
    var error = new ChatError(status, ChatError.kindOf(status), "some_code", "what was wrong");

    assertThat(Bodies.json(GEMINI.error(error)))
        .isEqualTo(
            Bodies.json(
                """
                {"error":{"code":%d,"message":"what was wrong","status":"%s","details":[
                  {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SOME_CODE","domain":"ockham"}]}}\
                """
                    .formatted(status, word)));
  }

  @Test
  void an_error_in_a_stream_is_seen_by_clients_of_either_kind() {
    var error = new ChatError(500, ChatError.Kind.SERVER, "", "broke");
    String body = "{\"error\":{\"code\":500,\"message\":\"broke\",\"status\":\"INTERNAL\"}}";

    assertThat(new String(GEMINI.errorEvent(error), UTF_8))
        .isEqualTo("data: " + body + "\n\n" + body + "\n");
  }

  @Test
  void models_are_listed_as_google_lists_them() {
    List<ModelEntry> models = List.of(new ModelEntry("a", "x", Instant.EPOCH));

    String model =
        "{\"name\":\"models/a\",\"displayName\":\"a\",\"supportedGenerationMethods\":[\"generateContent\",\"countTokens\"]}";
    assertThat(new String(GEMINI.models(models), UTF_8)).isEqualTo("{\"models\":[" + model + "]}");
    assertThat(new String(GEMINI.models(models, true), UTF_8))
        .isEqualTo("{\"models\":[" + model + "],\"nextPageToken\":\"a\"}");
    assertThat(new String(GEMINI.model(models.getFirst()), UTF_8)).isEqualTo(model);
  }
}
