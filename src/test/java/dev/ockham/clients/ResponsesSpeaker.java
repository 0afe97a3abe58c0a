package dev.ockham.clients;

import static dev.ockham.clients.Speaker.quoted;

import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import java.util.ArrayList;
import java.util.List;

/** OpenAI responses. */
record ResponsesSpeaker() implements Speaker {
  private static final String MESSAGE =
      "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"status\":\"%s\",\"content\":[%s]}";
  private static final String PART =
      "{\"type\":\"output_text\",\"text\":%s,\"annotations\":[],\"logprobs\":[]}";
  private static final String REASONING =
      "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"Let me look.\"}],\"encrypted_content\":\""
          + SIGNATURE
          + "\"}";
  private static final String CALL =
      "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"call_1\",\"name\":\"%s\",\"arguments\":%s,\"status\":\"%s\"}";

  @Override
  public Reply text(Received request, String text) {
    String part = PART.formatted(quoted(text));
    String item = MESSAGE.formatted("completed", part);
    String whole = response("completed", item, INPUT, OUTPUT);
    if (!request.asksForStream()) {
      return Reply.json(200, whole);
    }
    var stream = new Events();
    stream.add("response.created", "\"response\":" + response("in_progress", "", 0, 0));
    stream.add("response.in_progress", "\"response\":" + response("in_progress", "", 0, 0));
    stream.item("added", 0, MESSAGE.formatted("in_progress", ""));
    String at = "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,";
    stream.add("response.content_part.added", at + "\"part\":" + PART.formatted("\"\""));
    for (String word : text.splitWithDelimiters(" ", 0)) {
      stream.add(
          "response.output_text.delta", at + "\"delta\":" + quoted(word) + ",\"logprobs\":[]");
    }
    stream.add("response.output_text.done", at + "\"text\":" + quoted(text) + ",\"logprobs\":[]");
    stream.add("response.content_part.done", at + "\"part\":" + part);
    stream.item("done", 0, item);
    stream.add("response.completed", "\"response\":" + whole);
    return Reply.stream(stream.all);
  }

  @Override
  public Reply call(Received request, String tool, String arguments) {
    String call = CALL.formatted(tool, quoted(arguments), "completed");
    String whole = response("completed", REASONING + "," + call, 20, 8);
    if (!request.asksForStream()) {
      return Reply.json(200, whole);
    }
    var stream = new Events();
    stream.add("response.created", "\"response\":" + response("in_progress", "", 0, 0));
    stream.item(
        "added",
        0,
        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"\"}");
    String at = "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,";
    stream.add(
        "response.reasoning_summary_part.added",
        at + "\"part\":{\"type\":\"summary_text\",\"text\":\"\"}");
    stream.add("response.reasoning_summary_text.delta", at + "\"delta\":\"Let me look.\"");
    stream.add("response.reasoning_summary_text.done", at + "\"text\":\"Let me look.\"");
    stream.add(
        "response.reasoning_summary_part.done",
        at + "\"part\":{\"type\":\"summary_text\",\"text\":\"Let me look.\"}");
    stream.item("done", 0, REASONING);
    stream.item("added", 1, CALL.formatted(tool, "\"\"", "in_progress"));
    String of = "\"item_id\":\"fc_1\",\"output_index\":1,";
    stream.add("response.function_call_arguments.delta", of + "\"delta\":" + quoted(arguments));
    stream.add("response.function_call_arguments.done", of + "\"arguments\":" + quoted(arguments));
    stream.item("done", 1, call);
    stream.add("response.completed", "\"response\":" + whole);
    return Reply.stream(stream.all);
  }

  @Override
  public Reply throttled() {
    return OpenAiReplies.error(429, "rate_limit_exceeded", REFUSAL, "retry-after: 3");
  }

  private static String response(String status, String output, int in, int out) {
    String usage =
        out == 0
            ? "null"
            : """
            {"input_tokens":%d,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},\
            "output_tokens":%d,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":%d}\
            """
                .formatted(in, out, in + out);
    return """
    {"id":"resp_1","object":"response","created_at":1,"status":"%s","error":null,\
    "incomplete_details":null,"instructions":null,"metadata":{},"model":"upstream-model",\
    "output":[%s],"parallel_tool_calls":true,"temperature":1.0,"tool_choice":"auto","tools":[],\
    "top_p":1.0,"store":false,"usage":%s}\
    """
        .formatted(status, output, usage);
  }

  /** Numbered events. */
  private static final class Events {
    final List<String> all = new ArrayList<>();

    void add(String type, String fields) {
      all.add(
          "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
              .formatted(type, type, all.size(), fields));
    }

    void item(String what, int index, String item) {
      add("response.output_item." + what, "\"output_index\":" + index + ",\"item\":" + item);
    }
  }
}
