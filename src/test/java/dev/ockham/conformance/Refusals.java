package dev.ockham.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.Optional;

/**
 * All that is refused, and why: a provider's dialect that has no such thing at all. Each is held to
 * be a 400 that names what cannot be said, before the provider is called.
 */
final class Refusals {
  /**
   * @param what the name of the case
   * @param names what the error's text must name
   */
  record Line(String what, Dialect upstream, String names, String reason) {}

  static final List<Line> ALL =
      List.of(
          new Line(
              Images.AT_AN_ADDRESS,
              Dialect.BEDROCK_CONVERSE,
              "messages[0]",
              "Converse takes pictures as bytes or from S3, not from an address; and a gateway that"
                  + " fetched addresses which requests name could be sent anywhere"));

  private Refusals() {}

  static Optional<Line> of(String what, Dialect upstream) {
    return ALL.stream()
        .filter(line -> line.what().equals(what) && line.upstream() == upstream)
        .findFirst();
  }

  static void check(Line line, Cell cell, Ask ask) {
    cell.script();
    Hearing heard = cell.tell(ask).hearing();

    assertThat(heard.problem()).as("an error").isPresent();
    Problem problem = heard.problem().orElseThrow();
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
    assertThat(problem.text()).contains(line.names());
    assertThat(cell.server().requests()).as("calls of the provider").isZero();
    cell.note(line.what() + " is refused, see below");
  }
}
