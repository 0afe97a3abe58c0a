package dev.ockham.clients;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** LangChain4j on the JDK's HTTP client, which offers h2c; the argument says which models. */
record LangChain4j(ChatModel model, StreamingChatModel streaming) {
  public static void main(String[] args) {
    LangChain4j models =
        switch (args[0]) {
          case "openai" -> openAi();
          case "anthropic" -> anthropic();
          default -> google();
        };
    Checks.run(models::chat, models::stream, models::loop, LangChain4j::status);
  }

  private static LangChain4j openAi() {
    String url = Checks.URL + "/v1";
    return new LangChain4j(
        OpenAiChatModel.builder()
            .baseUrl(url)
            .apiKey(Checks.KEY)
            .modelName(Checks.MODEL)
            .maxRetries(0)
            .build(),
        OpenAiStreamingChatModel.builder()
            .baseUrl(url)
            .apiKey(Checks.KEY)
            .modelName(Checks.MODEL)
            .build());
  }

  private static LangChain4j anthropic() {
    String url = Checks.URL + "/v1";
    return new LangChain4j(
        AnthropicChatModel.builder()
            .baseUrl(url)
            .apiKey(Checks.KEY)
            .modelName(Checks.MODEL)
            .maxTokens(4000)
            .returnThinking(true)
            .sendThinking(true)
            .maxRetries(0)
            .build(),
        AnthropicStreamingChatModel.builder()
            .baseUrl(url)
            .apiKey(Checks.KEY)
            .modelName(Checks.MODEL)
            .maxTokens(4000)
            .build());
  }

  private static LangChain4j google() {
    String url = Checks.URL + "/v1beta";
    return new LangChain4j(
        GoogleAiGeminiChatModel.builder()
            .baseUrl(url)
            .apiKey(Checks.KEY)
            .modelName(Checks.MODEL)
            .returnThinking(true)
            .sendThinking(true)
            .maxRetries(0)
            .build(),
        GoogleAiGeminiStreamingChatModel.builder()
            .baseUrl(url)
            .apiKey(Checks.KEY)
            .modelName(Checks.MODEL)
            .build());
  }

  private Checks.Said chat(String text) {
    return told(model.chat(ask(UserMessage.from(text))));
  }

  private Checks.Said stream(String text) {
    var end = new CompletableFuture<ChatResponse>();
    var whole = new StringBuilder();
    streaming.chat(
        ask(UserMessage.from(text)),
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String piece) {
            whole.append(piece);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            end.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            end.completeExceptionally(error);
          }
        });
    Checks.Said said = told(end.join());
    return new Checks.Said(whole.toString(), said.input(), said.output());
  }

  private Checks.Looped loop(String text) {
    UserMessage asked = UserMessage.from(text);
    var said = model.chat(withTool(asked)).aiMessage();
    var call = said.toolExecutionRequests().getFirst();
    var result = ToolExecutionResultMessage.from(call, Checks.RESULT);
    String end = model.chat(withTool(asked, said, result)).aiMessage().text();
    String city = call.arguments().replaceAll("(?s).*\"city\"\\s*:\\s*\"([^\"]*)\".*", "$1");
    return new Checks.Looped(call.name(), city, end);
  }

  private static ChatRequest ask(ChatMessage... messages) {
    return ChatRequest.builder().messages(List.of(messages)).build();
  }

  private static ChatRequest withTool(ChatMessage... messages) {
    var tool =
        ToolSpecification.builder()
            .name(Checks.TOOL)
            .description(Checks.TOOL_SAYS)
            .parameters(
                JsonObjectSchema.builder().addStringProperty("city").required("city").build())
            .build();
    return ChatRequest.builder().messages(List.of(messages)).toolSpecifications(tool).build();
  }

  private static Checks.Said told(ChatResponse response) {
    var usage = response.tokenUsage();
    return new Checks.Said(
        response.aiMessage().text(), usage.inputTokenCount(), usage.outputTokenCount());
  }

  private static int status(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException http) {
        return http.statusCode();
      }
    }
    return -1;
  }
}
