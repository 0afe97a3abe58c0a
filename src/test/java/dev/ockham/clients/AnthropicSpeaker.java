package dev.ockham.clients;

import static dev.ockham.clients.Speaker.quoted;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import java.util.List;

/** Anthropic messages. */
record AnthropicSpeaker() implements Speaker {
  @Override
  public Reply text(Received request, String text) {
    String quoted = quoted(text);
    return AnthropicReplies.text(quoted.substring(1, quoted.length() - 1), INPUT, OUTPUT)
        .reply(request);
  }

  @Override
  public Reply call(Received request, String tool, String arguments) {
    return request.asksForStream()
        ? Reply.stream(events(tool, arguments))
        : Reply.json(200, body(tool, arguments));
  }

  @Override
  public Reply throttled() {
    return AnthropicReplies.error(429, "rate_limit_error", REFUSAL, "retry-after: 3");
  }

  private static String body(String tool, String arguments) {
    return """
    {"id":"msg_1","type":"message","role":"assistant","model":"upstream-model","content":[\
    {"type":"thinking","thinking":"Let me look.","signature":"%s"},\
    {"type":"tool_use","id":"toolu_1","name":"%s","input":%s}],"stop_reason":"tool_use",\
    "stop_sequence":null,"usage":{"input_tokens":20,"cache_creation_input_tokens":0,\
    "cache_read_input_tokens":0,"output_tokens":8}}\
    """
        .formatted(SIGNATURE, tool, arguments);
  }

  private static List<String> events(String tool, String arguments) {
    return List.of(
        event(
            "message_start",
            """
            "message":{"id":"msg_1","type":"message","role":"assistant","model":"upstream-model",\
            "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":20,\
            "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1}}\
            """),
        event(
            "content_block_start",
            "\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
        delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Let me look.\"}"),
        delta(0, "{\"type\":\"signature_delta\",\"signature\":\"" + SIGNATURE + "\"}"),
        event("content_block_stop", "\"index\":0"),
        event(
            "content_block_start",
            "\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"%s\",\"input\":{}}"
                .formatted(tool)),
        delta(
            1, "{\"type\":\"input_json_delta\",\"partial_json\":%s}".formatted(quoted(arguments))),
        event("content_block_stop", "\"index\":1"),
        event(
            "message_delta",
            "\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":8}"),
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
  }

  private static String delta(int index, String delta) {
    return event("content_block_delta", "\"index\":" + index + ",\"delta\":" + delta);
  }

  private static String event(String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
  }
}
