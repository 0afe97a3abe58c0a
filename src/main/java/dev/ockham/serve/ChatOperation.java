package dev.ockham.serve;

import dev.ockham.agent.Conversation;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.PathSays;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Inputs;
import dev.ockham.route.Router;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

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
    refuseWhatAnAccountKeeps(decoded);
    return gateway.conversations().find(decoded.request(), exchange::header, caller.keyId());
  }

  /**
   * All keys share a provider's account, so what it keeps for one of them is not for another to
   * name; and what it would run in the background, nobody could fetch or be billed for.
   */
  static void refuseWhatAnAccountKeeps(Decoded decoded) {
    if (decoded.raw().dialect() != Dialect.OPENAI_RESPONSES) {
      return;
    }
    Set<String> asked = decoded.request().unmapped();
    if (asked.contains("background")) {
      throw Refusal.because(Errors.noBackground());
    }
    for (String name : List.of("previous_response_id", "conversation")) {
      if (asked.contains(name)) {
        throw Refusal.because(Errors.responsesNotKept(name));
      }
    }
    for (Message message : decoded.request().messages()) {
      for (Part part : message.parts()) {
        if (part instanceof Part.Unknown(String kind, var _) && kind.equals("item_reference")) {
          throw Refusal.because(Errors.itemsNotKept());
        }
      }
    }
  }

  @Override
  public Decision decide(Exchange exchange, Asked asked) {
    var wish = new Inputs.Wish(optsOut(exchange), exchange.bypassed);
    return router.decide(
        asked.request(), asked.caller(), asked.conversation(), wish, exchange.fleet);
  }

  private static boolean optsOut(Exchange exchange) {
    String header = exchange.header(Headers.OPT_OUT).orElse("");
    return header.strip().equalsIgnoreCase("true");
  }

  @Override
  public Future<Calls.Preparation> prepare(Exchange exchange, Plan plan) {
    return calls.prepare(exchange, plan);
  }
}
