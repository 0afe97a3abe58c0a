package dev.ockham.provider;

import dev.ockham.catalog.Deployment;
import dev.ockham.catalog.Deployments;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Callers and deployments of one model under a clock and a chance that a seed drives. */
final class BalancerWorld {
  static final int MAX_IN_FLIGHT = 40;

  final Random random;
  final Balancer balancer;
  final Group group;
  final List<Site> sites = new ArrayList<>();

  /** Calls sent to each, since the last look. */
  final int[] sent;

  int refused;
  private final PriorityQueue<Reply> replies =
      new PriorityQueue<>(Comparator.comparingLong(Reply::at));
  private Keyring keyring = Keyring.EMPTY;
  private long now = 1L << 40;

  /** How a deployment behaves for now. */
  static final class Site {
    double seconds = 0.4;
    double failing;
    int inFlight;
    Optional<Duration> throttling = Optional.empty();
    boolean badKey;
  }

  private record Reply(long at, int site, Turn turn, long asked) {}

  BalancerWorld(long seed, int... weights) {
    this.random = new Random(seed);
    this.balancer = new Balancer(() -> keyring, () -> now, random::nextDouble);
    List<Deployment> all = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      all.add(new Deployment(model("site-" + i), weights[i], OptionalInt.of(MAX_IN_FLIGHT)));
      sites.add(new Site());
    }
    this.group = balancer.of(new Deployments(all));
    this.sent = new int[weights.length];
  }

  private static Model model(String provider) {
    return new Model(
        "chat",
        new Endpoint(provider, Dialect.OPENAI_CHAT, "https://" + provider, Duration.ofMinutes(1)),
        "chat",
        Model.Limits.UNKNOWN,
        Set.of(),
        new Price.Free(),
        OptionalDouble.empty());
  }

  /** Lets time pass with so many requests a second, come at random. */
  void run(Duration time, double perSecond) {
    long end = now + time.toNanos();
    java.util.Arrays.fill(sent, 0);
    while (now < end) {
      now += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
      answer(now);
      ask();
    }
  }

  /** Answers all that is under way. */
  void finish() {
    answer(Long.MAX_VALUE);
  }

  double share(int site) {
    return (double) sent[site] / java.util.Arrays.stream(sent).sum();
  }

  void changeKeys() {
    keyring =
        new Keyring(
            Map.of(
                "site-0",
                dev.ockham.catalog.Access.with(
                    new dev.ockham.catalog.Credential.Key(
                        dev.ockham.catalog.Credential.Placement.BEARER,
                        new dev.ockham.catalog.Secret("new-" + now)))),
            Optional.empty());
  }

  private void ask() {
    Optional<Turn> turn = group.first(true, _ -> true);
    if (turn.isEmpty()) {
      refused++;
      return;
    }
    int which = group.deployments().all().indexOf(turn.get().deployment());
    Site site = sites.get(which);
    site.inFlight++;
    sent[which]++;
    if (site.inFlight > MAX_IN_FLIGHT) {
      throw new AssertionError("more calls than allowed at " + which);
    }
    long takes = (long) (site.seconds * (0.5 + random.nextDouble()) * 1e9);
    replies.add(new Reply(now + takes, which, turn.get(), now));
  }

  private void answer(long until) {
    while (!replies.isEmpty() && replies.peek().at() <= until) {
      Reply reply = replies.remove();
      now = Math.max(now, reply.at());
      Site site = sites.get(reply.site());
      site.inFlight--;
      if (site.badKey) {
        reply.turn().ended(failed(ProviderFailure.ofReply("site", error(401)), Map.of()));
      } else if (site.throttling.isPresent()) {
        Map<String, String> advice =
            Map.of("retry-after-ms", Long.toString(site.throttling.get().toMillis()));
        reply.turn().ended(failed(ProviderFailure.ofReply("site", error(429)), advice));
      } else if (random.nextDouble() < site.failing) {
        reply.turn().ended(failed(ProviderFailure.ofReply("site", error(500)), Map.of()));
      } else {
        reply.turn().began(true, reply.at() - reply.asked());
        reply.turn().ended(new AttemptEnd.Completed());
      }
    }
  }

  private static ChatError error(int status) {
    ChatError.Kind kind = status == 429 ? ChatError.Kind.RATE_LIMIT : ChatError.Kind.SERVER;
    return new ChatError(status, kind, "told", "told");
  }

  private static AttemptEnd.Failed failed(ProviderFailure failure, Map<String, String> advice) {
    var head = new ReplyHead(Optional.empty(), "application/json", advice, Map.of());
    return new AttemptEnd.Failed(failure, head, new byte[0]);
  }
}
