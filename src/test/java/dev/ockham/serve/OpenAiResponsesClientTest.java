package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.ockham.catalog.Endpoint;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official OpenAI client speaking Responses to providers that do not, and Chat to one that
 * does.
 */
final class OpenAiResponsesClientTest {
  private static final String TEXT = "Paris is the capital of France.";

  @TempDir Path folder;
  private final ScriptedUpstream chat = ScriptedUpstream.start(OpenAiResponsesClientTest::asChat);
  private final ScriptedUpstream anthropic =
      ScriptedUpstream.start(OpenAiResponsesClientTest::asAnthropic);
  private final ScriptedUpstream responses =
      ScriptedUpstream.start(OpenAiResponsesClientTest::asResponses);
  private RunningGateway gateway;
  private OpenAIClient client;

  @BeforeEach
  void start() {
    var endpoint =
        new Endpoint(
            "openai", Dialect.OPENAI_RESPONSES, responses.url() + "/v1", Duration.ofSeconds(30));
    gateway =
        RunningGateway.start(
            folder,
            RunningGateway.openAiModel("gpt", chat),
            RunningGateway.anthropicModel("claude", anthropic),
            RunningGateway.model("thinker", endpoint));
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(gateway.url() + "/v1")
            .apiKey(gateway.clientKey())
            .maxRetries(0)
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
    List.of(chat, anthropic, responses).forEach(ScriptedUpstream::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude", "thinker"})
  void a_responses_client_chats(String model) {
    Response answer = client.responses().create(ask(model, "capital?"));

    assertThat(text(answer)).isEqualTo(TEXT);
    assertThat(answer.status()).contains(ResponseStatus.COMPLETED);
    assertThat(answer.usage().orElseThrow().inputTokens()).isEqualTo(11);
    assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(7);
    assertThat(answer.isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude", "thinker"})
  void a_responses_client_streams(String model) {
    var heard = ResponseAccumulator.createWithSnapshots();
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(ask(model, "capital?"))) {
      stream.stream().forEach(heard::accumulate);
    }

    assertThat(text(heard.response())).isEqualTo(TEXT);
    assertThat(text(heard.reconstructedResponse())).isEqualTo(TEXT);
    assertThat(heard.response().usage().orElseThrow().totalTokens()).isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude", "thinker"})
  void a_responses_client_loops_over_a_tool(String model) {
    ResponseCreateParams asked =
        ask(model, "weather in Oslo?").toBuilder()
            .addTool(
                FunctionTool.builder()
                    .name("weather")
                    .strict(false)
                    .parameters(
                        FunctionTool.Parameters.builder()
                            .putAdditionalProperty("type", JsonValue.from("object"))
                            .putAdditionalProperty(
                                "properties",
                                JsonValue.from(Map.of("city", Map.of("type", "string"))))
                            .build())
                    .build())
            .build();
    ResponseFunctionToolCall call =
        client.responses().create(asked).output().getLast().asFunctionCall();
    assertThat(call.name()).isEqualTo("weather");
    assertThat(call.arguments()).contains("Oslo");

    Response second =
        client
            .responses()
            .create(
                asked.toBuilder()
                    .inputOfResponse(
                        List.of(
                            ResponseInputItem.ofEasyInputMessage(
                                EasyInputMessage.builder()
                                    .role(EasyInputMessage.Role.USER)
                                    .content("weather in Oslo?")
                                    .build()),
                            ResponseInputItem.ofFunctionCall(call),
                            ResponseInputItem.ofFunctionCallOutput(
                                ResponseInputItem.FunctionCallOutput.builder()
                                    .callId(call.callId())
                                    .output("sunny")
                                    .build())))
                    .build());

    assertThat(text(second)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude", "thinker"})
  void a_responses_client_is_told_of_an_error(String model) {
    assertThatThrownBy(() -> client.responses().create(ask(model, "please throttle me")))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            error -> {
              assertThat(error.getMessage()).contains("slow down");
              assertThat(error.headers().values("retry-after")).containsExactly("3");
            });
  }

  @Test
  void a_chat_client_is_answered_by_a_provider_that_speaks_responses() {
    ChatCompletion answer =
        client
            .chat()
            .completions()
            .create(
                ChatCompletionCreateParams.builder()
                    .model("thinker")
                    .addUserMessage("capital?")
                    .build());

    assertThat(answer.choices().getFirst().message().content()).contains(TEXT);
    assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(11);
    assertThat(responses.lastReceived().path()).isEqualTo("/v1/responses");
    assertThat(responses.lastReceived().text()).contains("\"store\":false");
  }

  @Test
  void a_request_in_the_providers_own_dialect_passes_with_its_model_edited() {
    client.responses().create(ask("thinker", "capital?"));

    assertThat(responses.lastReceived().text())
        .contains("\"model\":\"upstream-thinker\"")
        .contains("\"input\":\"capital?\"")
        .doesNotContain("store");
  }

  private static ResponseCreateParams ask(String model, String text) {
    return ResponseCreateParams.builder().model(model).input(text).build();
  }

  private static String text(Response answer) {
    ResponseOutputItem last = answer.output().getLast();
    return last.asMessage().content().getFirst().asOutputText().text();
  }

  private static Reply asChat(Received request) {
    return request.text().contains("throttle me")
        ? OpenAiReplies.error(429, "rate_limit_exceeded", "slow down", "retry-after: 3")
        : script(
                request,
                OpenAiReplies.toolCall("weather", "{\"city\":\"Oslo\"}"),
                OpenAiReplies.text(TEXT, 11, 7))
            .reply(request);
  }

  private static Reply asAnthropic(Received request) {
    return request.text().contains("throttle me")
        ? AnthropicReplies.error(429, "rate_limit_error", "slow down", "retry-after: 3")
        : script(
                request,
                AnthropicReplies.toolCall("weather", "{\"city\":\"Oslo\"}"),
                AnthropicReplies.text(TEXT, 11, 7))
            .reply(request);
  }

  private static Reply asResponses(Received request) {
    return request.text().contains("throttle me")
        ? OpenAiReplies.error(429, "rate_limit_exceeded", "slow down", "retry-after: 3")
        : script(
                request,
                OpenAiResponsesReplies.toolCall("weather", "{\\\"city\\\":\\\"Oslo\\\"}"),
                OpenAiResponsesReplies.text(TEXT))
            .reply(request);
  }

  private static Script script(Received request, Script toolCall, Script text) {
    boolean wantsTool =
        request.text().contains("weather in Oslo") && !request.text().contains("sunny");
    return wantsTool ? toolCall : text;
  }
}
