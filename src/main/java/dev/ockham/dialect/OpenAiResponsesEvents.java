package dev.ockham.dialect;

import static dev.ockham.dialect.OpenAiResponsesItem.COMPLETED;
import static dev.ockham.dialect.OpenAiResponsesItem.INCOMPLETE;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.ScoredToken;
import dev.ockham.chat.Tool;
import dev.ockham.dialect.OpenAiResponsesItem.Call;
import dev.ockham.dialect.OpenAiResponsesItem.Said;
import dev.ockham.dialect.OpenAiResponsesItem.Thought;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the items of a stream event by event. Several calls may be under way at once; everything
 * else ends when something new begins.
 */
final class OpenAiResponsesEvents {
  /** What a score is written in, at least. */
  private static final int SCORED = 32;

  private final Map<String, Tool> tools = new HashMap<>();
  private final List<OpenAiResponsesItem> items = new ArrayList<>();
  private final List<OpenAiResponsesItem> open = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private String response = "";
  private long sequence;

  /** All that was said is said again at the end, so it is kept. */
  private long kept;

  OpenAiResponsesEvents(List<Tool> offered) {
    this(offered, 0);
  }

  /**
   * @param passed how many events of the stream were not written here
   */
  OpenAiResponsesEvents(List<Tool> offered, int passed) {
    sequence = passed;
    offered.forEach(tool -> tools.put(tool.name(), tool));
  }

  /** Tells what the ids of items are made of. */
  void begin(String id) {
    response = id;
  }

  List<OpenAiResponsesItem> items() {
    return items;
  }

  /** Adds fields to an object that has begun. */
  interface Fields {
    void into(JsonWriter json);
  }

  void event(String type, Bytes out, Fields fields) {
    out.write("event: ");
    out.write(type);
    out.write("\ndata: ");
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().text("type", type).number("sequence_number", sequence++);
      fields.into(json);
      json.end();
    }
    out.write("\n\n");
  }

  private void about(OpenAiResponsesItem item, String type, Bytes out, Fields fields) {
    event(
        type,
        out,
        json -> {
          json.text("item_id", item.id).number("output_index", item.index);
          fields.into(json);
        });
  }

  void text(String text, Bytes out) {
    Said said = said(out);
    keep(text);
    said.text.append(text);
    delta(said, text, List.of(), out);
  }

  /** Scores come after their text, which has gone out, so they go out beside no more of it. */
  void scored(List<ScoredToken> tokens, Bytes out) {
    Said said = said(out);
    keep(tokens);
    said.scored.addAll(tokens);
    delta(said, "", tokens, out);
  }

  private Said said(Bytes out) {
    if (!items.isEmpty() && items.getLast() instanceof Said open && open.isOpen()) {
      return open;
    }
    var begun = new Said(items.size(), response);
    begin(begun, out);
    about(
        begun,
        "response.content_part.added",
        out,
        json -> {
          json.number("content_index", 0).object("part");
          begun.part(json);
          json.end();
        });
    return begun;
  }

  private void delta(Said said, String text, List<ScoredToken> tokens, Bytes out) {
    about(
        said,
        "response.output_text.delta",
        out,
        json -> {
          json.number("content_index", 0).text("delta", text);
          Said.logprobs(json, tokens);
        });
  }

  void reasoning(String text, Bytes out) {
    Thought thought = thought(out);
    if (thought.text.isEmpty()) {
      about(thought, "response.reasoning_summary_part.added", out, json -> part(thought, json));
    }
    keep(text);
    thought.text.append(text);
    about(
        thought,
        "response.reasoning_summary_text.delta",
        out,
        json -> json.number("summary_index", 0).text("delta", text));
  }

  void signed(String sealed, Bytes out) {
    Thought thought = thought(out);
    thought.sealed = Optional.of(sealed);
    keep(sealed);
    close(thought, COMPLETED, out);
  }

  private Thought thought(Bytes out) {
    if (!items.isEmpty() && items.getLast() instanceof Thought open && open.isOpen()) {
      return open;
    }
    var begun = new Thought(items.size(), response);
    begin(begun, out);
    return begun;
  }

  private static void part(Thought thought, JsonWriter json) {
    json.number("summary_index", 0).object("part");
    thought.part(json);
    json.end();
  }

  void callStarted(ChatEvent.ToolCallStarted started, Bytes out) {
    Call call = call(started.id(), started.name());
    calls.add(call);
    begin(call, out);
  }

  private Call call(String id, String name) {
    Tool unknown = Tool.function(name, "", JsonText.EMPTY_OBJECT, false);
    return new Call(items.size(), response, id, tools.getOrDefault(name, unknown));
  }

  void callDelta(int index, String arguments, Bytes out) {
    Call call = calls.get(index);
    if (!call.isOpen()) {
      if (arguments.isBlank()) {
        return;
      }
      throw Rejected.reply("The provider sent more arguments for a tool call that was complete");
    }
    keep(arguments);
    call.add(arguments);
    if (!call.freeform && !arguments.isEmpty()) {
      about(
          call,
          "response.function_call_arguments.delta",
          out,
          json -> json.text("delta", arguments));
    }
  }

  /**
   * Closes what is open, in order.
   *
   * @param status of what may have been cut
   */
  void finish(String status, Bytes out) {
    for (OpenAiResponsesItem item : List.copyOf(open)) {
      boolean whole = item instanceof Call && item.isComplete();
      close(item, whole ? COMPLETED : status, out);
    }
  }

  /** What is under way will not go on. */
  void broken() {
    open.forEach(item -> item.status = INCOMPLETE);
    open.clear();
  }

  private void begin(OpenAiResponsesItem item, Bytes out) {
    for (OpenAiResponsesItem before : List.copyOf(open)) {
      if (before.isComplete()) {
        close(before, COMPLETED, out);
      }
    }
    items.add(item);
    open.add(item);
    event(
        "response.output_item.added",
        out,
        json -> {
          json.number("output_index", item.index);
          item.write(json.name("item"));
        });
  }

  private void close(OpenAiResponsesItem item, String status, Bytes out) {
    item.status = status;
    open.remove(item);
    switch (item) {
      case Said said -> closed(said, out);
      case Thought thought -> closed(thought, out);
      case Call call -> closed(call, out);
    }
    event(
        "response.output_item.done",
        out,
        json -> {
          json.number("output_index", item.index);
          item.write(json.name("item"));
        });
  }

  private void closed(Said said, Bytes out) {
    about(
        said,
        "response.output_text.done",
        out,
        json -> {
          json.number("content_index", 0).text("text", said.text.toString());
          Said.logprobs(json, said.scored);
        });
    about(
        said,
        "response.content_part.done",
        out,
        json -> {
          json.number("content_index", 0).object("part");
          said.part(json);
          json.end();
        });
  }

  private void closed(Thought thought, Bytes out) {
    if (thought.text.isEmpty()) {
      return;
    }
    about(
        thought,
        "response.reasoning_summary_text.done",
        out,
        json -> json.number("summary_index", 0).text("text", thought.text.toString()));
    about(thought, "response.reasoning_summary_part.done", out, json -> part(thought, json));
  }

  private void closed(Call call, Bytes out) {
    if (!call.freeform) {
      about(
          call,
          "response.function_call_arguments.done",
          out,
          json -> json.text("name", call.name).text("arguments", call.said()));
      return;
    }
    about(
        call,
        "response.custom_tool_call_input.delta",
        out,
        json -> json.text("delta", call.said()));
    about(
        call, "response.custom_tool_call_input.done", out, json -> json.text("input", call.said()));
  }

  private void keep(List<ScoredToken> tokens) {
    for (ScoredToken token : tokens) {
      keep(SCORED + token.token().length());
      for (ScoredToken.Alternative other : token.alternatives()) {
        keep(SCORED + other.token().length());
      }
    }
  }

  private void keep(String text) {
    keep(text.length());
  }

  private void keep(int chars) {
    kept += chars;
    if (kept > WholeReply.LARGEST) {
      throw Rejected.reply(
          "The provider sent an answer of more than " + WholeReply.LARGEST + " characters");
    }
  }

  /**
   * Takes over a whole answer, without events.
   *
   * @param status of its last item
   */
  void whole(Answer answer, String status, Seals.Seal seal) {
    for (Answer.Piece piece : answer.pieces) {
      OpenAiResponsesItem item = item(piece, seal);
      item.status = COMPLETED;
      items.add(item);
    }
    if (!items.isEmpty()) {
      items.getLast().status = status;
    }
    for (OpenAiResponsesItem item : items) {
      if (item instanceof Said first) {
        first.scored.addAll(answer.scored);
        return;
      }
    }
  }

  private OpenAiResponsesItem item(Answer.Piece piece, Seals.Seal seal) {
    return switch (piece) {
      case Answer.Said(StringBuilder text) -> {
        var said = new Said(items.size(), response);
        said.text.append(text);
        yield said;
      }
      case Answer.Thought whole -> {
        var thought = new Thought(items.size(), response);
        thought.text.append(whole.text);
        thought.sealed = whole.state.map(seal::seal);
        yield thought;
      }
      case Answer.Call whole -> {
        Call call = call(whole.id(), whole.name());
        call.add(whole.arguments().toString());
        yield call;
      }
    };
  }
}
