package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.chat.Dialect;
import dev.ockham.policy.Caller;
import dev.ockham.route.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of one request beside its attempts: who asked for what, how it was decided, how it
 * ended. No text of prompt or answer is in it.
 *
 * @param at when its head arrived
 * @param why the whole decision; its features are personal data and are deleted after a while
 */
public record RequestRecord(
    RequestId id, Instant at, Asker asker, Asked asked, Explanation why, Answer answer) {

  /**
   * @param principal a pseudonymous reference, see {@link Caller}
   */
  public record Asker(String organisation, String keyId, String principal) {
    public static Asker of(Caller caller) {
      return new Asker(caller.organisation(), caller.keyId(), caller.principal());
    }
  }

  /**
   * @param model as the client wrote it: a model, an alias, a route or {@code auto}
   * @param conversation names the conversation it belongs to
   */
  public record Asked(
      String model, Dialect dialect, boolean streamed, Optional<String> conversation) {}

  /** How a request ended. */
  public enum Status {
    /** The client has the whole answer. */
    SERVED("served"),
    /** We said no, before any provider was called. */
    REFUSED("refused"),
    /** No provider answered, or the answer broke off. */
    FAILED("failed"),
    /** The client hung up. */
    CANCELLED("cancelled");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    /** The name in our API; never changes. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * @param httpStatus as sent to the client; 0 if the client was gone first
   * @param error the kind of error the client was told
   * @param servedBy the model whose answer the client has
   * @param alternativeCost what the decision's alternative would have cost for the same tokens
   * @param losses what the other dialect could not say
   * @param edits changes made to the client's body
   */
  public record Answer(
      Status status,
      int httpStatus,
      Optional<String> error,
      Optional<String> servedBy,
      Optional<Money> alternativeCost,
      List<String> losses,
      List<String> edits,
      Timings timings) {
    public Answer {
      losses = List.copyOf(losses);
      edits = List.copyOf(edits);
    }
  }

  /** All from the arrival of the request's head, by a monotonic clock, to the microsecond. */
  public record Timings(Duration decided, Optional<Duration> firstByte, Duration done) {}
}
