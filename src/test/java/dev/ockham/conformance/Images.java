package dev.ockham.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.conformance.Ask.Choice;
import dev.ockham.conformance.Asked.Spoken;
import dev.ockham.conformance.Scenario.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pictures that models are shown. */
final class Images {
  static final String AT_AN_ADDRESS = "a picture at an address";
  static final String UNSAID = "the client's dialect has no words for it, so it is not tried";
  static final String IN_A_RESULT = "a picture in a tool's result";

  /** The smallest PNG: one pixel. */
  private static final Piece.Picture PIXEL =
      new Piece.Picture(
          "image/png",
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
              + "rkJggg==");

  private static final Piece.PictureAt ADDRESS =
      new Piece.PictureAt("https://example.com/cat.png?size=10&token=a%20b");

  static final List<Case> CASES =
      List.of(
          new Case("a picture between texts", cell -> shown(cell, PIXEL)),
          new Case(AT_AN_ADDRESS, Images::atAnAddress),
          new Case(IN_A_RESULT, Images::inAResult));

  private Images() {}

  private static void shown(Cell cell, Piece picture) {
    Ask ask = ask(cell, picture);
    cell.script(cell.answer(new Piece.Text("A cat.")));

    Hearing heard = cell.ask(ask);

    assertThat(cell.asked(ask).turns())
        .containsExactly(Spoken.user(new Piece.Text("What is"), picture, new Piece.Text("this?")));
    assertThat(heard.text()).isEqualTo("A cat.");
  }

  private static Ask ask(Cell cell, Piece picture) {
    return cell.question(
        new Turn.User(List.of(new Piece.Text("What is"), picture, new Piece.Text("this?"))));
  }

  private static void atAnAddress(Cell cell) {
    if (!cell.client().hasPictureAddresses()) {
      cell.note(AT_AN_ADDRESS + ": " + UNSAID);
      return;
    }
    Optional<Refusals.Line> refusal = Refusals.of(AT_AN_ADDRESS, cell.upstream().dialect());
    if (refusal.isPresent()) {
      Refusals.check(refusal.get(), cell, ask(cell, ADDRESS));
    } else {
      shown(cell, ADDRESS);
    }
  }

  private static void inAResult(Cell cell) {
    if (!cell.client().hasPicturesInResults()) {
      cell.note(IN_A_RESULT + ": " + UNSAID);
      return;
    }
    Piece.Call call = cell.call("a", "clock", Json.obj());
    Ask ask = cell.question(Turn.User.says("Time?")).offering(Choice.AUTO, ToolUse.CLOCK);
    cell.script(cell.answer(call), cell.answer(new Piece.Text("Noon.")));
    Hearing heard = cell.ask(ask);
    Piece.Result result = Piece.Result.of(ToolUse.same(heard, call), "see").showing(PIXEL);
    Ask on = ask.then(new Turn.Heard(heard), new Turn.Results(List.of(result)));

    cell.ask(on);

    assertThat(pictures(cell.asked(on).turns().getLast())).containsExactly(PIXEL);
  }

  /** In the result, or after it where results show none. */
  private static List<Piece.Picture> pictures(Spoken turn) {
    var pictures = new ArrayList<Piece.Picture>();
    for (Piece piece : turn.pieces()) {
      switch (piece) {
        case Piece.Result result -> pictures.addAll(result.pictures());
        case Piece.Picture picture -> pictures.add(picture);
        default -> {}
      }
    }
    return pictures;
  }
}
