package dev.ockham.clients;

import static dev.ockham.clients.Speaker.quoted;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.Step;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Bedrock's converse. */
record BedrockSpeaker() implements Speaker {
  @Override
  public Reply text(Received request, String text) {
    if (!streams(request)) {
      return Reply.json(200, body("{\"text\":" + quoted(text) + "}", "end_turn", INPUT, OUTPUT));
    }
    var frames = new ArrayList<byte[]>();
    frames.add(event("messageStart", "{\"role\":\"assistant\"}"));
    for (String word : text.splitWithDelimiters(" ", 0)) {
      frames.add(delta(0, "{\"text\":" + quoted(word) + "}"));
    }
    frames.add(event("contentBlockStop", "{\"contentBlockIndex\":0}"));
    frames.addAll(ending("end_turn", INPUT, OUTPUT));
    return stream(frames);
  }

  @Override
  public Reply call(Received request, String tool, String arguments) {
    if (!streams(request)) {
      return Reply.json(
          200,
          body(
              """
              {"reasoningContent":{"reasoningText":{"text":"Let me look.","signature":"%s"}}},\
              {"toolUse":{"toolUseId":"tooluse_1","name":"%s","input":%s}}\
              """
                  .formatted(SIGNATURE, tool, arguments),
              "tool_use",
              20,
              8));
    }
    var frames = new ArrayList<byte[]>();
    frames.add(event("messageStart", "{\"role\":\"assistant\"}"));
    frames.add(delta(0, "{\"reasoningContent\":{\"text\":\"Let me look.\"}}"));
    frames.add(delta(0, "{\"reasoningContent\":{\"signature\":\"" + SIGNATURE + "\"}}"));
    frames.add(event("contentBlockStop", "{\"contentBlockIndex\":0}"));
    frames.add(
        event(
            "contentBlockStart",
            "{\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"tooluse_1\",\"name\":\"%s\"}}}"
                .formatted(tool)));
    frames.add(delta(1, "{\"toolUse\":{\"input\":" + quoted(arguments) + "}}"));
    frames.add(event("contentBlockStop", "{\"contentBlockIndex\":1}"));
    frames.addAll(ending("tool_use", 20, 8));
    return stream(frames);
  }

  @Override
  public Reply throttled() {
    return Reply.json(
        429, "{\"message\":\"" + REFUSAL + "\"}", "x-amzn-errortype: ThrottlingException");
  }

  private static boolean streams(Received request) {
    return request.path().endsWith("/converse-stream");
  }

  private static String body(String content, String stop, int in, int out) {
    return """
    {"output":{"message":{"role":"assistant","content":[%s]}},"stopReason":"%s",\
    "usage":%s,"metrics":{"latencyMs":5}}\
    """
        .formatted(content, stop, usage(in, out));
  }

  private static String usage(int in, int out) {
    return "{\"inputTokens\":%d,\"outputTokens\":%d,\"totalTokens\":%d}"
        .formatted(in, out, in + out);
  }

  private static byte[] delta(int index, String delta) {
    return event(
        "contentBlockDelta", "{\"contentBlockIndex\":" + index + ",\"delta\":" + delta + "}");
  }

  private static List<byte[]> ending(String reason, int in, int out) {
    return List.of(
        event("messageStop", "{\"stopReason\":\"" + reason + "\"}"),
        event("metadata", "{\"usage\":" + usage(in, out) + ",\"metrics\":{\"latencyMs\":5}}"));
  }

  private static Reply stream(List<byte[]> frames) {
    int length = frames.stream().mapToInt(frame -> frame.length).sum();
    var reply =
        new Reply(
            List.of(
                new Step.Send(
                    "HTTP/1.1 200 Scripted\r\ncontent-type: application/vnd.amazon.eventstream\r\n"
                        + "content-length: "
                        + length
                        + "\r\n\r\n")));
    for (byte[] frame : frames) {
      reply = reply.then(new Step.Send(new String(frame, ISO_8859_1)));
    }
    return reply;
  }

  /** One message of {@code application/vnd.amazon.eventstream}. */
  private static byte[] event(String type, String payload) {
    var headers = new ByteArrayOutputStream();
    Map.of(
            ":message-type", "event",
            ":event-type", type,
            ":content-type", "application/json")
        .forEach((name, value) -> {
          headers.write(name.length());
          headers.writeBytes(name.getBytes(UTF_8));
          headers.write(7);
          headers.write(value.length() >> 8);
          headers.write(value.length());
          headers.writeBytes(value.getBytes(UTF_8));
        });
    byte[] body = payload.getBytes(UTF_8);
    var frame = ByteBuffer.allocate(16 + headers.size() + body.length);
    frame.putInt(frame.capacity()).putInt(headers.size());
    frame.putInt(crc(frame));
    frame.put(headers.toByteArray()).put(body);
    frame.putInt(crc(frame));
    return frame.array();
  }

  private static int crc(ByteBuffer frame) {
    var crc = new CRC32();
    crc.update(frame.duplicate().flip());
    return (int) crc.getValue();
  }
}
