package dev.ockham.serve;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.Embeddings;
import dev.ockham.dialect.PathSays;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Router;
import io.vertx.core.Future;

/** Embeddings by the model that is named: those of two models cannot be compared. */
final class EmbeddingsOperation implements Operation {
  private final Wire wire = Wire.of(Dialect.OPENAI_CHAT);
  private final Calls calls;
  private final Router router = new Router();

  EmbeddingsOperation(Calls calls) {
    this.calls = calls;
  }

  @Override
  public Wire wire() {
    return wire;
  }

  @Override
  public DecodeOutcome decode(PathSays path, byte[] body) {
    return Embeddings.decode(body);
  }

  @Override
  public Conversation conversation(Exchange exchange, Caller caller, Decoded decoded) {
    return Conversation.UNKNOWN;
  }

  @Override
  public Decision decide(Exchange exchange, Asked asked) {
    Decision decision = router.named(asked.request().model(), asked.caller(), exchange.fleet);
    return decision instanceof Decision.Chosen(Model model, var none, var why)
            && !Embeddings.areSpokenIn(model.endpoint().dialect())
        ? new Decision.Refused(Errors.noEmbeddings(model.id()), why)
        : decision;
  }

  @Override
  public boolean mayServe(Model model) {
    return Embeddings.areSpokenIn(model.endpoint().dialect());
  }

  @Override
  public Future<Calls.Preparation> prepare(Exchange exchange, Plan plan) {
    return calls.prepareEmbeddings(exchange, plan);
  }
}
