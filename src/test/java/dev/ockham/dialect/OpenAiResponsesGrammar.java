package dev.ockham.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads a Responses stream as a strict client does: each item is added once and done once, its
 * deltas come between and add up to what is done, and the last event tells it all again.
 */
final class OpenAiResponsesGrammar {
  private final List<String> types = new ArrayList<>();
  private final Map<Integer, JsonNode> added = new TreeMap<>();
  private final Map<Integer, JsonNode> done = new TreeMap<>();
  private final Map<String, String> deltas = new HashMap<>();
  private JsonNode last = Bodies.json("{}");

  private OpenAiResponsesGrammar() {}

  /** Checks a stream that has ended, well or not. */
  static OpenAiResponsesGrammar of(List<String> events) {
    var grammar = new OpenAiResponsesGrammar();
    for (String event : events) {
      int space = event.indexOf(' ');
      grammar.next(event.substring(0, space), Bodies.json(event.substring(space + 1)));
    }
    grammar.checkEnd();
    return grammar;
  }

  List<String> types() {
    return types;
  }

  /** The response as the last event tells it. */
  JsonNode response() {
    return last.at("/response");
  }

  private void next(String name, JsonNode event) {
    String type = event.at("/type").asString();
    assertThat(type).as("the event's name and its type").isEqualTo(name);
    assertThat(event.at("/sequence_number").asInt()).isEqualTo(types.size());
    types.add(type);
    last = event;
    int index = event.at("/output_index").asInt(-1);
    if (index >= 0) {
      item(type, index, event);
    }
  }

  private void item(String type, int index, JsonNode event) {
    switch (type) {
      case "response.output_item.added" -> {
        assertThat(index).as("items are added in order").isEqualTo(added.size());
        assertThat(event.at("/item/status").asString("in_progress")).isEqualTo("in_progress");
        added.put(index, event.at("/item"));
      }
      case "response.output_item.done" -> {
        assertThat(done).as("done once").doesNotContainKey(index);
        assertThat(event.at("/item/id"))
            .isEqualTo(Objects.requireNonNull(added.get(index)).at("/id"));
        done.put(index, event.at("/item"));
      }
      default -> {
        assertThat(added).as(type + " of an item that was added").containsKey(index);
        assertThat(done).as(type + " of an item that is not done").doesNotContainKey(index);
        assertThat(event.at("/item_id"))
            .isEqualTo(Objects.requireNonNull(added.get(index)).at("/id"));
        String part = index + type.substring(0, type.lastIndexOf('.'));
        if (type.endsWith(".delta")) {
          deltas.merge(part, event.at("/delta").asString(), String::concat);
        } else if (type.endsWith(".done") && !type.contains("_part.")) {
          assertThat(said(event)).isEqualTo(deltas.getOrDefault(part, said(event)));
        }
      }
    }
  }

  private static String said(JsonNode event) {
    for (String field : List.of("text", "arguments", "input")) {
      if (event.has(field)) {
        return event.get(field).asString();
      }
    }
    throw new AssertionError("nothing is said by " + event);
  }

  private void checkEnd() {
    if (types.getLast().equals("error")) {
      return;
    }
    assertThat(types.subList(0, 2)).containsExactly("response.created", "response.in_progress");
    assertThat(types.getLast())
        .isIn("response.completed", "response.incomplete", "response.failed");
    assertThat(response().at("/status").asString())
        .isEqualTo(types.getLast().substring("response.".length()));
    if (!types.getLast().equals("response.failed")) {
      assertThat(done.keySet()).isEqualTo(added.keySet());
      assertThat(List.copyOf(response().at("/output").values()))
          .isEqualTo(List.copyOf(done.values()));
    }
  }
}
