package dev.ockham.testing;

import java.util.ArrayList;
import java.util.List;

/** Answers as an OpenAI chat server gives them. */
public final class OpenAiReplies {
  private OpenAiReplies() {}

  /** The text, streamed word by word if the request asks for a stream. */
  public static Script text(String text, long inputTokens, long outputTokens) {
    return request ->
        request.asksForStream()
            ? Reply.stream(textEvents(text, inputTokens, outputTokens))
            : Reply.json(200, textBody(text, inputTokens, outputTokens));
  }

  public static String textBody(String text, long inputTokens, long outputTokens) {
    return """
    {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"upstream-model",\
    "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},\
    "logprobs":null,"finish_reason":"stop"}],"usage":%s}\
    """
        .formatted(text, usage(inputTokens, outputTokens));
  }

  /** Events of a stream that reports usage in an extra chunk before it is done. */
  public static List<String> textEvents(String text, long inputTokens, long outputTokens) {
    var events = new ArrayList<String>();
    events.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    for (String word : text.splitWithDelimiters(" ", 0)) {
      events.add(chunk("{\"content\":\"" + word + "\"}", "null"));
    }
    events.add(chunk("{}", "\"stop\""));
    events.add(usageChunk(inputTokens, outputTokens));
    events.add("data: [DONE]\n\n");
    return events;
  }

  /** A call of one tool, streamed if the request asks for a stream. */
  public static Script toolCall(String tool, String arguments) {
    String escaped = arguments.replace("\"", "\\\"");
    return request ->
        request.asksForStream()
            ? Reply.stream(toolCallEvents(tool, escaped))
            : Reply.json(200, toolCallBody(tool, escaped));
  }

  public static Reply error(int status, String type, String message, String... headerLines) {
    return Reply.json(
        status,
        "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":null}}"
            .formatted(message, type),
        headerLines);
  }

  private static String toolCallBody(String tool, String arguments) {
    return """
    {"id":"chatcmpl-2","object":"chat.completion","created":1,"model":"upstream-model",\
    "choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":null,\
    "tool_calls":[{"id":"call_1","type":"function","function":{"name":"%s","arguments":"%s"}}]},\
    "logprobs":null,"finish_reason":"tool_calls"}],"usage":%s}\
    """
        .formatted(tool, arguments, usage(20, 8));
  }

  private static List<String> toolCallEvents(String tool, String arguments) {
    return List.of(
        chunk("{\"role\":\"assistant\",\"content\":null}", "null"),
        chunk(
            "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"%s\",\"arguments\":\"\"}}]}".formatted(tool),
            "null"),
        chunk(
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\"}}]}"
                .formatted(arguments),
            "null"),
        chunk("{}", "\"tool_calls\""),
        usageChunk(20, 8),
        "data: [DONE]\n\n");
  }

  private static String chunk(String delta, String finish) {
    return """
    data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,\
    "model":"upstream-model","choices":[{"index":0,"delta":%s,"finish_reason":%s}]}

    """
        .formatted(delta, finish);
  }

  private static String usageChunk(long inputTokens, long outputTokens) {
    return """
    data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,\
    "model":"upstream-model","choices":[],"usage":%s}

    """
        .formatted(usage(inputTokens, outputTokens));
  }

  private static String usage(long in, long out) {
    return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
        .formatted(in, out, in + out);
  }
}
