package dev.ockham.conformance;

import static dev.ockham.conformance.Json.obj;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.conformance.Asked.Spoken;
import dev.ockham.conformance.Scenario.Case;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool loop of a model that thinks: what its maker wants back comes back in every turn,
 * unchanged, whoever carried it.
 */
final class Thinking {
  static final List<Case> LOOP =
      List.of(
          new Case("three turns, whole", cell -> loop(cell, false)),
          new Case("three turns, streamed", cell -> loop(cell, true)),
          new Case("a thought before a text, and a new question, whole", cell -> on(cell, false)),
          new Case("a thought before a text, and a new question, streamed", cell -> on(cell, true)),
          new Case("one thought before two calls, whole", cell -> twoCalls(cell, false)),
          new Case("one thought before two calls, streamed", cell -> twoCalls(cell, true)));

  private static final String EFFORT = "high";

  private Thinking() {}

  private static void loop(Cell cell, boolean stream) {
    Piece.Thought open = cell.thought("The weather first \ud83e\udd14,\nthen the time.", "1");
    Piece.Call weather = cell.call("a", "get_weather", obj("place", "Rom"));
    Piece.Thought hidden = cell.thought("", "2");
    Piece.Call clock = cell.call("b", "clock", obj());
    Piece.Thought last = cell.thought("Both are known.", "3");
    cell.script(
        cell.answer(open, weather),
        cell.answer(hidden, clock),
        cell.answer(last, new Piece.Text("Sun at noon.")));

    Ask first =
        cell.question(Turn.User.says("Weather and time?"))
            .offering(Ask.Choice.AUTO, ToolUse.WEATHER, ToolUse.CLOCK)
            .thinking(EFFORT)
            .streamed(stream);
    Hearing heard = cell.ask(first);
    assertThat(cell.asked(first).effort()).as("the effort asked for").hasValue(EFFORT);
    thoughtOf(cell, heard, open);
    Ask second = first.then(new Turn.Heard(heard), result(ToolUse.same(heard, weather), "sun"));

    Hearing heardSecond = cell.ask(second);
    Spoken opened = said(cell, open, weather);
    assertThat(turns(cell, second))
        .containsExactly(
            Spoken.user(new Piece.Text("Weather and time?")),
            opened,
            Spoken.user(Piece.Result.of(weather, "sun")));
    Ask third =
        second.then(new Turn.Heard(heardSecond), result(ToolUse.same(heardSecond, clock), "noon"));

    Hearing heardThird = cell.ask(third);
    assertThat(turns(cell, third))
        .containsExactly(
            Spoken.user(new Piece.Text("Weather and time?")),
            opened,
            Spoken.user(Piece.Result.of(weather, "sun")),
            said(cell, hidden, clock),
            Spoken.user(Piece.Result.of(clock, "noon")));
    assertThat(heardThird.text()).isEqualTo("Sun at noon.");
    thoughtOf(cell, heardThird, last);
    notes(cell);
  }

  private static void on(Cell cell, boolean stream) {
    if (!cell.client().hearsThoughts()) {
      cell.note(
          "what was thought before a text without a call has nothing to be kept by: not tried");
      return;
    }
    Piece.Thought thought = cell.thought("Easy.", "1");
    Piece.Text noon = new Piece.Text("Noon.");
    cell.script(cell.answer(thought, noon), cell.answer(new Piece.Text("Yes.")));
    Ask ask = cell.question(Turn.User.says("Time?")).thinking(EFFORT).streamed(stream);

    Hearing heard = cell.ask(ask);
    Ask next = ask.then(new Turn.Heard(heard), Turn.User.says("Sure?"));
    cell.ask(next);

    Spoken said = cell.asked(next).turns().get(1);
    assertThat(said.pieces()).contains(noon);
    assertThat(states(said)).isEqualTo(states(new Spoken(true, cell.answer(thought).pieces())));
  }

  private static List<String> states(Spoken turn) {
    var states = new ArrayList<String>();
    for (Piece piece : turn.pieces()) {
      if (piece instanceof Piece.Thought(var text, String state)) {
        states.add(state);
      }
    }
    return states;
  }

  private static void twoCalls(Cell cell, boolean stream) {
    Piece.Thought thought = cell.thought("Both at once.", "1");
    Piece.Call weather = cell.call("a", "get_weather", obj("place", "Rom"));
    Piece.Call clock = cell.call("b", "clock", obj());
    cell.script(cell.answer(thought, weather, clock), cell.answer(new Piece.Text("Sun at noon.")));
    Ask ask =
        cell.question(Turn.User.says("Weather and time?"))
            .offering(Ask.Choice.AUTO, ToolUse.WEATHER, ToolUse.CLOCK)
            .thinking(EFFORT)
            .streamed(stream);

    Hearing heard = cell.ask(ask);
    assertThat(heard.calls()).hasSize(2);
    Ask on =
        ask.then(
            new Turn.Heard(heard),
            new Turn.Results(
                List.of(
                    Piece.Result.of(heard.calls().get(0), "sun"),
                    Piece.Result.of(heard.calls().get(1), "noon"))));
    cell.ask(on);

    assertThat(turns(cell, on))
        .containsExactly(
            Spoken.user(new Piece.Text("Weather and time?")),
            said(cell, thought, weather, clock),
            Spoken.user(Piece.Result.of(weather, "sun"), Piece.Result.of(clock, "noon")));
  }

  private static void notes(Cell cell) {
    if (!cell.upstream().thinks()) {
      cell.note("Chat Completions has no thoughts on the wire: the loop runs, with its effort");
    } else if (!cell.client().hearsThoughts()) {
      cell.note(
          "Chat Completions has no place for thoughts: the gateway keeps them by the ids of calls");
    }
  }

  private static Turn.Results result(Piece.Call call, String text) {
    return new Turn.Results(List.of(Piece.Result.of(call, text)));
  }

  /** The client reads what may be read, if its dialect has thoughts. */
  private static void thoughtOf(Cell cell, Hearing heard, Piece.Thought thought) {
    if (cell.upstream().thinks() && cell.client().hearsThoughts()) {
      assertThat(heard.thoughts()).as("what the client reads of it").isEqualTo(thought.text());
    }
  }

  private static Spoken said(Cell cell, Piece... pieces) {
    return comparable(cell, new Spoken(true, cell.answer(pieces).pieces()));
  }

  private static List<Spoken> turns(Cell cell, Ask ask) {
    return cell.asked(ask).turns().stream().map(turn -> comparable(cell, turn)).toList();
  }

  /** Where a maker does not hold the text against the state, the text need not come back. */
  private static Spoken comparable(Cell cell, Spoken turn) {
    if (cell.upstream().bindsThoughtsToText()) {
      return turn;
    }
    var pieces = new ArrayList<Piece>();
    for (Piece piece : turn.pieces()) {
      pieces.add(
          piece instanceof Piece.Thought(var text, String state)
              ? new Piece.Thought("", state)
              : piece);
    }
    return new Spoken(turn.model(), pieces);
  }
}
