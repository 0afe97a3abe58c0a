package dev.ockham.conformance;

import static dev.ockham.conformance.Json.obj;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import dev.ockham.conformance.Problem.Kind;
import dev.ockham.conformance.Scenario.Case;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Errors: the provider's, in the client's dialect with status and text kept; and our own. */
final class Failing {
  static final List<Case> CASES =
      List.of(
          new Case("the provider finds the request invalid", Failing::invalid),
          new Case("the provider throttles", Failing::throttled),
          new Case("the provider is overloaded", Failing::overloaded),
          new Case("the provider fails", cell -> kept(cell, problem(500, Kind.SERVER))),
          new Case("the provider refuses our key", Failing::keyRefused),
          new Case("an error inside a stream", Failing::brokenOff),
          new Case("a stream that is cut", Failing::cut),
          new Case("a request that is malformed", Failing::malformed),
          new Case("a model that is not there", Failing::unknownModel),
          new Case("a key that is not ours", Failing::wrongKey));

  private static final String TEXT = "No: \"strange\" \\ \u00e4\n reason 42";

  private Failing() {}

  private static Problem problem(int status, Kind kind) {
    return new Problem(status, kind, TEXT);
  }

  private static void invalid(Cell cell) {
    kept(cell, problem(400, Kind.INVALID));
  }

  private static void throttled(Cell cell) {
    kept(cell, problem(429, Kind.RATE_LIMIT));
  }

  /** Only Anthropic has 529. */
  private static void overloaded(Cell cell) {
    boolean anthropic = cell.upstream().dialect() == Dialect.ANTHROPIC_MESSAGES;
    kept(cell, problem(anthropic ? 529 : 503, Kind.OVERLOADED));
  }

  private static void kept(Cell cell, Problem problem) {
    for (boolean stream : List.of(false, true)) {
      Ask ask = cell.question(Turn.User.says("Hello")).streamed(stream);
      cell.script(new Answer.Refused(problem, List.of("retry-after: 3")));

      ClientSpeaker.Told told = cell.tell(ask);

      assertThat(cell.server().asked()).hasSize(1);
      assertThat(told.hearing().problem()).as("the error the client is told").hasValue(problem);
      if (problem.kind() == Kind.RATE_LIMIT) {
        assertThat(told.header("retry-after")).isEqualTo("3");
      }
    }
  }

  private static void keyRefused(Cell cell) {
    Ask ask = cell.question(Turn.User.says("Hello"));
    Problem refused = new Problem(401, Kind.AUTHENTICATION, "bad key sk-secret");
    cell.script(new Answer.Refused(refused, List.of()));

    Problem told = cell.tell(ask).hearing().problem().orElseThrow();

    assertThat(cell.server().asked()).hasSize(1);
    assertThat(told.status()).as("it is our fault, not the client's").isEqualTo(502);
    assertThat(told.kind()).isEqualTo(Kind.SERVER);
    assertThat(told.text()).doesNotContain("sk-secret");
  }

  private static void brokenOff(Cell cell) {
    Ask ask = cell.question(Turn.User.says("Hello")).streamed(true);
    cell.script(
        cell.answer(new Piece.Text("One two three")).breaking(new Problem(0, Kind.SERVER, TEXT)));

    Hearing heard = cell.tell(ask).hearing();

    assertThat(cell.server().asked()).hasSize(1);
    assertThat(heard.problem()).as("an error in the stream").isPresent();
    assertThat(heard.problem().get().text()).isEqualTo(TEXT);
    assertThat(heard.problem().get().kind()).isEqualTo(Kind.SERVER);
    assertThat(heard.text()).isEqualTo("One two three");
    assertThat(heard.stop()).isEmpty();
  }

  private static void cut(Cell cell) {
    Ask ask = cell.question(Turn.User.says("Hello")).streamed(true);
    cell.script(new Answer.Cut(cell.answer(new Piece.Text("One two three four five six"))));

    Hearing heard = cell.tell(ask).hearing();

    assertThat(cell.server().asked()).hasSize(1);
    assertThat(heard.problem()).as("an error in the stream").isPresent();
    assertThat(heard.text()).startsWith("One").isNotEqualTo("One two three four five six");
    assertThat(heard.stop()).isEmpty();
  }

  private static void malformed(Cell cell) {
    Ask ask = cell.question(Turn.User.says("Hello"));
    ClientSpeaker.Said said = cell.client().say(ask);
    ObjectNode body = obj();
    said.body()
        .propertyNames()
        .forEach(name ->
            body.set(name, said.body().path(name).isArray() ? obj() : said.body().path(name)));
    cell.script();

    Problem told = send(cell, cell.gateway().clientKey(), said.path(), body);

    assertThat(told.status()).isEqualTo(400);
    assertThat(told.kind()).isEqualTo(Kind.INVALID);
    assertThat(cell.server().requests()).isZero();
  }

  private static void unknownModel(Cell cell) {
    Ask ask = Ask.of("nobody-knows-it", Turn.User.says("Hello"));

    Problem told = cell.tell(ask).hearing().problem().orElseThrow();

    assertThat(told.status()).isEqualTo(404);
    assertThat(told.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(told.text()).contains("nobody-knows-it");
  }

  private static void wrongKey(Cell cell) {
    ClientSpeaker.Said said = cell.client().say(cell.question(Turn.User.says("Hello")));

    Problem told = send(cell, "not-a-key", said.path(), Json.object(said.body(), "the body"));

    assertThat(told.status()).isEqualTo(401);
    assertThat(told.kind()).isEqualTo(Kind.AUTHENTICATION);
  }

  private static Problem send(Cell cell, String key, String path, ObjectNode body) {
    ClientSpeaker.Said said =
        new ClientSpeaker.Said(
            path, cell.client().say(cell.question(Turn.User.says("Hello"))).headers(), body);
    return cell.client()
        .send(cell.gateway(), key, said, false)
        .hearing()
        .problem()
        .orElseThrow(() -> new AssertionError("no error"));
  }
}
