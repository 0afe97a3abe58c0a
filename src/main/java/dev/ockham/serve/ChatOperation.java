package dev.ockham.serve;

import dev.ockham.agent.Conversation;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.PathSays;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Router;
import java.util.Optional;

/** Chat in one dialect, with whatever model the router chooses or the client names. */
final class ChatOperation implements Operation {
  private final Wire wire;
  private final Gateway gateway;
  private final Calls calls;
  private final Router router = new Router();

  ChatOperation(Wire wire, Gateway gateway, Calls calls) {
    this.wire = wire;
    this.gateway = gateway;
    this.calls = calls;
  }

  @Override
  public Wire wire() {
    return wire;
  }

  @Override
  public DecodeOutcome decode(PathSays path, byte[] body) {
    return wire.decode(path, body);
  }

  @Override
  public Conversation conversation(Exchange exchange, Caller caller, Decoded decoded) {
    return gateway
        .conversations()
        .find(
            decoded.request(),
            name -> Optional.ofNullable(exchange.http.getHeader(name)),
            caller.keyId());
  }

  @Override
  public Decision decide(Exchange exchange, Asked asked) {
    return router.decide(asked.request(), asked.caller(), asked.conversation(), exchange.fleet);
  }

  @Override
  public Calls.Preparation prepare(Exchange exchange, Plan plan) {
    return calls.prepare(exchange, plan);
  }
}
