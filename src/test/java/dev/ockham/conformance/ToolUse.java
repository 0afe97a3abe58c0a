package dev.ockham.conformance;

import static dev.ockham.conformance.Json.arr;
import static dev.ockham.conformance.Json.obj;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.StopReason;
import dev.ockham.conformance.Ask.Choice;
import dev.ockham.conformance.Asked.Spoken;
import dev.ockham.conformance.ModelServer.Chunking;
import dev.ockham.conformance.Scenario.Case;
import java.util.ArrayList;
import java.util.List;

/** Tools: offered, called one by one and at once, answered. */
final class ToolUse {
  static final Ask.Offer WEATHER =
      new Ask.Offer(
          "get_weather",
          "The weather of a place, \"now\".",
          obj(
              "type",
              "object",
              "properties",
              obj(
                  "place",
                  obj("type", "string", "description", "A city"),
                  "unit",
                  obj("type", "string", "enum", arr("C", "F"))),
              "required",
              arr("place")));

  static final Ask.Offer CLOCK =
      new Ask.Offer("clock", "What time it is.", obj("type", "object", "properties", obj()));

  static final List<Case> TOOLS =
      List.of(
          new Case("a loop of one call, whole", cell -> loop(cell, false)),
          new Case("a loop of one call, streamed", cell -> loop(cell, true)),
          new Case("a call without arguments, and a failed tool", ToolUse::failed),
          new Case("some tool must be called", cell -> must(cell, Choice.REQUIRED)),
          new Case("one tool must be called", cell -> must(cell, Choice.FIRST)),
          new Case("no tool may be called", ToolUse::none));

  static final List<Case> PARALLEL =
      List.of(
          new Case("three calls, event by event", cell -> parallel(cell, Chunking.EVENT_BY_EVENT)),
          new Case("three calls, cut anywhere", cell -> parallel(cell, Chunking.ODD_CUTS)),
          new Case("three calls, whole", ToolUse::parallelWhole),
          new Case("three calls without ids, where a provider may omit them", ToolUse::noIds));

  private ToolUse() {}

  private static void loop(Cell cell, boolean stream) {
    Piece.Text saying = new Piece.Text("Let me see. ");
    Piece.Call call =
        cell.call("a", "get_weather", obj("place", "K\u00f6ln \"am\" Rhein", "unit", "C"));
    Ask ask =
        cell.question(Turn.User.says("Weather?"))
            .offering(Choice.AUTO, WEATHER, CLOCK)
            .streamed(stream);
    cell.script(cell.answer(saying, call), cell.answer(new Piece.Text("Rain.")));

    Hearing heard = cell.ask(ask);

    Asked asked = cell.asked(ask);
    assertThat(asked.tools()).containsExactly(WEATHER, CLOCK);
    assertThat(asked.choice()).isEqualTo(Choice.AUTO);
    assertThat(heard.text()).isEqualTo("Let me see. ");
    assertThat(heard.stop()).hasValue(StopReason.TOOL_CALLS);
    Piece.Call heardCall = same(heard, call);

    Ask on =
        ask.then(
            new Turn.Heard(heard),
            new Turn.Results(List.of(Piece.Result.of(heardCall, Talking.TRICKY))));
    Hearing last = cell.ask(on);

    assertThat(cell.asked(on).turns())
        .containsExactly(
            Spoken.user(new Piece.Text("Weather?")),
            Spoken.model(saying, call),
            Spoken.user(Piece.Result.of(call, Talking.TRICKY)));
    assertThat(last.text()).isEqualTo("Rain.");
    assertThat(last.stop()).hasValue(StopReason.END_OF_TURN);
  }

  /** The only call heard, which is this one but for its id. */
  static Piece.Call same(Hearing heard, Piece.Call said) {
    assertThat(heard.calls()).hasSize(1);
    Piece.Call call = heard.calls().getFirst();
    assertThat(call.name()).isEqualTo(said.name());
    assertThat(call.arguments()).isEqualTo(said.arguments());
    return call;
  }

  private static void failed(Cell cell) {
    Piece.Call call = cell.call("a", "clock", obj());
    Ask ask =
        cell.question(Turn.User.says("What time is it?"))
            .offering(Choice.AUTO, CLOCK)
            .streamed(true);
    cell.script(cell.answer(call), cell.answer(new Piece.Text("I do not know.")));

    Hearing heard = cell.ask(ask);
    Piece.Result failure = Piece.Result.of(same(heard, call), "no battery").failed();
    Ask on = ask.then(new Turn.Heard(heard), new Turn.Results(List.of(failure)));
    cell.ask(on);

    boolean told = cell.client().hasToolErrors() && cell.upstream().hasToolErrors();
    if (!told) {
      cell.note(
          "one of the two dialects has no word for a failed tool: the text of the result tells");
    }
    Piece.Result expected = Piece.Result.of(call, "no battery");
    assertThat(cell.asked(on).turns())
        .last()
        .isEqualTo(Spoken.user(told ? expected.failed() : expected));
  }

  private static void must(Cell cell, Choice choice) {
    Piece.Call call = cell.call("a", "get_weather", obj("place", "Rom"));
    Ask ask = cell.question(Turn.User.says("Weather?")).offering(choice, WEATHER, CLOCK);
    cell.script(cell.answer(call));

    Hearing heard = cell.ask(ask);

    assertThat(cell.asked(ask).choice()).isEqualTo(choice);
    same(heard, call);
  }

  private static void none(Cell cell) {
    if (!cell.client().hasNoChoice()) {
      cell.note("no tool may be called: " + Images.UNSAID);
      return;
    }
    Ask ask = cell.question(Turn.User.says("Weather?")).offering(Choice.NONE, WEATHER);
    cell.script(cell.answer(new Piece.Text("I may not look.")));

    cell.ask(ask);

    Asked asked = cell.asked(ask);
    assertThat(asked.choice() == Choice.NONE || asked.tools().isEmpty())
        .as("no tool can be called")
        .isTrue();
  }

  private static void parallel(Cell cell, Chunking chunking) {
    List<Piece.Call> calls = threeCalls(cell);
    Ask ask =
        cell.question(Turn.User.says("Weather?"))
            .offering(Choice.AUTO, WEATHER, CLOCK)
            .streamed(true);
    cell.server()
        .script(
            chunking, cell.answer(all(calls)).atOnce(), cell.answer(new Piece.Text("All dry.")));
    answered(cell, ask, calls);
  }

  private static void parallelWhole(Cell cell) {
    List<Piece.Call> calls = threeCalls(cell);
    Ask ask = cell.question(Turn.User.says("Weather?")).offering(Choice.AUTO, WEATHER, CLOCK);
    cell.script(cell.answer(all(calls)), cell.answer(new Piece.Text("All dry.")));
    answered(cell, ask, calls);
  }

  private static List<Piece.Call> threeCalls(Cell cell) {
    return List.of(
        cell.call("a", "get_weather", obj("place", "K\u00f6ln \ud83c\udf27", "unit", "C")),
        cell.call("b", "clock", obj()),
        cell.call("c", "get_weather", obj("place", "Rom", "unit", "F")));
  }

  private static Piece[] all(List<Piece.Call> calls) {
    var pieces = new ArrayList<Piece>();
    pieces.add(new Piece.Text("I ask three. "));
    pieces.addAll(calls);
    return pieces.toArray(Piece[]::new);
  }

  private static void noIds(Cell cell) {
    if (!cell.upstream().mayOmitIds()) {
      return;
    }
    List<Piece.Call> calls =
        threeCalls(cell).stream()
            .map(call -> new Piece.Call("", call.name(), call.arguments()))
            .toList();
    for (boolean stream : List.of(false, true)) {
      Ask ask =
          cell.question(Turn.User.says("Weather?"))
              .offering(Choice.AUTO, WEATHER, CLOCK)
              .streamed(stream);
      cell.script(cell.answer(all(calls)), cell.answer(new Piece.Text("All dry.")));
      answered(cell, ask, calls);
    }
  }

  /** Without ids where the provider gave none: whoever makes some up may use them. */
  private static List<Spoken> comparable(List<Spoken> turns, boolean ids) {
    return ids ? turns : turns.stream().map(ToolUse::withoutIds).toList();
  }

  private static Spoken withoutIds(Spoken turn) {
    var pieces = new ArrayList<Piece>();
    for (Piece piece : turn.pieces()) {
      pieces.add(
          switch (piece) {
            case Piece.Call call -> new Piece.Call("", call.name(), call.arguments());
            case Piece.Result result ->
                new Piece.Result(
                    "", result.name(), result.text(), result.error(), result.pictures());
            default -> piece;
          });
    }
    return new Spoken(turn.model(), pieces);
  }

  private static void answered(Cell cell, Ask ask, List<Piece.Call> calls) {
    Hearing heard = cell.ask(ask);

    assertThat(heard.calls()).hasSize(3);
    var results = new ArrayList<Piece.Result>();
    var expected = new ArrayList<Piece>();
    for (int i = 0; i < 3; i++) {
      Piece.Call call = heard.calls().get(i);
      assertThat(call.name()).isEqualTo(calls.get(i).name());
      assertThat(call.arguments()).isEqualTo(calls.get(i).arguments());
      results.add(Piece.Result.of(call, "answer " + i));
      expected.add(Piece.Result.of(calls.get(i), "answer " + i));
    }
    boolean ids = calls.stream().noneMatch(call -> call.id().isEmpty());
    if (ids || cell.client().dialect() != cell.upstream().dialect()) {
      assertThat(heard.calls().stream().map(Piece.Call::id).distinct())
          .hasSize(3)
          .doesNotContain("");
    }

    Ask on = ask.then(new Turn.Heard(heard), new Turn.Results(results));
    Hearing last = cell.ask(on);

    assertThat(comparable(cell.asked(on).turns(), ids))
        .containsExactly(
            Spoken.user(new Piece.Text("Weather?")),
            new Spoken(true, List.of(all(calls))),
            new Spoken(false, expected));
    assertThat(last.text()).isEqualTo("All dry.");
  }
}
