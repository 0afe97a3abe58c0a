package dev.ockham.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages, as Anthropic writes them. */
record AnthropicVoice() implements Voice {

  @Override
  public String basePath() {
    return "";
  }

  @Override
  public String path() {
    return "/v1/messages";
  }

  @Override
  public String credential(UnaryOperator<String> header) {
    return header.apply("x-api-key");
  }

  @Override
  public Asked read(JsonNode body) {
    return new Asked(
        body.path("model").asString(""),
        Voice.lastText(body),
        body.path("stream").asBoolean(false),
        true);
  }

  @Override
  public String whole(Reply reply) {
    ObjectNode body = message(reply);
    body.putArray("content").addObject().put("type", "text").put("text", reply.text());
    body.put("stop_reason", "end_turn").putNull("stop_sequence");
    body.putObject("usage")
        .put("input_tokens", reply.inputTokens())
        .put("output_tokens", reply.outputTokens());
    return body.toString();
  }

  @Override
  public List<String> events(Reply reply, boolean usage) {
    var events = new ArrayList<String>();
    ObjectNode start = JSON.createObjectNode().put("type", "message_start");
    ObjectNode message = message(reply);
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.putObject("usage").put("input_tokens", reply.inputTokens()).put("output_tokens", 1);
    start.set("message", message);
    events.add(event(start));
    ObjectNode open = JSON.createObjectNode().put("type", "content_block_start").put("index", 0);
    open.putObject("content_block").put("type", "text").put("text", "");
    events.add(event(open));
    for (String piece : reply.pieces()) {
      ObjectNode more = JSON.createObjectNode().put("type", "content_block_delta").put("index", 0);
      more.putObject("delta").put("type", "text_delta").put("text", piece);
      events.add(event(more));
    }
    events.add(event(JSON.createObjectNode().put("type", "content_block_stop").put("index", 0)));
    ObjectNode last = JSON.createObjectNode().put("type", "message_delta");
    last.putObject("delta").put("stop_reason", "end_turn").putNull("stop_sequence");
    last.putObject("usage").put("output_tokens", reply.outputTokens());
    events.add(event(last));
    events.add(event(JSON.createObjectNode().put("type", "message_stop")));
    return events;
  }

  @Override
  public String error(int status, String message) {
    ObjectNode body = JSON.createObjectNode().put("type", "error");
    body.putObject("error")
        .put("type", status == 401 ? "authentication_error" : "not_found_error")
        .put("message", message);
    return body.toString();
  }

  private static ObjectNode message(Reply reply) {
    return JSON.createObjectNode()
        .put("id", "msg_" + reply.id())
        .put("type", "message")
        .put("role", "assistant")
        .put("model", reply.model());
  }

  private static String event(ObjectNode event) {
    return "event: " + event.path("type").asString() + "\ndata: " + event + "\n\n";
  }
}
