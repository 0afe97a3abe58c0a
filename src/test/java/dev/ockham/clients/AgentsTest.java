package dev.ockham.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import dev.ockham.testing.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Coding agents in one tool loop, with models of each dialect, and with models that fail once. */
@Tag("long")
final class AgentsTest {
  private static final String UNKNOWN_BETA =
      "Unexpected value(s) `thinking-token-count-2026-05-13` for the `anthropic-beta` header.";

  /** What an agent printed, and what its model was asked. */
  private record Done(String out, List<Received> received) {}

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
    Done done = run(agent, model, errand::script);
    List<Received> received = done.received;

    assertThat(done.out).as("tokens of both turns").contains(agent.counts());
    assertThat(received.stream().filter(errand::callsFor)).as("turns that call").hasSize(1);
    List<Received> second = received.stream().filter(errand::answers).toList();
    assertThat(second).as("turns that answer").hasSize(1);
    if (model != Dialect.OPENAI_CHAT) {
      assertThat(second.getFirst().text()).contains('"' + Speaker.SIGNATURE + '"');
    }
  }

  static Stream<Arguments> agentAndOwnOrForeignModel() {
    return Stream.of(Agent.CLAUDE_CODE, Agent.CODEX, Agent.GEMINI_CLI)
        .flatMap(agent ->
            Stream.of(agent.dialect(), Dialect.BEDROCK_CONVERSE)
                .map(model -> Arguments.of(agent, model)));
  }

  @ParameterizedTest(name = "{0} with a model of {1}")
  @MethodSource("agentAndOwnOrForeignModel")
  void an_agent_waits_and_asks_again_when_the_model_has_too_much_to_do(Agent agent, Dialect model) {
    Errand errand = agent.errand();
    List<Received> received =
        run(
                agent,
                model,
                speaker ->
                    firstCall(errand, errand.script(speaker), request -> speaker.throttled()))
            .received;

    assertThat(received.stream().filter(errand::callsFor)).as("turns that call").hasSize(2);
    assertThat(received.stream().filter(errand::answers)).as("turns that answer").hasSize(1);
  }

  @ParameterizedTest(name = "{0} with a model of {1}")
  @MethodSource("agentAndOwnOrForeignModel")
  void an_agent_asks_again_when_an_answer_breaks_off_and_calls_no_tool_twice(
      Agent agent, Dialect model) {
    Errand errand = agent.errand();
    List<Received> received =
        run(
                agent,
                model,
                speaker -> {
                  Script script = errand.script(speaker);
                  return firstCall(errand, script, request -> half(script.reply(request)));
                })
            .received;

    assertThat(received.stream().filter(errand::callsFor)).as("turns that call").hasSize(2);
    assertThat(received.stream().filter(errand::answers)).as("turns that answer").hasSize(1);
  }

  @Test
  void claude_code_leaves_out_the_beta_that_a_provider_says_it_does_not_know() {
    Errand errand = Agent.CLAUDE_CODE.errand();
    Reply unknown =
        Reply.json(
            400,
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":%s}}"
                .formatted(Speaker.quoted(UNKNOWN_BETA)));
    List<Received> received =
        run(
                Agent.CLAUDE_CODE,
                Dialect.ANTHROPIC_MESSAGES,
                speaker -> firstCall(errand, errand.script(speaker), request -> unknown))
            .received;

    List<String> betas =
        received.stream()
            .filter(errand::callsFor)
            .map(request -> request.header("anthropic-beta").orElse(""))
            .toList();
    assertThat(betas).hasSize(2);
    assertThat(betas.getFirst()).contains("thinking-token-count-2026-05-13");
    assertThat(betas.getLast()).doesNotContain("thinking-token-count-2026-05-13");
  }

  private Done run(Agent agent, Dialect model, Function<Speaker, Script> script) {
    try (var models = FiveModels.start(folder.resolve("data"), script)) {
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

      assertThat(ended.exit()).as("%s", ended).isZero();
      assertThat(ended.out()).as("%s", ended).contains(agent.errand().answer());
      assertThat(process.folder().resolve("ticks.txt")).hasContent("tick");
      return new Done(ended.out(), models.received(model));
    }
  }

  private static Script firstCall(Errand errand, Script script, Script first) {
    var called = new AtomicBoolean();
    return request ->
        errand.callsFor(request) && !called.getAndSet(true)
            ? first.reply(request)
            : script.reply(request);
  }

  private static Reply half(Reply whole) {
    return whole.cutAfter(whole.length() / 2, new Step.Close());
  }
}
