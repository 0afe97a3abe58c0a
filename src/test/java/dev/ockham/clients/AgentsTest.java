package dev.ockham.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each coding agent against a model of each dialect: one tool loop, with signed reasoning. */
@Tag("long")
final class AgentsTest {
  @TempDir Path folder;
  private final ScriptedUpstream outside =
      ScriptedUpstream.start(request -> Reply.json(403, "{\"error\":\"loopback only\"}"));

  @BeforeAll
  static void install() {
    InstalledClients.js();
  }

  @AfterEach
  void stop() {
    outside.close();
  }

  static Stream<Arguments> agentAndModel() {
    return Agent.ALL.stream()
        .flatMap(agent -> Stream.of(Dialect.values()).map(model -> Arguments.of(agent, model)));
  }

  @ParameterizedTest(name = "{0} with a model of {1}")
  @MethodSource("agentAndModel")
  void an_agent_calls_its_shell_once_and_hands_signed_reasoning_back(Agent agent, Dialect model) {
    Errand errand = agent.errand();
    try (var models = FiveModels.start(folder.resolve("data"), errand)) {
      var process = new ClientProcess(folder.resolve("work"), outside.url());
      ClientProcess.Ended ended =
          agent
              .setup()
              .start(
                  new Agent.Run(
                      InstalledClients.js(),
                      process,
                      models.url(),
                      models.key(),
                      model.wireName()));

      List<Received> received = models.received(model);
      assertThat(ended.exit()).as("%s", ended).isZero();
      assertThat(ended.out()).as("%s", ended).contains(Speaker.TEXT);
      assertThat(process.folder().resolve("ticks.txt")).hasContent("tick");
      assertThat(received.stream().filter(errand::callsFor)).as("turns that call").hasSize(1);
      List<Received> second = received.stream().filter(errand::answers).toList();
      assertThat(second).as("turns that answer").hasSize(1);
      if (model != Dialect.OPENAI_CHAT) {
        assertThat(second.getFirst().text()).contains('"' + Speaker.SIGNATURE + '"');
      }
    }
  }
}
