package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.List;
import java.util.Optional;

/** Writes Responses replies. */
final class OpenAiResponsesReplyWriter implements ReplyWriter {

  /**
   * What a response repeats of its request.
   *
   * @param unsaid what it tells where the request said nothing
   */
  private record Repeated(String name, JsonText unsaid) {
    Repeated(String name, String unsaid) {
      this(name, new JsonText(unsaid));
    }
  }

  private static final List<Repeated> REPEATED =
      List.of(
          new Repeated("background", "false"),
          new Repeated("instructions", "null"),
          new Repeated("max_output_tokens", "null"),
          new Repeated("max_tool_calls", "null"),
          new Repeated("metadata", "{}"),
          new Repeated("parallel_tool_calls", "true"),
          new Repeated("previous_response_id", "null"),
          new Repeated("prompt_cache_key", "null"),
          new Repeated("reasoning", "{\"effort\":null,\"summary\":null}"),
          new Repeated("safety_identifier", "null"),
          new Repeated("service_tier", "\"auto\""),
          new Repeated("temperature", "null"),
          new Repeated("text", "{\"format\":{\"type\":\"text\"}}"),
          new Repeated("tool_choice", "\"auto\""),
          new Repeated("tools", "[]"),
          new Repeated("top_logprobs", "0"),
          new Repeated("top_p", "null"),
          new Repeated("truncation", "\"disabled\""));

  private final Head head;
  private final OpenAiResponsesEvents events;
  private String id = "resp_";
  private boolean started;
  private Usage usage = Usage.ABSENT;

  OpenAiResponsesReplyWriter(Head head) {
    this.head = head;
    this.events = new OpenAiResponsesEvents(head.asked().request().tools().offered());
  }

  @Override
  public void event(ChatEvent event, Bytes out) {
    switch (event) {
      case ChatEvent.Started(String upstream, var _) -> {
        named(upstream);
        started = true;
        told("response.created", Ending.UNDER_WAY, out);
        told("response.in_progress", Ending.UNDER_WAY, out);
      }
      case ChatEvent.TextDelta(String text) -> events.text(text, out);
      case ChatEvent.TokensScored(var tokens) -> events.scored(tokens, out);
      case ChatEvent.ReasoningDelta(String text) -> events.reasoning(text, out);
      case ChatEvent.ReasoningSigned(var state) ->
          events.signed(head.carriage().seal().seal(state), out);
      case ChatEvent.ToolCallStarted call -> events.callStarted(call, out);
      case ChatEvent.ToolCallDelta(int index, String arguments) ->
          events.callDelta(index, arguments, out);
      case ChatEvent.UsageReported(Usage reported) -> usage = reported;
      case ChatEvent.Finished(StopReason reason, var _) -> {
        Ending ending = Ending.of(reason);
        events.finish(ending.status, out);
        told("response." + ending.status, ending, out);
      }
      case ChatEvent.Failed(ChatError error) -> out.write(broken(error));
    }
  }

  /** How a response stands, and why. */
  private record Ending(String status, Optional<String> cutBy, Optional<ChatError> error) {
    private static final Ending UNDER_WAY = plain(OpenAiResponsesItem.IN_PROGRESS);

    private static Ending plain(String status) {
      return new Ending(status, Optional.empty(), Optional.empty());
    }

    private static Ending cut(String by) {
      return new Ending(OpenAiResponsesItem.INCOMPLETE, Optional.of(by), Optional.empty());
    }

    static Ending of(StopReason reason) {
      return switch (reason) {
        case END_OF_TURN, STOP_SEQUENCE, TOOL_CALLS, OTHER -> plain(OpenAiResponsesItem.COMPLETED);
        case MAX_OUTPUT -> cut("max_output_tokens");
        case CONTENT_FILTER -> cut("content_filter");
      };
    }
  }

  private void named(String upstream) {
    id = upstream.startsWith("resp_") ? upstream : "resp_" + upstream;
    events.begin(id.substring("resp_".length()));
  }

  private void told(String type, Ending ending, Bytes out) {
    events.event(type, out, json -> response(json.name("response"), ending));
  }

  /** An error event makes clients fail that do not look at the response, which then tells more. */
  @Override
  public byte[] broken(ChatError error) {
    var out = new Bytes();
    events.event("error", out, json -> OpenAiResponses.error(json, error));
    if (started) {
      events.broken();
      told("response.failed", new Ending("failed", Optional.empty(), Optional.of(error)), out);
    }
    return out.take();
  }

  @Override
  public void whole(Answer answer, Bytes out) {
    named(answer.id);
    usage = answer.usage;
    Ending ending = Ending.of(answer.stop.orElse(StopReason.OTHER));
    events.whole(answer, ending.status, head.carriage().seal());
    try (JsonWriter json = new JsonWriter(out)) {
      response(json, ending);
    }
  }

  private void response(JsonWriter json, Ending ending) {
    json.object().text("id", id).text("object", "response").number("created_at", head.created());
    json.text("status", ending.status);
    if (ending.error.isPresent()) {
      json.object("error").text("code", OpenAiResponses.code(ending.error.get()));
      json.text("message", ending.error.get().message()).end();
    } else {
      json.nothing("error");
    }
    if (ending.cutBy.isPresent()) {
      json.object("incomplete_details").text("reason", ending.cutBy.get()).end();
    } else {
      json.nothing("incomplete_details");
    }
    json.text("model", head.model());
    RawBody asked = head.asked().raw();
    for (Repeated field : REPEATED) {
      json.json(field.name, asked.json(field.name).orElse(field.unsaid));
    }
    asked.json("user").ifPresent(user -> json.json("user", user));
    json.array("output");
    events.items().forEach(item -> item.write(json));
    json.end();
    if (usage.isAbsent() || ending.status.equals(OpenAiResponsesItem.IN_PROGRESS)) {
      json.nothing("usage");
    } else {
      Counts.writeResponses(json, usage);
    }
    json.end();
  }
}
