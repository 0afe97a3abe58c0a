package dev.ockham.dialect;

import dev.ockham.chat.CacheLifetime;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import java.util.List;
import java.util.Optional;

/**
 * Marks where a prompt is to be kept, as often as Anthropic takes it: the last ones reach farthest.
 */
final class AnthropicCacheMarks {
  static final int MOST = 4;

  private final Crossing crossing;
  private final JsonWriter json;
  private int left;

  AnthropicCacheMarks(ChatRequest request, Crossing crossing, JsonWriter json) {
    this.crossing = crossing;
    this.json = json;
    this.left = count(request);
  }

  private static int count(ChatRequest request) {
    long marks =
        request.tools().offered().stream().filter(tool -> tool.cached().isPresent()).count();
    for (Message message : request.messages()) {
      marks += message.parts().stream().filter(Part.CacheMark.class::isInstance).count();
    }
    return Math.toIntExact(marks);
  }

  /** The mark that stands right after a part. */
  Optional<CacheLifetime> after(List<Part> parts, int at) {
    return at + 1 < parts.size() && parts.get(at + 1) instanceof Part.CacheMark(var lifetime)
        ? Optional.of(lifetime)
        : Optional.empty();
  }

  /** A mark that stands after something that cannot bear it is not written. */
  void skip(Optional<CacheLifetime> mark) {
    if (mark.isPresent()) {
      left--;
    }
  }

  /** Writes the mark of the block whose fields are being written. */
  void write(Optional<CacheLifetime> mark) {
    if (mark.isEmpty()) {
      return;
    }
    boolean tooMany = left > MOST;
    left--;
    if (tooMany) {
      crossing.lose("cache mark", "not sent, the last " + MOST + " count");
      return;
    }
    json.object("cache_control").text("type", "ephemeral");
    if (mark.get() == CacheLifetime.HOUR) {
      json.text("ttl", "1h");
    }
    json.end();
  }
}
