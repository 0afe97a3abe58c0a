package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Converse bodies and streams as AWS words them. */
final class BedrockBodies {
  static final Wire WIRE = Wire.of(Dialect.BEDROCK_CONVERSE);
  static final PathSays WHOLE = new PathSays("asked", false, false);
  static final PathSays STREAM = new PathSays("asked", true, false);

  /** Everything a Converse request can say that other dialects know too. */
  static final String REQUEST =
      """
      {"messages":[
        {"role":"user","content":[{"text":"What is this?"},
          {"image":{"format":"png","source":{"bytes":"iVBORw=="}}},
          {"document":{"format":"pdf","name":"Report 1","source":{"bytes":"JVBERg=="}}},
          {"audio":{"format":"mp3","source":{"bytes":"SUQz"}}},
          {"cachePoint":{"type":"default","ttl":"1h"}}]},
        {"role":"assistant","content":[
          {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2ln"}}},
          {"reasoningContent":{"redactedContent":"cmVk"}},
          {"text":"Looking."},
          {"toolUse":{"toolUseId":"tooluse_1","name":"weather","input":{"city":"Paris"}}},
          {"toolUse":{"toolUseId":"tooluse_2","name":"time","input":{}}}]},
        {"role":"user","content":[
          {"toolResult":{"toolUseId":"tooluse_1","content":[{"text":"12 C"},
            {"image":{"format":"jpeg","source":{"bytes":"/9j/"}}}]}},
          {"toolResult":{"toolUseId":"tooluse_2","content":[{"text":"none"}],"status":"error"}},
          {"cachePoint":{"type":"default"}},
          {"text":"Go on."}]}],
       "system":[{"text":"Be brief."},{"cachePoint":{"type":"default"}},{"text":"Be kind."}],
       "inferenceConfig":{"maxTokens":500,"temperature":0.5,"topP":0.9,"stopSequences":["END"]},
       "toolConfig":{"tools":[
          {"toolSpec":{"name":"weather","description":"Tells it.",
            "inputSchema":{"json":{"type":"object","properties":{"city":{"type":"string"}}}},"strict":true}},
          {"toolSpec":{"name":"time","inputSchema":{"json":{"type":"object","properties":{}}}}},
          {"cachePoint":{"type":"default","ttl":"1h"}}],
         "toolChoice":{"tool":{"name":"weather"}}},
       "outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":
          {"schema":"{\\"type\\":\\"object\\"}","name":"reply"}}}},
       "serviceTier":{"type":"flex"}}\
      """;

  private BedrockBodies() {}

  static DecodeOutcome.Decoded decoded(PathSays path, String body) {
    DecodeOutcome outcome = WIRE.decode(path, body.getBytes(UTF_8));
    assertThat(outcome).isInstanceOf(DecodeOutcome.Decoded.class);
    return (DecodeOutcome.Decoded) outcome;
  }

  static ChatRequest request(String body) {
    return decoded(WHOLE, body).request();
  }

  static ChatError error(String body) {
    DecodeOutcome outcome = WIRE.decode(WHOLE, body.getBytes(UTF_8));
    assertThat(outcome).isInstanceOf(DecodeOutcome.Malformed.class);
    return ((DecodeOutcome.Malformed) outcome).error();
  }

  static EncodeOutcome.Encoded encoded(ChatRequest request, String model) {
    EncodeOutcome outcome = WIRE.encode(request, Target.of(model, OptionalLong.of(8000)));
    assertThat(outcome).isInstanceOf(EncodeOutcome.Encoded.class);
    return (EncodeOutcome.Encoded) outcome;
  }

  /** A request with one user message, and more fields after it. */
  static String asking(String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]" + more + "}";
  }

  /** A stream of events, each as {@code type {json}}. */
  static byte[] stream(String... events) {
    var bytes = new ByteArrayOutputStream();
    for (String event : events) {
      int space = event.indexOf(' ');
      bytes.writeBytes(event(event.substring(0, space), event.substring(space + 1)));
    }
    return bytes.toByteArray();
  }

  static byte[] event(String type, String payload) {
    return event(type, payload.getBytes(UTF_8));
  }

  static byte[] event(String type, byte[] payload) {
    boolean failed = type.endsWith("Exception");
    var headers = new ByteArrayOutputStream();
    headers.writeBytes(EventStreamTest.header(failed ? ":exception-type" : ":event-type", type));
    headers.writeBytes(EventStreamTest.header(":content-type", "application/json"));
    headers.writeBytes(EventStreamTest.header(":message-type", failed ? "exception" : "event"));
    return EventStreamTest.message(headers.toByteArray(), payload);
  }

  /** The events of a stream, each as {@code type {json}}. */
  static List<String> events(byte[] stream) {
    var reader = new EventStreamReader();
    reader.feed(stream);
    var events = new ArrayList<String>();
    int end = 0;
    while (reader.next()) {
      int length = reader.dataTo() - reader.dataFrom();
      events.add(
          reader.event() + " " + new String(reader.data(), reader.dataFrom(), length, UTF_8));
      end = reader.blockTo();
    }
    assertThat(end).isEqualTo(stream.length);
    return events;
  }
}
