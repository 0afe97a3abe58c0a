package dev.ockham.serve;

import dev.ockham.testing.Reply;
import dev.ockham.testing.Script;
import java.util.ArrayList;
import java.util.List;

/** Answers as a Responses server gives them: 11 tokens in, 7 out. */
final class OpenAiResponsesReplies {
  private OpenAiResponsesReplies() {}

  /** The text, streamed word by word if the request asks for a stream. */
  static Script text(String text) {
    String item =
        """
        {"id":"msg_1","type":"message","status":"completed","role":"assistant",\
        "content":[{"type":"output_text","text":"%s","annotations":[],"logprobs":[]}]}\
        """
            .formatted(text);
    return request ->
        request.asksForStream()
            ? Reply.stream(textEvents(text, item))
            : Reply.json(200, response("completed", item));
  }

  /** A call of one tool, whole; {@code arguments} as they stand in a JSON string. */
  static Script toolCall(String tool, String arguments) {
    String item =
        """
        {"id":"fc_1","type":"function_call","status":"completed","call_id":"call_1",\
        "name":"%s","arguments":"%s"}\
        """
            .formatted(tool, arguments);
    return request -> Reply.json(200, response("completed", item));
  }

  private static List<String> textEvents(String text, String item) {
    var fields = new ArrayList<String>();
    String created = "\"response\":" + response("in_progress", "");
    fields.add("response.created|" + created);
    fields.add("response.in_progress|" + created);
    String empty =
        "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}";
    fields.add("response.output_item.added|\"output_index\":0,\"item\":" + empty);
    String part = "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,";
    fields.add(
        "response.content_part.added|"
            + part
            + "\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}");
    for (String word : text.splitWithDelimiters(" ", 0)) {
      fields.add(
          "response.output_text.delta|" + part + "\"delta\":\"" + word + "\",\"logprobs\":[]");
    }
    fields.add("response.output_text.done|" + part + "\"text\":\"" + text + "\",\"logprobs\":[]");
    fields.add(
        "response.content_part.done|"
            + part
            + "\"part\":{\"type\":\"output_text\",\"text\":\""
            + text
            + "\",\"annotations\":[]}");
    fields.add("response.output_item.done|\"output_index\":0,\"item\":" + item);
    fields.add("response.completed|\"response\":" + response("completed", item));
    var events = new ArrayList<String>();
    for (String event : fields) {
      String[] halves = event.split("\\|", 2);
      events.add(
          "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
              .formatted(halves[0], halves[0], events.size(), halves[1]));
    }
    return events;
  }

  private static String response(String status, String item) {
    return """
    {"id":"resp_1","object":"response","created_at":1,"status":"%s","error":null,\
    "incomplete_details":null,"instructions":null,"metadata":{},"model":"upstream-model",\
    "output":[%s],"parallel_tool_calls":true,"temperature":1.0,"tool_choice":"auto","tools":[],\
    "top_p":1.0,"usage":{"input_tokens":11,"input_tokens_details":{"cached_tokens":0,\
    "cache_write_tokens":0},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":0},\
    "total_tokens":18}}\
    """
        .formatted(status, item);
  }
}
