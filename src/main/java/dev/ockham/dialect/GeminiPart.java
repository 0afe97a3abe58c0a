package dev.ockham.dialect;

/**
 * A part of an answer, its fields in any order; what it does not have is empty.
 *
 * @param name the function that is called
 */
record GeminiPart(
    String text, boolean thought, String signature, String callId, String name, String arguments) {

  /** Reads the part stood on; kinds that have no neutral form are passed over. */
  static GeminiPart read(JsonReader in) {
    String text = "";
    boolean thought = false;
    String signature = "";
    var call = new GeminiPart("", false, "", "", "", "");
    in.object("a part object");
    while (in.nextField()) {
      switch (in.name()) {
        case "text" -> text = in.textOrEmpty();
        case "thought" -> {
          thought = in.isTrue();
          in.skip();
        }
        case "thoughtSignature" -> signature = in.textOrEmpty();
        case "functionCall" -> call = call(in);
        default -> in.skip();
      }
    }
    return new GeminiPart(text, thought, signature, call.callId, call.name, call.arguments);
  }

  private static GeminiPart call(JsonReader in) {
    String id = "";
    String name = "";
    String arguments = "{}";
    if (in.isObject()) {
      while (in.nextField()) {
        switch (in.name()) {
          case "id" -> id = in.textOrEmpty();
          case "name" -> name = in.textOrEmpty();
          case "args" -> arguments = in.json().value();
          default -> in.skip();
        }
      }
    } else {
      in.skip();
    }
    return new GeminiPart("", false, "", id, name, arguments);
  }

  /** Prints no content. */
  @Override
  public String toString() {
    return "GeminiPart[" + text.length() + " characters]";
  }
}
