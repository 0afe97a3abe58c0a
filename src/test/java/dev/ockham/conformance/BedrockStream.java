package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;
import static dev.ockham.conformance.Json.obj;

import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts a stream of Converse together: one block is open at a time, and texts have no start. */
final class BedrockStream {
  private final List<ObjectNode> content = new ArrayList<>();
  private final StringBuilder input = new StringBuilder();
  private boolean begun;
  private boolean open;
  private Optional<StopReason> stop = Optional.empty();
  private Optional<Usage> usage = Optional.empty();
  private Optional<Problem> problem = Optional.empty();

  void message(EventStream.Message message) {
    demand(usage.isEmpty() && problem.isEmpty(), "nothing after the end: " + message);
    demand(message.header(":content-type").equals("application/json"), "JSON: " + message);
    JsonNode data = message.payload();
    if (message.header(":message-type").equals("exception")) {
      problem =
          Optional.of(
              new Problem(
                  0,
                  BedrockClient.kind(message.header(":exception-type")),
                  Json.filled(data, "message")));
      return;
    }
    demand(message.header(":message-type").equals("event"), "an event: " + message);
    String type = message.header(":event-type");
    demand(begun || type.equals("messageStart"), "messageStart first: " + type);
    demand(stop.isEmpty() || type.equals("metadata"), "metadata after messageStop: " + type);
    switch (type) {
      case "messageStart" -> {
        demand(!begun, "messageStart comes once");
        Json.is(data, "role", "assistant");
        begun = true;
      }
      case "contentBlockStart" -> start(data);
      case "contentBlockDelta" -> delta(data);
      case "contentBlockStop" -> stop(data);
      case "messageStop" -> {
        demand(!open, "blocks are closed before messageStop");
        stop = Optional.of(BedrockClient.stop(data));
      }
      case "metadata" -> {
        demand(stop.isPresent(), "messageStop before metadata");
        Json.count(Json.object(data, "metrics", true), "latencyMs");
        usage = Optional.of(BedrockClient.usage(Json.object(data, "usage", false)));
      }
      default -> throw new AssertionError("against the grammar: event " + type);
    }
  }

  private void start(JsonNode data) {
    demand(!open && Json.count(data, "contentBlockIndex") == content.size(), "in order: " + data);
    JsonNode call = Json.object(Json.object(data, "start", true), "toolUse", true);
    content.add(
        obj(
            "toolUse",
            obj(
                "toolUseId",
                Json.filled(call, "toolUseId"),
                "name",
                Json.filled(call, "name"),
                "input",
                obj())));
    input.setLength(0);
    open = true;
  }

  private void delta(JsonNode data) {
    JsonNode delta = Json.object(data, "delta", true);
    demand(delta.size() == 1, "a delta is one of its kinds: " + delta);
    if (!open) {
      demand(!delta.has("toolUse"), "calls have a start");
      content.add(obj());
      open = true;
    }
    demand(Json.count(data, "contentBlockIndex") == content.size() - 1, "the open block: " + data);
    ObjectNode block = content.getLast();
    if (delta.has("text")) {
      demand(block.isEmpty() || block.has("text"), "texts go on in a text: " + data);
      block.put("text", block.path("text").asString("") + Json.string(delta, "text"));
    } else if (delta.has("toolUse")) {
      demand(block.has("toolUse"), "calls go on in a call: " + data);
      input.append(Json.string(delta.path("toolUse"), "input"));
    } else {
      reasoning(block, Json.object(delta, "reasoningContent", true));
    }
  }

  private static void reasoning(ObjectNode block, JsonNode delta) {
    demand(block.isEmpty() || block.has("reasoningContent"), "thoughts go on in one: " + delta);
    demand(delta.size() == 1, "a delta is one of its kinds: " + delta);
    ObjectNode thought = Json.object(block, "reasoningContent", false);
    block.set("reasoningContent", thought);
    if (delta.has("redactedContent")) {
      demand(thought.isEmpty(), "redacted content stands alone");
      thought.put("redactedContent", Json.filled(delta, "redactedContent"));
      return;
    }
    demand(!thought.has("redactedContent"), "redacted content stands alone");
    ObjectNode text = Json.object(thought, "reasoningText", false);
    thought.set("reasoningText", text);
    demand(!text.has("signature"), "the signature comes last");
    if (delta.has("signature")) {
      text.put("text", text.path("text").asString(""));
      text.put("signature", Json.filled(delta, "signature"));
    } else {
      text.put("text", text.path("text").asString("") + Json.string(delta, "text"));
    }
  }

  private void stop(JsonNode data) {
    demand(open && Json.count(data, "contentBlockIndex") == content.size() - 1, "open: " + data);
    ObjectNode block = content.getLast();
    if (block.has("toolUse") && !input.isEmpty()) {
      ((ObjectNode) block.path("toolUse"))
          .set("input", Json.object(Json.parse(input.toString()), "input"));
    }
    open = false;
  }

  Hearing hearing() {
    demand(usage.isPresent() != problem.isPresent(), "ends with metadata or an exception");
    boolean readable = !open || content.getLast().has("text");
    return BedrockClient.hearing(
        readable ? content : content.subList(0, content.size() - 1),
        stop,
        usage.orElse(Usage.ABSENT),
        problem);
  }
}
