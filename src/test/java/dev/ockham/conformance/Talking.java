package dev.ockham.conformance;

import static dev.ockham.conformance.Json.arr;
import static dev.ockham.conformance.Json.obj;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.StopReason;
import dev.ockham.conformance.Asked.Spoken;
import dev.ockham.conformance.ModelServer.Chunking;
import dev.ockham.conformance.Scenario.Case;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Texts, whole and streamed, and texts of a given shape. */
final class Talking {
  /** Everything that a careless writer of JSON or events gets wrong. */
  static final String TRICKY =
      "Gr\u00fc\u00dfe, \"quoted\" \\ back\\u0041\r\n\ndata: [DONE]\n\nevent: error\t\u0001 \ud83e\udd94 \u2028 </end>";

  static final List<Case> TEXT =
      List.of(
          new Case("a conversation with instructions", cell -> conversation(cell, false)),
          new Case("an answer that meets its cap", cell -> stopped(cell, StopReason.MAX_OUTPUT)),
          new Case("a filtered answer", cell -> stopped(cell, StopReason.CONTENT_FILTER)));

  static final List<Case> STREAM =
      List.of(
          new Case("event by event", cell -> streamed(cell, Chunking.EVENT_BY_EVENT)),
          new Case("cut anywhere", cell -> streamed(cell, Chunking.ODD_CUTS)),
          new Case("all at once", cell -> streamed(cell, Chunking.ALL_AT_ONCE)),
          new Case("a streamed answer that meets its cap", Talking::stoppedStream));

  static final JsonNode SCHEMA =
      obj(
          "type",
          "object",
          "properties",
          obj("city", obj("type", "string"), "inhabitants", obj("type", "integer")),
          "required",
          arr("city", "inhabitants"),
          "additionalProperties",
          false);

  static final List<Case> STRUCTURED =
      List.of(
          new Case("JSON by schema, whole", cell -> shaped(cell, false)),
          new Case("JSON by schema, streamed", cell -> shaped(cell, true)));

  private Talking() {}

  private static void conversation(Cell cell, boolean stream) {
    Ask ask =
        cell.question(
                Turn.User.says("Who are you?"), new Turn.Said("A model."), Turn.User.says(TRICKY))
            .told("Be brief.\nBe kind.")
            .streamed(stream);
    cell.script(cell.answer(new Piece.Text(TRICKY)));

    Hearing heard = cell.ask(ask);

    assertThat(cell.asked(ask).turns())
        .containsExactly(
            Spoken.user(new Piece.Text("Who are you?")),
            Spoken.model(new Piece.Text("A model.")),
            Spoken.user(new Piece.Text(TRICKY)));
    assertThat(heard.text()).isEqualTo(TRICKY);
    assertThat(heard.stop()).hasValue(StopReason.END_OF_TURN);
  }

  private static void stopped(Cell cell, StopReason why) {
    Ask ask = cell.question(Turn.User.says("Tell me everything."));
    cell.script(cell.answer(new Piece.Text("First")).stopping(why));

    Hearing heard = cell.ask(ask);

    assertThat(heard.text()).isEqualTo("First");
    assertThat(heard.stop()).hasValue(why);
  }

  private static void streamed(Cell cell, Chunking chunking) {
    Ask ask = cell.question(Turn.User.says("Hello")).streamed(true);
    cell.server().script(chunking, cell.answer(new Piece.Text(TRICKY + TRICKY)));

    Hearing heard = cell.ask(ask);

    assertThat(cell.asked(ask).turns()).containsExactly(Spoken.user(new Piece.Text("Hello")));
    assertThat(heard.text()).isEqualTo(TRICKY + TRICKY);
    assertThat(heard.stop()).hasValue(StopReason.END_OF_TURN);
  }

  private static void stoppedStream(Cell cell) {
    Ask ask = cell.question(Turn.User.says("Tell me everything.")).streamed(true);
    cell.script(cell.answer(new Piece.Text("First")).stopping(StopReason.MAX_OUTPUT));

    Hearing heard = cell.ask(ask);

    assertThat(heard.text()).isEqualTo("First");
    assertThat(heard.stop()).hasValue(StopReason.MAX_OUTPUT);
  }

  private static void shaped(Cell cell, boolean stream) {
    String json = "{\"city\":\"K\u00f6ln\",\"inhabitants\":1087863}";
    Ask ask = cell.question(Turn.User.says("A city, as JSON.")).shaped(SCHEMA).streamed(stream);
    cell.script(cell.answer(new Piece.Text(json)));

    Hearing heard = cell.ask(ask);

    assertThat(cell.asked(ask).schema()).as("the schema asked for").hasValue(SCHEMA);
    assertThat(heard.text()).isEqualTo(json);
  }
}
