package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.OptionalLong;

/** Bodies as Gemini's clients and Google's servers send them, and what becomes of them. */
final class GeminiPayloads {
  static final PathSays WHOLE = new PathSays("asked", false, false);
  static final PathSays EVENTS = new PathSays("asked", true, false);
  static final PathSays ARRAY = new PathSays("asked", true, true);
  static final String ASK = "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}";
  static final String ASK_FOR_THOUGHTS =
      "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}}";

  static final String REQUEST =
      """
      {"systemInstruction":{"parts":[{"text":"Be brief."}]},
       "contents":[
         {"role":"user","parts":[{"text":"Where is this?"},{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]},
         {"role":"model","parts":[
           {"text":"Let me see.","thought":true},
           {"functionCall":{"name":"weather","args":{"city": "Paris"}},"thoughtSignature":"c2ln"},
           {"functionCall":{"name":"weather","args":{"city":"Rome"}}}]},
         {"role":"user","parts":[
           {"functionResponse":{"name":"weather","response":{"output":"18 degrees"}}},
           {"functionResponse":{"name":"weather","response":{"error":"no such city"}}},
           {"text":"And Oslo?"}]}],
       "tools":[{"functionDeclarations":[{"name":"weather","description":"The weather of a city",
         "parameters":{"type":"OBJECT","properties":{"city":{"type":"STRING"}}}}]}],
       "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["weather"]}},
       "generationConfig":{"temperature":0.5,"topP":0.9,"topK":40.0,"maxOutputTokens":512,"stopSequences":["END"],"seed":7,
         "responseMimeType":"application/json","responseJsonSchema":{"type":"object"},
         "thinkingConfig":{"thinkingLevel":"LOW","includeThoughts":true}},
       "safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}],
       "serviceTier":"flex"}\
      """;

  static final String STREAM =
      """
      data: {"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":100,"totalTokenCount":100},"modelVersion":"gemini-3-pro","responseId":"rA_1"}

      data: {"candidates":[{"content":{"parts":[{"text":"Looking."}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":100,"totalTokenCount":100},"modelVersion":"gemini-3-pro","responseId":"rA_1"}

      data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"weather","args":{"city":"Paris"}},"thoughtSignature":"c2lnQQ=="},{"functionCall":{"name":"time","args":{}}}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":100,"totalTokenCount":100},"modelVersion":"gemini-3-pro","responseId":"rA_1"}

      data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":60,"candidatesTokenCount":30,"thoughtsTokenCount":12,"toolUsePromptTokenCount":5,"totalTokenCount":147},"modelVersion":"gemini-3-pro","responseId":"rA_1"}

      """;

  private GeminiPayloads() {}

  /** A reply of some provider, carried to a Gemini client that asked in one of three ways. */
  static Carried toGemini(Dialect upstream, PathSays path, String ask, List<byte[]> chunks) {
    var decoded =
        (DecodeOutcome.Decoded) Wire.of(Dialect.GEMINI_GENERATE).decode(path, ask.getBytes(UTF_8));
    ReplyStream reply =
        Reply.between(
            Wire.of(Dialect.GEMINI_GENERATE), Wire.of(upstream), decoded, Bodies.telling("asked"));
    var out = new Bytes();
    for (byte[] chunk : chunks) {
      out.write(reply.accept(chunk));
    }
    out.write(reply.end());
    return new Carried(new String(out.take(), UTF_8), reply);
  }

  static DecodeOutcome.Decoded decoded(String body) {
    DecodeOutcome outcome = Wire.of(Dialect.GEMINI_GENERATE).decode(WHOLE, body.getBytes(UTF_8));
    if (outcome instanceof DecodeOutcome.Decoded decoded) {
      return decoded;
    }
    throw new AssertionError(((DecodeOutcome.Malformed) outcome).error());
  }

  /** A client's request said to a Gemini model. */
  static EncodeOutcome encoded(Dialect from, String body, String model) {
    return Wire.of(Dialect.GEMINI_GENERATE)
        .encode(Bodies.request(from, body), Target.of(model, OptionalLong.of(8000)));
  }
}
