package dev.ockham.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.conformance.Scenario.Case;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Token counts: as the provider reports them, as they are booked, as the client is told. */
final class UsageCases {
  /** A column of the usage matrix. */
  record Kind(String title, Usage usage) {
    static final List<Kind> ALL =
        List.of(
            new Kind("no cache", Usage.of(1200, 34)),
            new Kind("cache read", with(Map.of(TokenClass.CACHE_READ, 1000L))),
            new Kind("5-minute write", with(Map.of(TokenClass.CACHE_WRITE_5M, 800L))),
            new Kind("1-hour write", with(Map.of(TokenClass.CACHE_WRITE_1H, 900L))),
            new Kind("reasoning", with(Map.of(TokenClass.REASONING, 55L))),
            new Kind("absent usage", Usage.ABSENT));
  }

  static final List<Case> ALL_AT_ONCE =
      List.of(
          new Case("every class at once, whole", cell -> counted(cell, everything(), false)),
          new Case("every class at once, streamed", cell -> counted(cell, everything(), true)));

  private UsageCases() {}

  static List<Case> of(Kind kind) {
    return List.of(
        new Case(kind.title() + ", whole", cell -> counted(cell, kind.usage(), false)),
        new Case(kind.title() + ", streamed", cell -> counted(cell, kind.usage(), true)));
  }

  private static Usage with(Map<TokenClass, Long> more) {
    return Usage.of(1200, 34).updatedBy(new Usage(more));
  }

  private static Usage everything() {
    return with(
        Map.of(
            TokenClass.CACHE_READ,
            1000L,
            TokenClass.CACHE_WRITE_5M,
            800L,
            TokenClass.CACHE_WRITE_1H,
            900L,
            TokenClass.REASONING,
            55L));
  }

  private static void counted(Cell cell, Usage used, boolean stream) {
    Usage reported = used.isAbsent() ? used : cell.upstream().sayable(used);
    Ask ask = cell.question(Turn.User.says("Hello")).streamed(stream);
    cell.script(cell.answer(new Piece.Text("Hello there")).using(reported));

    ClientSpeaker.Told told = cell.tell(ask);

    assertThat(cell.server().asked()).hasSize(1);
    assertThat(told.hearing().problem()).isEmpty();
    assertThat(told.hearing().usage())
        .as("what the client is told of " + reported)
        .isEqualTo(cell.client().told(reported, cell.upstream().dialect()));
    JsonNode attempt = cell.attempt(told);
    if (reported.isAbsent()) {
      assertThat(attempt.path("basis").asString()).isEqualTo("estimated");
    } else {
      assertThat(attempt.path("basis").asString()).isEqualTo("reported");
      assertThat(Cell.usage(attempt)).as("what is booked of " + reported).isEqualTo(reported);
    }
  }
}
