package dev.ockham.testing;

import java.util.ArrayList;
import java.util.List;

/** Answers as an Anthropic messages server gives them. */
public final class AnthropicReplies {
  private AnthropicReplies() {}

  /** The text, streamed word by word if the request asks for a stream. */
  public static Script text(String text, long inputTokens, long outputTokens) {
    return request ->
        request.asksForStream()
            ? Reply.stream(textEvents(text, inputTokens, outputTokens))
            : Reply.json(200, textBody(text, inputTokens, outputTokens));
  }

  public static String textBody(String text, long inputTokens, long outputTokens) {
    return message(
        "[{\"type\":\"text\",\"text\":\"" + text + "\"}]", "end_turn", inputTokens, outputTokens);
  }

  public static List<String> textEvents(String text, long inputTokens, long outputTokens) {
    var events = new ArrayList<String>();
    events.add(start(inputTokens));
    events.add(
        event(
            "content_block_start",
            "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
    for (String word : text.splitWithDelimiters(" ", 0)) {
      events.add(
          event(
              "content_block_delta",
              "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + word + "\"}"));
    }
    events.addAll(finish("end_turn", outputTokens));
    return events;
  }

  /** A call of one tool, streamed if the request asks for a stream. */
  public static Script toolCall(String tool, String arguments) {
    return request ->
        request.asksForStream()
            ? Reply.stream(toolCallEvents(tool, arguments))
            : Reply.json(
                200,
                message(
                    "[{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"%s\",\"input\":%s}]"
                        .formatted(tool, arguments),
                    "tool_use",
                    20,
                    8));
  }

  public static Reply error(int status, String type, String message, String... headerLines) {
    return Reply.json(
        status,
        "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"},\"request_id\":\"req_1\"}"
            .formatted(type, message),
        headerLines);
  }

  /** The event that a server sends when it breaks off. */
  public static String errorEvent(String type, String message) {
    return event(
        "error", "\"error\":{\"type\":\"%s\",\"message\":\"%s\"}".formatted(type, message));
  }

  private static List<String> toolCallEvents(String tool, String arguments) {
    var events = new ArrayList<String>();
    events.add(start(20));
    events.add(
        event(
            "content_block_start",
            "\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\","
                + "\"name\":\"%s\",\"input\":{}}".formatted(tool)));
    events.add(
        event(
            "content_block_delta",
            "\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"%s\"}"
                .formatted(arguments.replace("\"", "\\\""))));
    events.addAll(finish("tool_use", 8));
    return events;
  }

  private static String start(long inputTokens) {
    return event(
        "message_start",
        """
        "message":{"id":"msg_1","type":"message","role":"assistant","model":"upstream-model",\
        "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":%d,\
        "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1}}\
        """
            .formatted(inputTokens));
  }

  private static List<String> finish(String reason, long outputTokens) {
    return List.of(
        event("content_block_stop", "\"index\":0"),
        event(
            "message_delta",
            "\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":%d}"
                .formatted(reason, outputTokens)),
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
  }

  private static String event(String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
  }

  private static String message(String content, String stop, long in, long out) {
    return """
    {"id":"msg_1","type":"message","role":"assistant","model":"upstream-model","content":%s,\
    "stop_reason":"%s","stop_sequence":null,"usage":{"input_tokens":%d,\
    "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":%d}}\
    """
        .formatted(content, stop, in, out);
  }
}
