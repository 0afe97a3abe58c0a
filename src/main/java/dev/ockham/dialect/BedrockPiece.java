package dev.ockham.dialect;

/** A content block of a reply, whole, begun or in part: what is there of it. */
final class BedrockPiece {
  String text = "";
  String thought = "";
  String signature = "";
  String redacted = "";
  boolean beginsCall;
  boolean ofProvider;
  String callId = "";
  String callName = "";
  String input = "";

  /** Reads the block stood on. */
  void read(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      switch (in.name()) {
        case "text" -> text = in.textOrEmpty();
        case "toolUse" -> toolUse(in);
        case "reasoningContent" -> reasoning(in);
        case "citationsContent" -> cited(in);
        default -> in.skip();
      }
    }
  }

  private void toolUse(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      switch (in.name()) {
        case "toolUseId" -> {
          callId = in.textOrEmpty();
          beginsCall = true;
        }
        case "name" -> callName = in.textOrEmpty();
        case "type" -> ofProvider = !in.textOrEmpty().isEmpty();
        case "input" -> input = in.isText() ? in.textOrEmpty() : in.json().value();
        default -> in.skip();
      }
    }
  }

  private void reasoning(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      switch (in.name()) {
        case "reasoningText" -> reasoning(in);
        case "text" -> thought = in.textOrEmpty();
        case "signature" -> signature = in.textOrEmpty();
        case "redactedContent" -> redacted = in.textOrEmpty();
        default -> in.skip();
      }
    }
  }

  private void cited(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      if (in.name().equals("content") && in.isArray()) {
        while (in.nextElement()) {
          var part = new BedrockPiece();
          part.read(in);
          text += part.text;
        }
      } else {
        in.skip();
      }
    }
  }
}
