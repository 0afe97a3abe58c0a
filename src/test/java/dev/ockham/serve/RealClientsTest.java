package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.RateLimitException;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official OpenAI and Anthropic clients, each against both kinds of provider. */
final class RealClientsTest {
  private static final String TEXT = "Paris is the capital of France.";

  @TempDir Path folder;
  private ScriptedUpstream openAiUpstream;
  private ScriptedUpstream anthropicUpstream;
  private RunningGateway gateway;
  private OpenAIClient openAi;
  private AnthropicClient anthropic;

  RealClientsTest() {
    openAiUpstream = ScriptedUpstream.start(RealClientsTest::asOpenAi);
    anthropicUpstream = ScriptedUpstream.start(RealClientsTest::asAnthropic);
  }

  @BeforeEach
  void start() {
    gateway =
        RunningGateway.start(
            folder,
            RunningGateway.openAiModel("gpt", openAiUpstream),
            RunningGateway.anthropicModel("claude", anthropicUpstream));
    openAi =
        OpenAIOkHttpClient.builder()
            .baseUrl(gateway.url() + "/v1")
            .apiKey(gateway.clientKey())
            .maxRetries(0)
            .build();
    anthropic =
        AnthropicOkHttpClient.builder()
            .baseUrl(gateway.url())
            .apiKey(gateway.clientKey())
            .maxRetries(0)
            .build();
  }

  @AfterEach
  void stop() {
    openAi.close();
    anthropic.close();
    gateway.close();
    openAiUpstream.close();
    anthropicUpstream.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void openai_client_chats(String model) {
    ChatCompletion answer = openAi.chat().completions().create(openAiAsk(model, "capital?"));

    assertThat(answer.choices().getFirst().message().content()).contains(TEXT);
    assertThat(answer.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(11);
    assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void openai_client_streams(String model) {
    var asked =
        openAiAsk(model, "capital?").toBuilder()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(asked)) {
      List<ChatCompletionChunk> chunks = stream.stream().toList();

      String text =
          chunks.stream()
              .flatMap(chunk -> chunk.choices().stream())
              .flatMap(choice -> choice.delta().content().stream())
              .collect(Collectors.joining());
      assertThat(text).isEqualTo(TEXT);
      assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void openai_client_loops_over_a_tool(String model) {
    var asked =
        openAiAsk(model, "weather in Oslo?").toBuilder()
            .addFunctionTool(
                FunctionDefinition.builder()
                    .name("weather")
                    .description("Tells the weather")
                    .parameters(
                        FunctionParameters.builder()
                            .putAdditionalProperty("type", com.openai.core.JsonValue.from("object"))
                            .putAdditionalProperty(
                                "properties",
                                com.openai.core.JsonValue.from(
                                    Map.of("city", Map.of("type", "string"))))
                            .build())
                    .build())
            .build();
    ChatCompletion first = openAi.chat().completions().create(asked);
    var said = first.choices().getFirst().message();
    ChatCompletionMessageToolCall call = said.toolCalls().orElseThrow().getFirst();
    assertThat(call.asFunction().function().name()).isEqualTo("weather");
    assertThat(call.asFunction().function().arguments()).contains("Oslo");

    ChatCompletion second =
        openAi
            .chat()
            .completions()
            .create(
                asked.toBuilder()
                    .addMessage(said)
                    .addMessage(
                        ChatCompletionToolMessageParam.builder()
                            .toolCallId(call.asFunction().id())
                            .content("sunny")
                            .build())
                    .build());

    assertThat(second.choices().getFirst().message().content()).contains(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void openai_client_is_told_of_an_error(String model) {
    var asked = openAiAsk(model, "please throttle me");

    assertThatThrownBy(() -> openAi.chat().completions().create(asked))
        .isInstanceOfSatisfying(
            com.openai.errors.RateLimitException.class,
            error -> {
              assertThat(error.getMessage()).contains("slow down");
              assertThat(error.headers().values("retry-after")).containsExactly("3");
              assertThat(error.headers().values("x-ockham-model")).containsExactly(model);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void anthropic_client_chats(String model) {
    Message answer = anthropic.messages().create(anthropicAsk(model, "capital?"));

    assertThat(answer.content().getFirst().asText().text()).isEqualTo(TEXT);
    assertThat(answer.usage().inputTokens()).isEqualTo(11);
    assertThat(answer.usage().outputTokens()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void anthropic_client_streams(String model) {
    try (var stream = anthropic.messages().createStreaming(anthropicAsk(model, "capital?"))) {
      List<RawMessageStreamEvent> events = stream.stream().toList();

      String text =
          events.stream()
              .flatMap(event -> event.contentBlockDelta().stream())
              .flatMap(event -> event.delta().text().stream())
              .map(delta -> delta.text())
              .collect(Collectors.joining());
      assertThat(text).isEqualTo(TEXT);
      assertThat(events.getLast().isMessageStop()).isTrue();
      assertThat(
              events.stream()
                  .flatMap(event -> event.messageDelta().stream())
                  .mapToLong(event -> event.usage().outputTokens())
                  .max())
          .hasValue(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void anthropic_client_loops_over_a_tool(String model) {
    var asked =
        anthropicAsk(model, "weather in Oslo?").toBuilder()
            .addTool(
                com.anthropic.models.messages.Tool.builder()
                    .name("weather")
                    .description("Tells the weather")
                    .inputSchema(
                        com.anthropic.models.messages.Tool.InputSchema.builder()
                            .properties(
                                com.anthropic.models.messages.Tool.InputSchema.Properties.builder()
                                    .putAdditionalProperty(
                                        "city", JsonValue.from(Map.of("type", "string")))
                                    .build())
                            .build())
                    .build())
            .build();
    Message first = anthropic.messages().create(asked);
    ToolUseBlock call = first.content().getLast().asToolUse();
    assertThat(call.name()).isEqualTo("weather");
    assertThat(call._input().toString()).contains("Oslo");

    Message second =
        anthropic
            .messages()
            .create(
                asked.toBuilder()
                    .addMessage(first)
                    .addUserMessageOfContentBlockParams(
                        List.of(
                            ContentBlockParam.ofToolResult(
                                ToolResultBlockParam.builder()
                                    .toolUseId(call.id())
                                    .content("sunny")
                                    .build())))
                    .build());

    assertThat(second.content().getFirst().asText().text()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void anthropic_client_is_told_of_an_error(String model) {
    var asked = anthropicAsk(model, "please throttle me");

    assertThatThrownBy(() -> anthropic.messages().create(asked))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            error -> {
              assertThat(error.getMessage()).contains("slow down");
              assertThat(error.headers().values("retry-after")).containsExactly("3");
            });
  }

  private static ChatCompletionCreateParams openAiAsk(String model, String text) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(text).build();
  }

  private static MessageCreateParams anthropicAsk(String model, String text) {
    return MessageCreateParams.builder().model(model).maxTokens(500).addUserMessage(text).build();
  }

  private static Reply asOpenAi(Received request) {
    if (request.text().contains("throttle me")) {
      return OpenAiReplies.error(429, "rate_limit_exceeded", "slow down", "retry-after: 3");
    }
    return script(
            request,
            OpenAiReplies.toolCall("weather", "{\"city\":\"Oslo\"}"),
            OpenAiReplies.text(TEXT, 11, 7))
        .reply(request);
  }

  private static Reply asAnthropic(Received request) {
    if (request.text().contains("throttle me")) {
      return AnthropicReplies.error(429, "rate_limit_error", "slow down", "retry-after: 3");
    }
    return script(
            request,
            AnthropicReplies.toolCall("weather", "{\"city\":\"Oslo\"}"),
            AnthropicReplies.text(TEXT, 11, 7))
        .reply(request);
  }

  private static Script script(Received request, Script toolCall, Script text) {
    boolean wantsTool =
        request.text().contains("weather in Oslo") && !request.text().contains("sunny");
    return wantsTool ? toolCall : text;
  }
}
