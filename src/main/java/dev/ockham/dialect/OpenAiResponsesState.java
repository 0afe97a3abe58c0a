package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.ReasoningState;

/**
 * What OpenAI wants back of a thought: a reasoning item's id and its encrypted content, which as
 * {@link ReasoningState} are one small JSON object.
 */
record OpenAiResponsesState(String id, String encrypted) {

  /** An envelope of ours in the place of the encrypted content stays as it is. */
  ReasoningState carried() {
    if (Seals.isSealed(encrypted)) {
      return new ReasoningState(Dialect.OPENAI_RESPONSES, encrypted);
    }
    var out = new Bytes();
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text("id", id).text("encrypted_content", encrypted).end();
    }
    return new ReasoningState(Dialect.OPENAI_RESPONSES, new String(out.take(), UTF_8));
  }

  /** What {@link #carried} made; for our own values only. */
  static OpenAiResponsesState of(ReasoningState state) {
    String id = "";
    String encrypted = "";
    try (JsonReader in = JsonReader.of(state.value().getBytes(UTF_8))) {
      in.beginObject();
      while (in.nextField()) {
        switch (in.name()) {
          case "id" -> id = in.textOrEmpty();
          case "encrypted_content" -> encrypted = in.textOrEmpty();
          default -> in.skip();
        }
      }
    }
    return new OpenAiResponsesState(id, encrypted);
  }
}
