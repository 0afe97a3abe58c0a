package dev.ockham.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions, as OpenAI writes them. */
record OpenAiVoice() implements Voice {
  private static final String BEARER = "Bearer ";

  @Override
  public String basePath() {
    return "/v1";
  }

  @Override
  public String path() {
    return "/v1/chat/completions";
  }

  @Override
  public String credential(UnaryOperator<String> header) {
    String value = header.apply("authorization");
    return value.startsWith(BEARER) ? value.substring(BEARER.length()) : "";
  }

  @Override
  public Asked read(JsonNode body) {
    return new Asked(
        body.path("model").asString(""),
        Voice.lastText(body),
        body.path("stream").asBoolean(false),
        body.path("stream_options").path("include_usage").asBoolean(false));
  }

  @Override
  public String whole(Reply reply) {
    ObjectNode body = head(reply, "chat.completion");
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", reply.text());
    choice.put("finish_reason", "stop");
    putUsage(body, reply);
    return body.toString();
  }

  @Override
  public List<String> events(Reply reply, boolean usage) {
    var events = new ArrayList<String>();
    ObjectNode first = head(reply, "chat.completion.chunk");
    delta(first).put("role", "assistant").put("content", "");
    events.add(event(first));
    for (String piece : reply.pieces()) {
      ObjectNode chunk = head(reply, "chat.completion.chunk");
      delta(chunk).put("content", piece);
      events.add(event(chunk));
    }
    ObjectNode last = head(reply, "chat.completion.chunk");
    delta(last);
    ((ObjectNode) last.path("choices").path(0)).put("finish_reason", "stop");
    events.add(event(last));
    if (usage) {
      ObjectNode report = head(reply, "chat.completion.chunk");
      report.putArray("choices");
      putUsage(report, reply);
      events.add(event(report));
    }
    events.add("data: [DONE]\n\n");
    return events;
  }

  @Override
  public String error(int status, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", status == 401 ? "authentication_error" : "invalid_request_error")
        .putNull("param")
        .put("code", status == 401 ? "invalid_api_key" : "model_not_found");
    return body.toString();
  }

  private static ObjectNode head(Reply reply, String object) {
    return JSON.createObjectNode()
        .put("id", "chatcmpl-" + reply.id())
        .put("object", object)
        .put("created", 1_700_000_000L)
        .put("model", reply.model());
  }

  private static ObjectNode delta(ObjectNode chunk) {
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    ObjectNode delta = choice.putObject("delta");
    choice.putNull("finish_reason");
    return delta;
  }

  private static void putUsage(ObjectNode body, Reply reply) {
    body.putObject("usage")
        .put("prompt_tokens", reply.inputTokens())
        .put("completion_tokens", reply.outputTokens())
        .put("total_tokens", reply.inputTokens() + reply.outputTokens());
  }

  private static String event(ObjectNode chunk) {
    return "data: " + chunk + "\n\n";
  }
}
