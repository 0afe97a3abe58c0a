package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Money;
import dev.ockham.chat.Dialect;
import dev.ockham.ledger.RequestRecord.Answer;
import dev.ockham.ledger.RequestRecord.Asked;
import dev.ockham.ledger.RequestRecord.Asker;
import dev.ockham.ledger.RequestRecord.Status;
import dev.ockham.ledger.RequestRecord.Timings;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import dev.ockham.route.Adoption;
import dev.ockham.route.Explanation;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Explanation.Lacking;
import dev.ockham.route.Explanation.Mode;
import dev.ockham.route.Explanation.Serving;
import dev.ockham.route.Explanation.TextFeatures;
import dev.ockham.route.Explanation.Versions;
import dev.ockham.route.Inputs;
import dev.ockham.route.Needs;
import dev.ockham.route.PackWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However long its texts and lists are and whatever their script, a record fits the journal. */
final class LongestRecordTest {
  private static final String LONG = "長い名前".repeat(1000);

  @Test
  void the_longest_request_record_fits() {
    var out = new PackWriter(512, Segment.RECORD_HEADER);

    EntryBytes.write(out, PackedRequest.pack(longest()));

    assertThat(out.length()).isLessThanOrEqualTo(Journal.LONGEST_RECORD);
  }

  @Test
  void a_text_is_cut_between_two_characters() {
    RequestRecord kept = PackedRequest.pack(longest()).unpack();

    assertThat(kept.asked().model()).isEqualTo("長い名前".repeat(10));
    assertThat(kept.answer().losses()).allMatch(loss -> !loss.contains("\uFFFD"));
  }

  private static Inputs inputs() {
    List<Scope> scopes = Collections.nCopies(100, new Scope(Scope.Kind.TEAM, LONG));
    Set<String> names =
        IntStream.range(0, 1000).mapToObj(i -> i + LONG).collect(Collectors.toSet());
    return new Inputs(
        LONG,
        LONG,
        new Needs(Set.of(), Long.MAX_VALUE, OptionalLong.of(Long.MAX_VALUE)),
        new Inputs.Turn(true, true),
        new Caller(LONG, LONG, LONG, Caller.Role.ADMIN, scopes, names),
        new Conversation(LONG, LONG + 1, Optional.of(new Conversation.Pin(LONG, LONG)), 1 << 30),
        new Inputs.Wish(true, true),
        Optional.of(new Adoption.Rung(Mode.CANARY, 10_000, 10_000)),
        Long.MIN_VALUE,
        Optional.of(new Inputs.Reading(LONG, 1.0, true)));
  }

  private static RequestRecord longest() {
    List<String> notes = Collections.nCopies(100, LONG);
    Candidate candidate = new Candidate.Unranked(LONG, Lacking.PRICE);
    var features = new TextFeatures(ByteBuffer.allocate(512), LONG, 1.0, true);
    var second = Duration.ofSeconds(1);
    return new RequestRecord(
        new RequestId(new UUID(1, 2)),
        Instant.EPOCH,
        new Asker(LONG, LONG, LONG),
        new Asked(LONG, Dialect.OPENAI_CHAT, true, Optional.of(LONG)),
        new Explanation(
            LONG,
            LONG,
            Mode.ENFORCE,
            Serving.ROUTED,
            Collections.nCopies(100, candidate),
            Optional.of(LONG),
            LONG,
            new Versions(LONG, LONG, LONG),
            Optional.of(features),
            Optional.of(inputs()),
            notes),
        new Answer(
            Status.SERVED,
            200,
            Optional.of(LONG),
            Optional.of(LONG),
            Optional.of(new Money(Long.MAX_VALUE)),
            notes,
            notes,
            new Timings(second, Optional.of(second), second)));
  }
}
