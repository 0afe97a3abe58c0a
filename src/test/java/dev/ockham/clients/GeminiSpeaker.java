package dev.ockham.clients;

import static dev.ockham.clients.Speaker.quoted;

import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import java.util.ArrayList;
import java.util.List;

/** Gemini's generateContent. */
record GeminiSpeaker() implements Speaker {
  @Override
  public Reply text(Received request, String text) {
    if (!streams(request)) {
      return Reply.json(200, response(part(text), "\"finishReason\":\"STOP\",", INPUT, OUTPUT));
    }
    var events = new ArrayList<String>();
    for (String word : text.splitWithDelimiters(" ", 0)) {
      events.add("data: " + response(part(word), "", INPUT, 1) + "\r\n\r\n");
    }
    events.add(
        "data: " + response(part(""), "\"finishReason\":\"STOP\",", INPUT, OUTPUT) + "\r\n\r\n");
    return Reply.stream(events);
  }

  @Override
  public Reply call(Received request, String tool, String arguments) {
    String thought = "{\"text\":\"Let me look.\",\"thought\":true}";
    String call =
        "{\"functionCall\":{\"id\":\"call-1\",\"name\":\"%s\",\"args\":%s},\"thoughtSignature\":\"%s\"}"
            .formatted(tool, arguments, SIGNATURE);
    if (!streams(request)) {
      return Reply.json(200, response(thought + "," + call, "\"finishReason\":\"STOP\",", 20, 8));
    }
    return Reply.stream(
        List.of(
            "data: " + response(thought, "", 20, 1) + "\r\n\r\n",
            "data: " + response(call, "\"finishReason\":\"STOP\",", 20, 8) + "\r\n\r\n"));
  }

  @Override
  public Reply throttled() {
    return Reply.json(
        429,
        """
        {"error":{"code":429,"message":"%s","status":"RESOURCE_EXHAUSTED","details":[\
        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"3s"}]}}\
        """
            .formatted(REFUSAL));
  }

  private static boolean streams(Received request) {
    return request.path().contains("streamGenerateContent");
  }

  private static String part(String text) {
    return "{\"text\":" + quoted(text) + "}";
  }

  private static String response(String parts, String finish, int in, int out) {
    return """
    {"candidates":[{"content":{"parts":[%s],"role":"model"},%s"index":0}],"usageMetadata":{\
    "promptTokenCount":%d,"candidatesTokenCount":%d,"totalTokenCount":%d},\
    "modelVersion":"upstream-model","responseId":"r1"}\
    """
        .formatted(parts, finish, in, out, in + out);
  }
}
