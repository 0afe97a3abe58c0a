package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts a stream of Responses together, and holds every event to its place. */
final class ResponsesStream {
  private final List<ObjectNode> items = new ArrayList<>();
  private final List<Boolean> done = new ArrayList<>();
  private final List<String> openPart = new ArrayList<>();
  private int sequence;
  private boolean erred;
  private Optional<Hearing> heard = Optional.empty();

  void event(Sse.Event event) {
    JsonNode data = event.json();
    String type = Json.string(data, "type");
    demand(event.name().equals(type), "the event has its type's name: " + event.name());
    demand(heard.isEmpty() || (erred && type.equals("response.failed")), "after the end: " + type);
    demand(Json.count(data, "sequence_number") == sequence, "number " + sequence + " in " + data);
    demand(sequence != 0 || List.of("response.created", "error").contains(type), "created first");
    sequence++;
    switch (type) {
      case "response.created", "response.in_progress" -> {
        demand(sequence <= 2, "comes first: " + type);
        ResponsesClient.response(data.path("response"));
        Json.is(data.path("response"), "status", "in_progress");
        demand(Json.array(data.path("response"), "output").isEmpty(), "no output yet");
      }
      case "response.output_item.added" -> added(data);
      case "response.output_item.done" -> itemDone(data);
      case "response.completed", "response.incomplete" -> finish(type, data.path("response"));
      case "response.failed" -> failed(data.path("response"));
      // OpenAI says an error twice: response.failed may follow
      case "error" -> {
        erred = true;
        Json.has(data, "code", "param");
        heard =
            Optional.of(
                ResponsesClient.broken(
                    items,
                    new Problem(
                        0, kind(data.path("code").asString("")), Json.filled(data, "message"))));
      }
      default -> content(type, data);
    }
  }

  private void added(JsonNode data) {
    demand(Json.count(data, "output_index") == items.size(), "items are numbered in order");
    ObjectNode item = Json.object(data, "item", true).deepCopy();
    Json.filled(item, "id");
    switch (Json.oneOf(item, "type", "message", "function_call", "reasoning")) {
      case "message" -> demand(Json.array(item, "content").isEmpty(), "content is empty yet");
      case "function_call" -> {
        Json.filled(item, "call_id");
        Json.filled(item, "name");
        demand(Json.string(item, "arguments").isEmpty(), "arguments are empty yet");
      }
      default -> demand(Json.array(item, "summary").isEmpty(), "the summary is empty yet");
    }
    items.add(item);
    done.add(false);
    openPart.add("");
  }

  private void content(String type, JsonNode data) {
    int index = (int) Json.count(data, "output_index");
    demand(index < items.size() && !done.get(index), "an open item: " + data);
    ObjectNode item = items.get(index);
    demand(Json.filled(data, "item_id").equals(Json.string(item, "id")), "its id: " + data);
    switch (type) {
      case "response.content_part.added" -> part(item, index, "content", data);
      case "response.reasoning_summary_part.added" -> part(item, index, "summary", data);
      case "response.output_text.delta" -> {
        Json.array(data, "logprobs");
        append(item, index, "content", data);
      }
      case "response.reasoning_summary_text.delta" -> append(item, index, "summary", data);
      case "response.output_text.done" -> {
        Json.array(data, "logprobs");
        textDone(item, index, "content", data);
      }
      case "response.reasoning_summary_text.done" -> textDone(item, index, "summary", data);
      case "response.content_part.done" -> partDone(item, index, "content", data);
      case "response.reasoning_summary_part.done" -> partDone(item, index, "summary", data);
      case "response.function_call_arguments.delta" -> {
        demand(openPart.get(index).isEmpty(), "arguments are not done: " + data);
        item.put("arguments", Json.string(item, "arguments") + Json.string(data, "delta"));
      }
      case "response.function_call_arguments.done" -> {
        demand(
            Json.string(data, "arguments").equals(Json.string(item, "arguments")),
            "the arguments as they came: " + data + " / " + item);
        openPart.set(index, "arguments done");
      }
      default -> throw new AssertionError("against the grammar: event " + type);
    }
  }

  private static String indexName(String list) {
    return list.equals("content") ? "content_index" : "summary_index";
  }

  private void part(ObjectNode item, int index, String list, JsonNode data) {
    demand(openPart.get(index).isEmpty(), "one part at a time: " + data);
    ArrayNode parts = Json.array(item, list);
    demand(Json.count(data, indexName(list)) == parts.size(), "parts are numbered in order");
    ObjectNode part = Json.object(data, "part", true).deepCopy();
    Json.is(part, "type", list.equals("content") ? "output_text" : "summary_text");
    demand(Json.string(part, "text").isEmpty(), "its text is empty yet");
    parts.add(part);
    openPart.set(index, "open");
  }

  private ObjectNode last(ObjectNode item, int index, String list, JsonNode data, String state) {
    ArrayNode parts = Json.array(item, list);
    demand(openPart.get(index).equals(state), "a part that is " + state + ": " + data);
    demand(Json.count(data, indexName(list)) == parts.size() - 1, "its number: " + data);
    return (ObjectNode) parts.get(parts.size() - 1);
  }

  private void append(ObjectNode item, int index, String list, JsonNode data) {
    ObjectNode part = last(item, index, list, data, "open");
    part.put("text", Json.string(part, "text") + Json.string(data, "delta"));
  }

  private void textDone(ObjectNode item, int index, String list, JsonNode data) {
    ObjectNode part = last(item, index, list, data, "open");
    demand(Json.string(data, "text").equals(Json.string(part, "text")), "the text as it came");
    openPart.set(index, "text done");
  }

  private void partDone(ObjectNode item, int index, String list, JsonNode data) {
    ObjectNode part = last(item, index, list, data, "text done");
    demand(Json.string(data.path("part"), "text").equals(Json.string(part, "text")), "its text");
    openPart.set(index, "");
  }

  private void itemDone(JsonNode data) {
    int index = (int) Json.count(data, "output_index");
    demand(index < items.size() && !done.get(index), "an open item: " + data);
    ObjectNode whole = Json.object(data, "item", true);
    ObjectNode item = items.get(index);
    String type = Json.string(item, "type");
    demand(
        openPart.get(index).equals(type.equals("function_call") ? "arguments done" : ""),
        "all of it is done: " + data);
    for (String name : List.of("id", "type", "call_id", "name", "arguments")) {
      demand(whole.path(name).equals(item.path(name)), name + " as it came: " + whole);
    }
    texts(whole, "content", item);
    texts(whole, "summary", item);
    items.set(index, whole);
    done.set(index, true);
  }

  private static void texts(JsonNode whole, String list, JsonNode item) {
    JsonNode came = Json.maybeArray(item, list);
    JsonNode said = Json.maybeArray(whole, list);
    demand(came.size() == said.size(), list + " as it came: " + whole);
    for (int i = 0; i < came.size(); i++) {
      demand(came.get(i).path("text").equals(said.get(i).path("text")), "text as it came");
    }
  }

  private void finish(String type, JsonNode response) {
    demand(!done.contains(false), "every item is done before " + type);
    demand(type.equals("response." + Json.string(response, "status")), "its status: " + type);
    demand(
        Json.array(response, "output").equals(Json.list(items)),
        "the output as it came: " + response.path("output") + " / " + items);
    heard = Optional.of(ResponsesClient.finished(response));
  }

  private void failed(JsonNode response) {
    ResponsesClient.response(response);
    Json.is(response, "status", "failed");
    JsonNode error = Json.object(response, "error", true);
    heard =
        Optional.of(
            ResponsesClient.broken(
                items,
                new Problem(0, kind(Json.filled(error, "code")), Json.filled(error, "message"))));
  }

  private static Problem.Kind kind(String code) {
    return code.equals("rate_limit_exceeded") ? Problem.Kind.RATE_LIMIT : Problem.Kind.SERVER;
  }

  Hearing hearing() {
    demand(heard.isPresent(), "a stream ends with completed, incomplete, failed or an error");
    return heard.orElseThrow();
  }
}
