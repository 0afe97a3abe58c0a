package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Server-sent events, strictly. */
final class Sse {
  /** The name is empty where the event has none. */
  record Event(String name, String data) {
    JsonNode json() {
      return Json.parse(data);
    }
  }

  private Sse() {}

  static byte[] event(JsonNode data) {
    return bytes("data: " + data + "\n\n");
  }

  static byte[] event(String name, JsonNode data) {
    return bytes("event: " + name + "\ndata: " + data + "\n\n");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The events of a whole stream; comments are left out. */
  static List<Event> parse(byte[] stream) {
    String text = Json.text(stream);
    demand(text.isEmpty() || text.endsWith("\n\n"), "the stream ends with a whole event");
    var events = new ArrayList<Event>();
    for (String block : text.split("\n\n", -1)) {
      String name = "";
      var data = new StringBuilder();
      boolean any = false;
      for (String line : block.split("\n", -1)) {
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          data.append(any ? "\n" : "").append(line.substring("data: ".length()));
          any = true;
        } else if (!line.isEmpty()) {
          demand(line.startsWith(":"), "a line is data, event or comment: " + line);
        }
      }
      if (any) {
        events.add(new Event(name, data.toString()));
      }
    }
    return events;
  }
}
