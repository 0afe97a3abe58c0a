package dev.ockham.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.faults.Fault.Try;
import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Streams of providers that stall, break or end too early. */
final class StreamFaults {
  private static final Duration OFTEN = Duration.ofMillis(40);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final int FOR_LONG = 1000;

  static final List<Fault> ALL =
      List.of(
          Fault.tried(
              "F6",
              "a stream stalls, while keep-alive comments go on",
              "only events with data hold off the idle deadline: an error event in the client's"
                  + " dialect, and the part that came is settled",
              everywhere(first ->
                  Reply.streamHead()
                      .chunks(first)
                      .then(new Step.Repeat(chunk(": keep-alive\n\n"), FOR_LONG, OFTEN)))),
          Fault.tried(
              "F7",
              "the connection is reset or closed in the middle of a stream",
              "an error event within a second, never a clean end",
              both(
                  everywhere(
                      "reset", first -> Reply.streamHead().chunks(first).then(new Step.Reset())),
                  everywhere(
                      "closed", first -> Reply.streamHead().chunks(first).then(new Step.Close())))),
          Fault.tried(
              "F8",
              "a stream ends in order, but without its dialect's terminator",
              "told as cut, with an error event, and marked in the record",
              everywhere(
                  first -> Reply.streamHead().chunks(first).endChunks().then(new Step.Close()))),
          Fault.tried(
              "F10",
              "a data line holds JSON that is cut or invalid",
              "an error event; nothing after it is read",
              everywhere(first ->
                  Reply.streamHead()
                      .chunks(first)
                      .chunks(List.of("data: {\"choices\":[{\"delta\":\n\n", first.getLast()))
                      .stall())));

  private StreamFaults() {}

  private interface Broken {
    Reply after(List<String> firstEvents);
  }

  private static List<Try> both(List<Try> some, List<Try> others) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private static List<Try> everywhere(Broken broken) {
    return everywhere("", broken);
  }

  /** Every client at a provider of OpenAI's dialect, and Anthropic's at one of its own. */
  private static List<Try> everywhere(String how, Broken broken) {
    var tries = new ArrayList<Try>();
    String suffix = how.isEmpty() ? "" : ", " + how;
    for (FaultClient client : FaultClient.values()) {
      Reply reply = broken.after(OpenAiReplies.textEvents("One two three", 11, 7).subList(0, 3));
      tries.add(
          new Try(client.wireName() + suffix, world -> ending(world, client, World.GPT, reply)));
    }
    Reply passing = broken.after(AnthropicReplies.textEvents("One two three", 11, 7).subList(0, 4));
    tries.add(
        new Try(
            "anthropic-messages at its own" + suffix,
            world -> ending(world, FaultClient.MESSAGES, World.CLAUDE, passing)));
    return tries;
  }

  private static String ending(World world, FaultClient client, String model, Reply reply)
      throws Exception {
    world.script(request -> reply);

    Heard heard = world.ask(client, model, true);

    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.body()).as("the text that came before").contains("One");
    assertThat(client.hearsError(heard.body())).as("error event in: " + heard.raw()).isTrue();
    assertThat(client.hearsCleanEnd(heard.body())).as("clean end in: " + heard.raw()).isFalse();
    assertThat(heard.endsInOrder()).as("the last chunk").isTrue();
    world.upstream().awaitOpenConnections(0, AT_ONCE.multipliedBy(5));
    return "the text, an error event, no clean end; " + world.failed(heard);
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }
}
