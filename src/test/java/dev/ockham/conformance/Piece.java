package dev.ockham.conformance;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A piece of a conversation, in no dialect. */
sealed interface Piece {
  record Text(String text) implements Piece {}

  /**
   * What a model thought.
   *
   * @param text empty where it may not be read
   * @param state what its maker wants back; base64, empty where there is none
   */
  record Thought(String text, String state) implements Piece {}

  /** A call of a tool; the arguments are an object. */
  record Call(String id, String name, JsonNode arguments) implements Piece {}

  /** The answer of a tool. */
  record Result(String callId, String name, String text, boolean error, List<Picture> pictures)
      implements Piece {
    public Result {
      pictures = List.copyOf(pictures);
    }

    static Result of(Call call, String text) {
      return new Result(call.id(), call.name(), text, false, List.of());
    }

    Result failed() {
      return new Result(callId, name, text, true, pictures);
    }

    Result showing(Picture picture) {
      return new Result(callId, name, text, error, List.of(picture));
    }
  }

  record Picture(String mediaType, String base64) implements Piece {}

  /** A picture at a public address. */
  record PictureAt(String url) implements Piece {}
}
