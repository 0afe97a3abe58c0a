package dev.ockham.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** openai-java; the argument says which API. */
final class OpenAi {
  private static final OpenAIClient CLIENT =
      OpenAIOkHttpClient.builder()
          .baseUrl(Checks.URL + "/v1")
          .apiKey(Checks.KEY)
          .maxRetries(0)
          .build();
  private static final Map<String, JsonValue> SCHEMA =
      Map.of(
          "type",
          JsonValue.from("object"),
          "properties",
          JsonValue.from(Map.of("city", Map.of("type", "string"))),
          "required",
          JsonValue.from(List.of("city")),
          "additionalProperties",
          JsonValue.from(false));

  private OpenAi() {}

  public static void main(String[] args) {
    Checks.Status status = e -> ((OpenAIServiceException) e).statusCode();
    if (args[0].equals("chat")) {
      Checks.run(OpenAi::chat, OpenAi::streamChat, OpenAi::loopChat, status);
    } else {
      Checks.run(OpenAi::respond, OpenAi::streamResponse, OpenAi::loopResponses, status);
    }
  }

  private static ChatCompletionCreateParams.Builder ask(String text) {
    return ChatCompletionCreateParams.builder().model(Checks.MODEL).addUserMessage(text);
  }

  private static Checks.Said chat(String text) {
    ChatCompletion answer = CLIENT.chat().completions().create(ask(text).build());
    var usage = answer.usage().orElseThrow();
    return new Checks.Said(said(answer), usage.promptTokens(), usage.completionTokens());
  }

  private static String said(ChatCompletion answer) {
    return answer.choices().getFirst().message().content().orElse("");
  }

  private static Checks.Said streamChat(String text) {
    var options = ChatCompletionStreamOptions.builder().includeUsage(true).build();
    try (var stream =
        CLIENT.chat().completions().createStreaming(ask(text).streamOptions(options).build())) {
      var chunks = stream.stream().toList();
      var whole = new StringBuilder();
      chunks.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .forEach(whole::append);
      var usage = chunks.getLast().usage().orElseThrow();
      return new Checks.Said(whole.toString(), usage.promptTokens(), usage.completionTokens());
    }
  }

  private static Checks.Looped loopChat(String text) {
    var parameters = FunctionParameters.builder().additionalProperties(SCHEMA).build();
    var asked =
        ask(text)
            .addFunctionTool(
                FunctionDefinition.builder()
                    .name(Checks.TOOL)
                    .description(Checks.TOOL_SAYS)
                    .parameters(parameters)
                    .build())
            .build();
    var said = CLIENT.chat().completions().create(asked).choices().getFirst().message();
    var call = said.toolCalls().orElseThrow().getFirst().asFunction();
    var result =
        ChatCompletionToolMessageParam.builder()
            .toolCallId(call.id())
            .content(Checks.RESULT)
            .build();
    var next = asked.toBuilder().addMessage(said).addMessage(result).build();
    return new Checks.Looped(
        call.function().name(),
        city(call.function().arguments()),
        said(CLIENT.chat().completions().create(next)));
  }

  private static ResponseCreateParams.Builder input(List<ResponseInputItem> items) {
    return ResponseCreateParams.builder()
        .model(Checks.MODEL)
        .store(false)
        .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
        .inputOfResponse(items);
  }

  private static ResponseInputItem user(String text) {
    return ResponseInputItem.ofMessage(
        ResponseInputItem.Message.builder()
            .role(ResponseInputItem.Message.Role.USER)
            .addInputTextContent(text)
            .build());
  }

  private static Checks.Said respond(String text) {
    return told(CLIENT.responses().create(input(List.of(user(text))).build()));
  }

  private static Checks.Said told(Response response) {
    var text = new StringBuilder();
    response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .forEach(part -> text.append(part.text()));
    var usage = response.usage().orElseThrow();
    return new Checks.Said(text.toString(), usage.inputTokens(), usage.outputTokens());
  }

  private static Checks.Said streamResponse(String text) {
    try (var stream = CLIENT.responses().createStreaming(input(List.of(user(text))).build())) {
      var events = stream.stream().toList();
      var whole = new StringBuilder();
      events.stream()
          .flatMap(event -> event.outputTextDelta().stream())
          .forEach(delta -> whole.append(delta.delta()));
      Checks.Said end = told(events.getLast().completed().orElseThrow().response());
      return new Checks.Said(whole.toString(), end.input(), end.output());
    }
  }

  private static Checks.Looped loopResponses(String text) {
    var tool =
        FunctionTool.builder()
            .name(Checks.TOOL)
            .description(Checks.TOOL_SAYS)
            .parameters(FunctionTool.Parameters.builder().additionalProperties(SCHEMA).build())
            .strict(true)
            .build();
    var items = new ArrayList<ResponseInputItem>(List.of(user(text)));
    Response first = CLIENT.responses().create(input(items).addTool(tool).build());
    for (ResponseOutputItem item : first.output()) {
      item.reasoning().ifPresent(said -> items.add(ResponseInputItem.ofReasoning(said)));
      item.functionCall().ifPresent(said -> items.add(ResponseInputItem.ofFunctionCall(said)));
    }
    var call =
        first.output().stream().flatMap(item -> item.functionCall().stream()).findFirst().get();
    items.add(
        ResponseInputItem.ofFunctionCallOutput(
            ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output(Checks.RESULT)
                .build()));
    Response end = CLIENT.responses().create(input(items).addTool(tool).build());
    return new Checks.Looped(call.name(), city(call.arguments()), told(end).text());
  }

  private static String city(String arguments) {
    return arguments.replaceAll(".*\"city\"\\s*:\\s*\"([^\"]*)\".*", "$1");
  }
}
