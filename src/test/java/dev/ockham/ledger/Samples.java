package dev.ockham.ledger;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.RequestRecord.Answer;
import dev.ockham.ledger.RequestRecord.Asked;
import dev.ockham.ledger.RequestRecord.Asker;
import dev.ockham.ledger.RequestRecord.Status;
import dev.ockham.ledger.RequestRecord.Timings;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Constraint;
import dev.ockham.policy.Scope;
import dev.ockham.route.Adoption;
import dev.ockham.route.Explanation;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Explanation.TextFeatures;
import dev.ockham.route.Explanation.Versions;
import dev.ockham.route.Inputs;
import dev.ockham.route.Needs;
import dev.ockham.route.Scores;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Values that look like real ones. */
public final class Samples {
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /** $2.50 and $10 a million tokens, cached input at $0.25. */
  public static final Price PRICE =
      new Price.Listed(
          "gpt-mid@2026-10-01",
          Map.of(
              TokenClass.INPUT, 2_500_000L,
              TokenClass.CACHE_READ, 250_000L,
              TokenClass.OUTPUT, 10_000_000L));

  private Samples() {}

  public static Caller caller(String keyId) {
    return new Caller(
        "default",
        keyId,
        "p-" + keyId,
        Caller.Role.CLIENT,
        List.of(
            Scope.parse("org:default"), Scope.parse("team:claims"), Scope.parse("key:" + keyId)),
        Set.of());
  }

  public static Quote quote(Price price, long input, long maxOutput) {
    return new Quote(
        "gpt-mid", "openai", price, Usage.of(input, maxOutput), Usage.of(input, maxOutput / 4));
  }

  public static Explanation explanation(int candidates) {
    List<Candidate> all = new ArrayList<>();
    all.add(new Candidate.Excluded("tiny-1b", new Constraint.LacksCapability(Capability.TOOLS)));
    all.add(new Candidate.Excluded("old-4k", new Constraint.WindowTooSmall(5_000, 4_096)));
    all.add(new Candidate.Unranked("new-model", Explanation.Lacking.ABILITY));
    for (int i = 0; i < candidates; i++) {
      all.add(
          new Candidate.Scored(
              "provider-model-" + i,
              i % 2 == 0 ? Scores.Basis.LEARNED : Scores.Basis.PRESUMED,
              0.5 + i / 64.0,
              0.0625,
              200 + i,
              new Money(1_250_000L * (i + 1)),
              0.25));
    }
    return new Explanation(
        "auto",
        "everyday",
        Explanation.Mode.CANARY,
        Explanation.Serving.HELD_OUT,
        all,
        Optional.of("provider-model-1"),
        "good enough at a third of the price",
        new Versions("catalog-2026-11-20", "everyday@3", "prior-7f3a"),
        Optional.of(new TextFeatures(ByteBuffer.wrap(new byte[128]), "law", 0.125, false)),
        Optional.of(inputs()),
        List.of("claims", "long"));
  }

  private static Inputs inputs() {
    return new Inputs(
        "auto",
        "everyday",
        new Needs(Set.of(Capability.TOOLS), 1_200, OptionalLong.of(500)),
        new Inputs.Turn(true, false),
        new Caller(
            "default",
            "k1",
            "p-k1",
            Caller.Role.CLIENT,
            List.of(Scope.parse("org:default"), Scope.parse("team:claims")),
            Set.of("auto", "provider-model-1")),
        new Conversation("c1", "r1", Optional.of(new Conversation.Pin("everyday", "m")), 3),
        new Inputs.Wish(true, false),
        Optional.of(new Adoption.Rung(Explanation.Mode.CANARY, 1_000, 200)),
        42,
        Optional.of(new Inputs.Reading("law", 0.125, false)));
  }

  public static RequestRecord record(RequestId id, Instant at, String servedBy) {
    return new RequestRecord(
        id,
        at,
        new Asker("default", "k1", "p-k1"),
        new Asked("auto", Dialect.OPENAI_CHAT, true, Optional.of("conv-1")),
        explanation(10),
        new Answer(
            Status.SERVED,
            200,
            Optional.empty(),
            Optional.of(servedBy),
            Optional.of(new Money(7_777_000_001L)),
            List.of(),
            List.of("model", "stream_options"),
            new Timings(
                Duration.ofNanos(61_000),
                Optional.of(Duration.ofMillis(212)),
                Duration.ofMillis(950))));
  }
}
