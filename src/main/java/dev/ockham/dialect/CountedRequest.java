package dev.ockham.dialect;

import java.util.Optional;

/** The request whose tokens Gemini's clients want counted, which names its model once more. */
final class CountedRequest {
  private static final String MODELS = "models/";

  private CountedRequest() {}

  /** Puts a model's name in place of the one inside; false where none is there, or it is this. */
  static boolean rename(RawBody raw, String model, Splices splices) {
    Optional<RawBody.Field> request = raw.field("generateContentRequest");
    if (request.isEmpty() || raw.bytes()[request.get().valueStart()] != '{') {
      return false;
    }
    String name = model.startsWith(MODELS) ? model : MODELS + model;
    try (JsonReader in =
        JsonReader.of(raw.bytes(), request.get().valueStart(), request.get().valueEnd())) {
      in.beginObject();
      while (in.nextField()) {
        int from = in.offset();
        boolean named = in.name().equals("model") && in.isText();
        boolean other = named && !in.textOrEmpty().equals(name);
        in.skip();
        if (other) {
          splices.replace(from, in.endOffset(), PassingEdits.quoted(name));
          return true;
        }
      }
    }
    return false;
  }
}
