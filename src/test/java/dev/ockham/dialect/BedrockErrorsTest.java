package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors as Bedrock words them, in bodies and in streams. */
class BedrockErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "throttlingException,429,RATE_LIMIT",
    "validationException,400,INVALID_REQUEST",
    "internalServerException,500,SERVER",
    "serviceUnavailableException,503,OVERLOADED",
    "modelStreamErrorException,424,SERVER",
    "modelTimeoutException,408,TIMEOUT",
    "someFutureException,500,SERVER",
  })
  void an_exception_in_a_stream_has_the_status_of_its_name(
      String name, int status, ChatError.Kind kind) {
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);

    assertThat(
            BedrockReplyTest.read(BedrockReplyTest.STREAM[0], name + " {\"message\":\"It broke\"}")
                .getLast())
        .isEqualTo(new ChatEvent.Failed(new ChatError(status, kind, type, "It broke")));
  }

  @Test
  void an_exception_tells_the_status_that_the_model_had() {
    assertThat(
            BedrockReplyTest.read(
                "modelStreamErrorException {\"originalStatusCode\":529,\"message\":\"busy\"}"))
        .containsExactly(
            new ChatEvent.Failed(
                new ChatError(
                    529, ChatError.Kind.OVERLOADED, "ModelStreamErrorException", "busy")));
  }

  @Test
  void errors_are_read_with_status_text_and_name() {
    Wire wire = BedrockBodies.WIRE;

    assertThat(wire.readError(429, "{\"message\":\"slow\"}".getBytes(UTF_8)))
        .isEqualTo(new ChatError(429, ChatError.Kind.RATE_LIMIT, "", "slow"));
    assertThat(wire.readError(403, "{\"Message\":\"no\"}".getBytes(UTF_8)).message())
        .isEqualTo("no");
    assertThat(
            wire.readError(
                400,
                "{\"__type\":\"com.amazon#ServiceQuotaExceededException\",\"message\":\"full\"}"
                    .getBytes(UTF_8)))
        .isEqualTo(
            new ChatError(400, ChatError.Kind.RATE_LIMIT, "ServiceQuotaExceededException", "full"));
    assertThat(wire.readError(424, "<html>".getBytes(UTF_8)))
        .isEqualTo(new ChatError(424, ChatError.Kind.SERVER, "", "<html>"));
  }

  @ParameterizedTest
  @CsvSource({
    "400,INVALID_REQUEST,ValidationException,validationException",
    "401,AUTHENTICATION,AccessDeniedException,validationException",
    "404,NOT_FOUND,ResourceNotFoundException,validationException",
    "429,RATE_LIMIT,ThrottlingException,throttlingException",
    "402,BUDGET,ServiceQuotaExceededException,throttlingException",
    "529,OVERLOADED,ServiceUnavailableException,serviceUnavailableException",
    "504,TIMEOUT,ModelTimeoutException,modelStreamErrorException",
    "424,SERVER,ModelErrorException,modelStreamErrorException",
    "502,SERVER,InternalServerException,modelStreamErrorException",
  })
  void errors_are_told_by_name(int status, ChatError.Kind kind, String name, String event) {
    var error = new ChatError(status, kind, "some_code", "It broke");
    Wire wire = BedrockBodies.WIRE;

    assertThat(wire.errorHeaders(error)).isEqualTo(Map.of("x-amzn-errortype", name));
    assertThat(new String(wire.error(error), UTF_8)).isEqualTo("{\"message\":\"It broke\"}");
    assertThat(BedrockBodies.events(wire.errorEvent(error)).getFirst())
        .startsWith(event + " {\"message\":\"It broke\"");
  }
}
