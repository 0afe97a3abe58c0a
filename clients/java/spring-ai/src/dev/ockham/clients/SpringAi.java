package dev.ockham.clients;

import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** Spring AI; the argument says which of its models. */
record SpringAi(ChatModel model, ChatOptions plain, ChatOptions withTool) {
  private static final List<String> CITIES = new ArrayList<>();

  /** What the tool is called with. */
  record Place(String city) {}

  public static void main(String[] args) {
    SpringAi spring = args[0].equals("openai") ? openAi() : anthropic();
    Checks.run(spring::chat, spring::stream, spring::loop, SpringAi::status);
  }

  private static SpringAi openAi() {
    OpenAiChatOptions plain =
        OpenAiChatOptions.builder()
            .baseUrl(Checks.URL + "/v1")
            .apiKey(Checks.KEY)
            .model(Checks.MODEL)
            .maxRetries(0)
            .streamUsage(true)
            .build();
    return new SpringAi(
        OpenAiChatModel.builder().options(plain).build(),
        plain,
        plain.mutate().toolCallbacks(weather()).build());
  }

  private static SpringAi anthropic() {
    AnthropicChatOptions plain =
        AnthropicChatOptions.builder()
            .baseUrl(Checks.URL)
            .apiKey(Checks.KEY)
            .model(Checks.MODEL)
            .maxTokens(4000)
            .maxRetries(0)
            .build();
    return new SpringAi(
        AnthropicChatModel.builder().options(plain).build(),
        plain,
        plain.mutate().toolCallbacks(weather()).build());
  }

  private static ToolCallback weather() {
    return FunctionToolCallback.<Place, String>builder(
            Checks.TOOL,
            place -> {
              CITIES.add(place.city());
              return Checks.RESULT;
            })
        .description(Checks.TOOL_SAYS)
        .inputType(Place.class)
        .build();
  }

  private Checks.Said chat(String text) {
    return told(model.call(new Prompt(text, plain)));
  }

  private Checks.Said stream(String text) {
    List<ChatResponse> pieces = model.stream(new Prompt(text, plain)).collectList().block();
    var whole = new StringBuilder();
    int input = 0;
    int output = 0;
    for (ChatResponse piece : pieces) {
      if (piece.getResult() != null && piece.getResult().getOutput().getText() != null) {
        whole.append(piece.getResult().getOutput().getText());
      }
      input = Math.max(input, piece.getMetadata().getUsage().getPromptTokens());
      output = Math.max(output, piece.getMetadata().getUsage().getCompletionTokens());
    }
    return new Checks.Said(whole.toString(), input, output);
  }

  private Checks.Looped loop(String text) {
    var prompt = new Prompt(List.of(new UserMessage(text)), withTool);
    ChatResponse said = model.call(prompt);
    if (said.hasToolCalls()) {
      var run = ToolCallingManager.builder().build().executeToolCalls(prompt, said);
      said = model.call(new Prompt(run.conversationHistory(), withTool));
    }
    return new Checks.Looped(
        CITIES.size() == 1 ? Checks.TOOL : CITIES.size() + " calls",
        CITIES.getFirst(),
        told(said).text());
  }

  private static Checks.Said told(ChatResponse response) {
    var usage = response.getMetadata().getUsage();
    return new Checks.Said(
        response.getResult().getOutput().getText(),
        usage.getPromptTokens(),
        usage.getCompletionTokens());
  }

  private static int status(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof com.openai.errors.OpenAIServiceException service) {
        return service.statusCode();
      }
      if (cause instanceof com.anthropic.errors.AnthropicServiceException service) {
        return service.statusCode();
      }
    }
    return -1;
  }
}
