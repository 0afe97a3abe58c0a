package dev.ockham.clients;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.Received;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A gateway in front of five models on loopback, one for each dialect and named after it. */
final class FiveModels implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(30);

  private final Map<Dialect, ScriptedUpstream> upstreams;
  private final RunningGateway gateway;

  private FiveModels(Map<Dialect, ScriptedUpstream> upstreams, RunningGateway gateway) {
    this.upstreams = upstreams;
    this.gateway = gateway;
  }

  /** Each model answers as {@code script} says in its dialect. */
  static FiveModels start(Path folder, Function<Speaker, Script> script) {
    var upstreams = new EnumMap<Dialect, ScriptedUpstream>(Dialect.class);
    for (Dialect dialect : Dialect.values()) {
      upstreams.put(dialect, ScriptedUpstream.start(script.apply(Speaker.of(dialect))));
    }
    Model[] models =
        upstreams.entrySet().stream()
            .map(entry -> model(entry.getKey(), entry.getValue()))
            .toArray(Model[]::new);
    return new FiveModels(upstreams, RunningGateway.start(folder, models));
  }

  private static Model model(Dialect dialect, ScriptedUpstream upstream) {
    String base =
        switch (dialect) {
          case OPENAI_CHAT, OPENAI_RESPONSES -> upstream.url() + "/v1";
          case GEMINI_GENERATE, ANTHROPIC_MESSAGES, BEDROCK_CONVERSE -> upstream.url();
        };
    String name = dialect == Dialect.ANTHROPIC_MESSAGES ? "anthropic" : "openai";
    return RunningGateway.model(dialect.wireName(), new Endpoint(name, dialect, base, CALL));
  }

  String url() {
    return gateway.url();
  }

  String key() {
    return gateway.clientKey();
  }

  /** What the model of this dialect was asked so far. */
  List<Received> received(Dialect dialect) {
    return Objects.requireNonNull(upstreams.get(dialect)).received();
  }

  @Override
  public void close() {
    gateway.close();
    upstreams.values().forEach(ScriptedUpstream::close);
  }
}
