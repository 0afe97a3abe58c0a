package dev.ockham.clients;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.Tool;
import java.util.List;
import java.util.Map;

/** anthropic-java; the same source for 2.x (2023-06-01) and 3.x (2026-10-21). */
final class AnthropicMessages {
  private static final AnthropicClient CLIENT =
      AnthropicOkHttpClient.builder()
          .baseUrl(Checks.URL)
          .apiKey(Checks.KEY)
          .maxRetries(0)
          .build();

  private AnthropicMessages() {}

  public static void main(String[] args) {
    Checks.run(
        text -> told(CLIENT.messages().create(ask(text).build())),
        AnthropicMessages::stream,
        AnthropicMessages::loop,
        e -> ((AnthropicServiceException) e).statusCode());
  }

  private static MessageCreateParams.Builder ask(String text) {
    return MessageCreateParams.builder().model(Checks.MODEL).maxTokens(4000).addUserMessage(text);
  }

  private static Checks.Said stream(String text) {
    var whole = MessageAccumulator.create();
    try (var stream = CLIENT.messages().createStreaming(ask(text).build())) {
      stream.stream().forEach(whole::accumulate);
    }
    return told(whole.message());
  }

  private static Checks.Looped loop(String text) {
    var properties =
        Tool.InputSchema.Properties.builder()
            .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
            .build();
    var asked =
        ask(text)
            .addTool(
                Tool.builder()
                    .name(Checks.TOOL)
                    .description(Checks.TOOL_SAYS)
                    .inputSchema(
                        Tool.InputSchema.builder()
                            .properties(properties)
                            .required(List.of("city"))
                            .build())
                    .build())
            .build();
    Message said = CLIENT.messages().create(asked);
    var call = said.content().stream().flatMap(b -> b.toolUse().stream()).findFirst().get();
    var result = Map.of("type", "tool_result", "tool_use_id", call.id(), "content", Checks.RESULT);
    MessageParam answered = // its builders have other names in 2.x and 3.x
        JsonValue.from(Map.of("role", "user", "content", List.of(result)))
            .convert(MessageParam.class);
    Message end =
        CLIENT
            .messages()
            .create(asked.toBuilder().addMessage(said).addMessage(answered).build());
    Map<?, ?> input = call._input().convert(Map.class);
    return new Checks.Looped(
        call.name(), String.valueOf(input.get("city")), told(end).text());
  }

  private static Checks.Said told(Message message) {
    var text = new StringBuilder();
    message.content().stream()
        .flatMap(block -> block.text().stream())
        .forEach(block -> text.append(block.text()));
    return new Checks.Said(
        text.toString(), message.usage().inputTokens(), message.usage().outputTokens());
  }
}
