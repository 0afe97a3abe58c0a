package dev.ockham.faults;

import dev.ockham.chat.Dialect;

/** A client of a dialect, as far as it takes to see how its answers end. */
enum FaultClient {
  CHAT(Dialect.OPENAI_CHAT, "data: [DONE]", "data: {\"error\":"),
  RESPONSES(Dialect.OPENAI_RESPONSES, "event: response.completed", "event: error"),
  MESSAGES(Dialect.ANTHROPIC_MESSAGES, "event: message_stop", "event: error"),
  GEMINI(Dialect.GEMINI_GENERATE, "\"finishReason\"", "data: {\"error\":"),
  CONVERSE(Dialect.BEDROCK_CONVERSE, "messageStop", ":exception-type");

  private final Dialect dialect;
  private final String cleanEnd;
  private final String errorEvent;

  FaultClient(Dialect dialect, String cleanEnd, String errorEvent) {
    this.dialect = dialect;
    this.cleanEnd = cleanEnd;
    this.errorEvent = errorEvent;
  }

  String wireName() {
    return dialect.wireName();
  }

  String path(String model, boolean stream) {
    return switch (this) {
      case CHAT -> "/v1/chat/completions";
      case RESPONSES -> "/v1/responses";
      case MESSAGES -> "/v1/messages";
      case GEMINI ->
          "/v1beta/models/"
              + model
              + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
      case CONVERSE -> "/model/" + model + (stream ? "/converse-stream" : "/converse");
    };
  }

  String body(String model, boolean stream) {
    return switch (this) {
      case CHAT ->
          """
          {"model":"%s","stream":%b,"messages":[{"role":"user","content":"Hello"}]}\
          """
              .formatted(model, stream);
      case RESPONSES ->
          "{\"model\":\"%s\",\"stream\":%b,\"input\":\"Hello\"}".formatted(model, stream);
      case MESSAGES ->
          """
          {"model":"%s","stream":%b,"max_tokens":100,\
          "messages":[{"role":"user","content":"Hello"}]}\
          """
              .formatted(model, stream);
      case GEMINI -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}";
      case CONVERSE -> "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}";
    };
  }

  /** What this kind of client takes for the end of a whole answer. */
  boolean hearsCleanEnd(String body) {
    return body.contains(cleanEnd);
  }

  boolean hearsError(String body) {
    return body.contains(errorEvent);
  }
}
