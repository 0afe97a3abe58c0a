package dev.ockham.clients;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/**
 * AWS's own clients, with the bearer token of {@code AWS_BEARER_TOKEN_BEDROCK}. The argument says
 * which: the blocking one over HTTP/1.1, or the other one over HTTP/2 as it is by default. Streams
 * are the other one's alone.
 */
final class Bedrock {
  private static final URI ENDPOINT = URI.create(Checks.URL);
  private static final BedrockRuntimeAsyncClient ASYNC =
      BedrockRuntimeAsyncClient.builder()
          .endpointOverride(ENDPOINT)
          .region(Region.EU_CENTRAL_1)
          .overrideConfiguration(settings -> settings.retryStrategy(retry -> retry.maxAttempts(1)))
          .build();

  private Bedrock() {}

  public static void main(String[] args) {
    Function<ConverseRequest, ConverseResponse> converse =
        args[0].equals("sync") ? blocking()::converse : Bedrock::joined;
    Checks.run(
        text -> told(converse.apply(ask(List.of(user(text)), List.of()))),
        Bedrock::stream,
        text -> loop(converse, text),
        e -> ((AwsServiceException) e).statusCode());
  }

  private static BedrockRuntimeClient blocking() {
    return BedrockRuntimeClient.builder()
        .endpointOverride(ENDPOINT)
        .region(Region.EU_CENTRAL_1)
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(settings -> settings.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private static ConverseResponse joined(ConverseRequest request) {
    try {
      return ASYNC.converse(request).join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private static Message user(String text) {
    return Message.builder().role("user").content(ContentBlock.fromText(text)).build();
  }

  private static ConverseRequest ask(List<Message> messages, List<ToolConfiguration> tools) {
    var request = ConverseRequest.builder().modelId(Checks.MODEL).messages(messages);
    tools.forEach(request::toolConfig);
    return request.build();
  }

  private static Checks.Said stream(String text) {
    var whole = new StringBuilder();
    var counts = new ArrayList<Integer>();
    var visitor =
        ConverseStreamResponseHandler.Visitor.builder()
            .onContentBlockDelta(delta -> whole.append(delta.delta().text()))
            .onMetadata(
                end -> {
                  counts.add(end.usage().inputTokens());
                  counts.add(end.usage().outputTokens());
                })
            .build();
    var request =
        ConverseStreamRequest.builder().modelId(Checks.MODEL).messages(user(text)).build();
    ASYNC
        .converseStream(
            request, ConverseStreamResponseHandler.builder().subscriber(visitor).build())
        .join();
    return new Checks.Said(whole.toString(), counts.getFirst(), counts.getLast());
  }

  private static Checks.Looped loop(
      Function<ConverseRequest, ConverseResponse> converse, String text) {
    var schema =
        Document.mapBuilder()
            .putString("type", "object")
            .putDocument(
                "properties",
                Document.mapBuilder()
                    .putDocument("city", Document.mapBuilder().putString("type", "string").build())
                    .build())
            .build();
    var tools =
        ToolConfiguration.builder()
            .tools(
                software.amazon.awssdk.services.bedrockruntime.model.Tool.fromToolSpec(
                    tool ->
                        tool.name(Checks.TOOL)
                            .description(Checks.TOOL_SAYS)
                            .inputSchema(ToolInputSchema.fromJson(schema))))
            .build();
    Message said =
        converse.apply(ask(List.of(user(text)), List.of(tools))).output().message();
    var call =
        said.content().stream().filter(block -> block.toolUse() != null).findFirst().get().toolUse();
    var result =
        ContentBlock.fromToolResult(
            block ->
                block
                    .toolUseId(call.toolUseId())
                    .content(ToolResultContentBlock.fromText(Checks.RESULT)));
    var answered = Message.builder().role("user").content(result).build();
    var end = converse.apply(ask(List.of(user(text), said, answered), List.of(tools)));
    return new Checks.Looped(
        call.name(), call.input().asMap().get("city").asString(), told(end).text());
  }

  private static Checks.Said told(ConverseResponse response) {
    var text = new StringBuilder();
    response.output().message().content().stream()
        .filter(block -> block.text() != null)
        .forEach(block -> text.append(block.text()));
    return new Checks.Said(
        text.toString(), response.usage().inputTokens(), response.usage().outputTokens());
  }
}
