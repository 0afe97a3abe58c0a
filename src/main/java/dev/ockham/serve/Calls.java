package dev.ockham.serve;

import dev.ockham.agent.ReasoningMemory;
import dev.ockham.catalog.Model;
import dev.ockham.chat.ChatError;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.CallMemory;
import dev.ockham.dialect.Carriage;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.Edit;
import dev.ockham.dialect.Embeddings;
import dev.ockham.dialect.Reply;
import dev.ockham.dialect.ReplyStream;
import dev.ockham.dialect.RequestBody;
import dev.ockham.dialect.RequestBody.Outcome.Inexpressible;
import dev.ockham.dialect.RequestBody.Outcome.Prepared;
import dev.ockham.dialect.Seals;
import dev.ockham.dialect.Target;
import dev.ockham.dialect.Wire;
import dev.ockham.ledger.RequestRecord;
import dev.ockham.policy.Caller;
import dev.ockham.provider.Call;
import dev.ockham.provider.Call.PassedHeaders;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Says a client's request to a model's provider. For one event loop. */
final class Calls {
  /** Models of fleets that are no longer in force are forgotten when so many are known. */
  private static final int MAX_TARGETS = 4096;

  /** A count is asked for before a call that it must not hold up. */
  private static final Duration COUNT_DEADLINE = Duration.ofSeconds(10);

  private final Loop loop;
  private final InstantSource clock;
  private final Seals seals;
  private final ReasoningMemory reasoning;
  private final IdentityHashMap<Model, Target> targets = new IdentityHashMap<>();

  Calls(Loop loop) {
    Gateway gateway = loop.gateway();
    this.loop = loop;
    this.clock = gateway.clock();
    this.seals = gateway.seals();
    this.reasoning = gateway.reasoning();
  }

  /** What came of preparing a call. */
  sealed interface Preparation {}

  record Ready(Call call) implements Preparation {}

  record Impossible(ChatError why) implements Preparation {}

  /** A request said to a provider, and the reply that will carry its answer. */
  private record Said(RequestBody.Outcome request, ReplyStream reply) {}

  /** The call of the exchange's model. Notes the edits and losses. */
  Future<Preparation> prepare(Exchange exchange, Plan plan) {
    Model model = exchange.model.orElseThrow();
    Decoded asked = plan.asked().decoded();
    Wire upstream = Wire.of(model.endpoint().dialect());
    Carriage carriage = carriage(plan.asked().caller(), model);
    Target target = target(model);
    List<Edit> edits = edits(exchange, plan, model);
    String id = exchange.id.toString();
    return loop.heavy(
            asked.raw().length(),
            () -> {
              var telling =
                  new Reply.Telling(id, asked.request().model(), clock.instant(), clock, carriage);
              return new Said(
                  RequestBody.prepare(asked, upstream, target, edits, carriage),
                  Reply.between(exchange.wire, upstream, asked, telling));
            })
        .map(said -> said(exchange, plan, said));
  }

  private Preparation said(Exchange exchange, Plan plan, Said said) {
    return switch (said.request) {
      case Inexpressible(var error) -> new Impossible(error);
      case Prepared prepared -> {
        exchange.edits = prepared.edits();
        exchange.losses = prepared.losses();
        yield new Ready(call(exchange, plan, prepared, said.reply));
      }
    };
  }

  /**
   * The model a client named is asked just what the client asked; one the router chose, what fits.
   */
  private static List<Edit> edits(Exchange exchange, Plan plan, Model model) {
    Optional<Model> named = exchange.fleet.catalog().find(plan.why().requested());
    if (named.filter(model::equals).isPresent()) {
      return List.of();
    }
    OptionalLong cap = WorstCase.cap(plan.asked().request(), model);
    return cap.isPresent() ? List.of(new Edit.CapOutput(cap.getAsLong())) : List.of();
  }

  private Call call(Exchange exchange, Plan plan, Prepared prepared, ReplyStream reply) {
    exchange.reply = Optional.of(reply);
    Model model = exchange.model.orElseThrow();
    Wire upstream = Wire.of(model.endpoint().dialect());
    boolean stream = plan.asked().request().stream();
    return new Call(
        model,
        prepared.body(),
        upstream.requestPath(model.upstreamName(), stream),
        stream,
        reply,
        plan.input().estimate(),
        model.endpoint().deadline(),
        passed(exchange, upstream));
  }

  /** Embeddings of the exchange's model, whose provider is asked in its client's own words. */
  Future<Preparation> prepareEmbeddings(Exchange exchange, Plan plan) {
    Decoded asked = plan.asked().decoded();
    Target target = target(exchange.model.orElseThrow());
    return loop.heavy(asked.raw().length(), () -> Embeddings.prepare(asked, target))
        .map(prepared -> embeddings(exchange, plan, prepared));
  }

  private static Preparation embeddings(Exchange exchange, Plan plan, Prepared prepared) {
    Model model = exchange.model.orElseThrow();
    exchange.edits = prepared.edits();
    ReplyStream reply = Embeddings.reply();
    exchange.reply = Optional.of(reply);
    return new Ready(
        new Call(
            model,
            prepared.body(),
            Embeddings.PATH,
            false,
            reply,
            plan.input().estimate(),
            model.endpoint().deadline(),
            PassedHeaders.NONE));
  }

  /** Asks a provider of the client's dialect, which counts, how many tokens an input is. */
  Future<Call> count(Exchange exchange, Decoded decoded, Model model) {
    Target target = target(model);
    return loop.heavy(decoded.raw().length(), () -> RequestBody.passing(decoded, target))
        .map(body -> count(exchange, body, model));
  }

  private static Call count(Exchange exchange, byte[] body, Model model) {
    Wire upstream = exchange.wire;
    return new Call(
        model,
        body,
        upstream.tokenCountPath(model.upstreamName()).orElseThrow(),
        false,
        Reply.passing(upstream),
        0,
        COUNT_DEADLINE,
        passed(exchange, upstream));
  }

  /**
   * What will tell the answer to a request that was sent as part of a batch. Any thread may ask.
   */
  ReplyStream reply(RequestRecord asked, Model model, Wire client, Decoded decoded) {
    var telling =
        new Reply.Telling(
            asked.id().toString(),
            decoded.request().model(),
            asked.at(),
            clock,
            carriage(asked.asker().organisation(), asked.asker().keyId(), model));
    return Reply.between(client, Wire.of(model.endpoint().dialect()), decoded, telling);
  }

  private Carriage carriage(Caller caller, Model model) {
    return carriage(caller.organisation(), caller.keyId(), model);
  }

  private Carriage carriage(String organisation, String owner, Model model) {
    var memory =
        new CallMemory() {
          @Override
          public void remember(String callId, String sealed) {
            reasoning.remember(owner, callId, sealed);
          }

          @Override
          public Optional<String> recall(String callId) {
            return reasoning.recall(owner, callId);
          }
        };
    return new Carriage(
        seals.of(organisation, model.endpoint().name(), model.upstreamName()), memory);
  }

  private Target target(Model model) {
    Target known = targets.get(model);
    if (known != null) {
      return known;
    }
    if (targets.size() >= MAX_TARGETS) {
      targets.clear();
    }
    Target made =
        Target.at(
            model.endpoint().name(),
            model.endpoint().baseUrl(),
            model.upstreamName(),
            model.limits().maxOutput());
    targets.put(model, made);
    return made;
  }

  private static PassedHeaders passed(Exchange exchange, Wire upstream) {
    if (upstream.dialect() != Dialect.ANTHROPIC_MESSAGES
        || exchange.wire.dialect() != Dialect.ANTHROPIC_MESSAGES) {
      return PassedHeaders.NONE;
    }
    return new PassedHeaders(
        exchange.header(Headers.ANTHROPIC_VERSION), exchange.header(Headers.ANTHROPIC_BETA));
  }
}
