package dev.ockham.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.faults.Fault.Try;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Clients that leave, or do not read. */
final class ClientFaults {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String CHAT = "/v1/chat/completions";
  private static final String LONG_EVENT =
      OpenAiReplies.textEvents("x".repeat(32 * 1024), 11, 7).get(1);
  private static final int FOR_EVER = 100_000;

  static final List<Fault> ALL =
      List.of(
          Fault.tried(
              "F14",
              "a client does not read its stream",
              "its provider is made to wait; others are answered meanwhile; a client that takes"
                  + " nothing for as long as a provider may be silent is hung up on",
              List.of(new Try("no reading at all", ClientFaults::unread))),
          Fault.tried(
                  "F15",
                  "a client leaves",
                  "its provider is hung up on within a second; one settlement; nothing is held",
                  List.of(
                      new Try("before the first byte", ClientFaults::leftBefore),
                      new Try("in the middle", ClientFaults::leftInside),
                      new Try("at the last byte", ClientFaults::leftAtTheEnd)))
              .alsoHeldBy("dev.ockham.serve.HangUpTest"));

  private ClientFaults() {}

  private static String unread(World world) throws IOException {
    String piece = Integer.toHexString(LONG_EVENT.length()) + "\r\n" + LONG_EVENT + "\r\n";
    world.script(request ->
        request.asksForStream()
            ? Reply.streamHead().then(new Step.Repeat(piece, FOR_EVER, Duration.ZERO))
            : OpenAiReplies.text("Hello", 11, 7).reply(request).then(new Step.Close()));
    try (var stuck = new RawClient(world.gateway().port())) {
      world.ask(stuck, CHAT, FaultClient.CHAT.body(World.GPT, true));
      String head = stuck.readUntil("data: ");

      Heard other = world.ask(FaultClient.MESSAGES, World.GPT, false);

      assertThat(other.status()).isEqualTo(200);
      world.upstream().awaitOpenConnections(1, World.DEADLINE);
      return "others are answered; hung up on; " + world.settled(idIn(head));
    }
  }

  private static String leftBefore(World world) throws IOException {
    world.upstream().awaitOpenConnections(0, World.DEADLINE);
    int before = world.upstream().received().size();
    world.script(request -> new Reply(List.of()).stall());
    try (var client = new RawClient(world.gateway().port())) {
      world.ask(client, CHAT, FaultClient.CHAT.body(World.GPT, false));
      world.upstream().awaitRequests(before + 1, World.DEADLINE);
      client.reset();
    }
    world.upstream().awaitOpenConnections(0, SECOND);
    return "hung up on; " + world.settled(lastId(world));
  }

  private static String leftInside(World world) throws IOException {
    world.upstream().awaitOpenConnections(0, World.DEADLINE);
    var events = OpenAiReplies.textEvents("One two three", 11, 7);
    world.script(request -> Reply.streamHead().chunks(events.subList(0, 3)).stall());
    try (var client = new RawClient(world.gateway().port())) {
      world.ask(client, CHAT, FaultClient.CHAT.body(World.GPT, true));
      String head = client.readUntil("One");
      client.reset();
      world.upstream().awaitOpenConnections(0, SECOND);
      return "hung up on; " + world.settled(idIn(head));
    }
  }

  private static String leftAtTheEnd(World world) throws IOException {
    world.script(OpenAiReplies.text("One two three", 11, 7));
    try (var client = new RawClient(world.gateway().port())) {
      world.ask(client, CHAT, FaultClient.CHAT.body(World.GPT, true));
      String head = client.readUntil("[DONE]");
      client.reset();
      return "nothing left to hang up on; " + world.settled(idIn(head));
    }
  }

  private static String lastId(World world) {
    return world.read("/api/v1/requests?limit=1").at("/requests/0/id").asString();
  }

  private static String idIn(String head) {
    return new Heard(head).header("x-ockham-request-id");
  }
}
