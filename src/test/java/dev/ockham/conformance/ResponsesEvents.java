package dev.ockham.conformance;

import static dev.ockham.conformance.Json.arr;
import static dev.ockham.conformance.Json.obj;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The events of one stream of Responses, numbered. */
final class ResponsesEvents {
  private final List<byte[]> bytes = new ArrayList<>();

  void add(ObjectNode event) {
    event.put("sequence_number", bytes.size());
    bytes.add(Sse.event(Json.string(event, "type"), event));
  }

  List<byte[]> bytes() {
    return bytes;
  }

  /** All events of one item of the output. */
  static List<ObjectNode> said(int index, Piece piece) {
    ObjectNode whole = ResponsesUpstream.item(index, piece);
    ObjectNode begun = whole.deepCopy();
    if (begun.has("status")) {
      begun.put("status", "in_progress");
    }
    var events = new ArrayList<ObjectNode>();
    events.add(obj("type", "response.output_item.added", "output_index", index, "item", begun));
    switch (piece) {
      case Piece.Text(String text) -> {
        begun.set("content", arr());
        parts(events, whole, index, "content_part", "output_text", text);
      }
      case Piece.Thought(String text, String state) -> {
        begun.set("summary", arr());
        begun.put("encrypted_content", "");
        if (!text.isEmpty()) {
          parts(events, whole, index, "reasoning_summary_part", "reasoning_summary_text", text);
        }
      }
      default -> {
        begun.put("arguments", "");
        String id = Json.string(whole, "id");
        String arguments = Json.string(whole, "arguments");
        Fragments.of(arguments)
            .forEach(delta ->
                events.add(
                    obj(
                        "type",
                        "response.function_call_arguments.delta",
                        "item_id",
                        id,
                        "output_index",
                        index,
                        "delta",
                        delta)));
        events.add(
            obj(
                "type",
                "response.function_call_arguments.done",
                "item_id",
                id,
                "output_index",
                index,
                "name",
                Json.string(whole, "name"),
                "arguments",
                arguments));
      }
    }
    events.add(obj("type", "response.output_item.done", "output_index", index, "item", whole));
    return events;
  }

  private static void parts(
      List<ObjectNode> events, ObjectNode item, int index, String part, String name, String text) {
    boolean summary = part.startsWith("reasoning");
    events.add(
        at(
            item,
            index,
            "response." + part + ".added",
            "part",
            summary ? obj("type", "summary_text", "text", "") : ResponsesUpstream.part("")));
    for (String delta : Fragments.of(text)) {
      ObjectNode event = at(item, index, "response." + name + ".delta", "delta", delta);
      events.add(summary ? event : event.set("logprobs", arr()));
    }
    ObjectNode done = at(item, index, "response." + name + ".done", "text", text);
    events.add(summary ? done : done.set("logprobs", arr()));
    events.add(
        at(
            item,
            index,
            "response." + part + ".done",
            "part",
            summary ? obj("type", "summary_text", "text", text) : ResponsesUpstream.part(text)));
  }

  private static ObjectNode at(
      ObjectNode item, int index, String type, String name, @Nullable Object value) {
    return obj(
        "type",
        type,
        "item_id",
        Json.string(item, "id"),
        "output_index",
        index,
        type.contains("summary") ? "summary_index" : "content_index",
        0,
        name,
        value);
  }
}
