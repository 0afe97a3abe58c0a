package dev.ockham.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.testing.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** One client dialect before one provider dialect, in one case of a scenario. */
final class Cell {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final RunningGateway gateway;
  private final ClientSpeaker client;
  private final ModelServer server;
  private final String unique;
  private final Runnable pause;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param unique a word that no other cell has: ids and states begin with it
   * @param pause lets time pass, so that a provider that failed is called again
   */
  Cell(
      RunningGateway gateway,
      ClientSpeaker client,
      ModelServer server,
      String unique,
      Runnable pause) {
    this.gateway = gateway;
    this.client = client;
    this.server = server;
    this.unique = unique;
    this.pause = pause;
  }

  /** The model that the provider of a dialect serves. */
  static String modelOf(UpstreamSpeaker speaker) {
    return "at-" + speaker.dialect().wireName();
  }

  RunningGateway gateway() {
    return gateway;
  }

  ClientSpeaker client() {
    return client;
  }

  UpstreamSpeaker upstream() {
    return server.speaker();
  }

  ModelServer server() {
    return server;
  }

  /** What this cell cannot show, for the page. */
  void note(String what) {
    notes.add(what);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** A question to this cell's model. */
  Ask question(Turn... turns) {
    return Ask.of(modelOf(upstream()), turns);
  }

  void script(Answer... answers) {
    pause.run();
    server.script(ModelServer.Chunking.EVENT_BY_EVENT, answers);
  }

  Piece.Call call(String name, String tool, JsonNode arguments) {
    return new Piece.Call("call_" + unique + name, tool, arguments);
  }

  /** A thought with a state that nobody else has. */
  Piece.Thought thought(String text, String name) {
    byte[] state = ("state " + name + " of " + unique).getBytes(StandardCharsets.UTF_8);
    return new Piece.Thought(text, Base64.getEncoder().encodeToString(state));
  }

  ClientSpeaker.Told tell(Ask ask) {
    return client.ask(gateway, ask);
  }

  /** What the client understood, of an answer that is none of an error. */
  Hearing ask(Ask ask) {
    Hearing hearing = tell(ask).hearing();
    server.asked();
    assertThat(hearing.problem()).as("an error").isEmpty();
    return hearing;
  }

  /** What the provider was asked last, which is for the right model and as streamed as wished. */
  Asked asked(Ask ask) {
    Asked asked = server.asked().getLast();
    assertThat(asked.model()).isEqualTo("upstream-" + ask.model());
    assertThat(asked.stream()).as("asked for a stream").isEqualTo(ask.stream());
    assertThat(asked.cap()).as("the cap").hasValue(Ask.CAP);
    assertThat(asked.system()).as("instructions").isEqualTo(ask.system());
    return asked;
  }

  /** What the provider can say of these. */
  Answer.Spoken answer(Piece... pieces) {
    var sayable = new ArrayList<>(List.of(pieces));
    if (!upstream().thinks()) {
      sayable.removeIf(Piece.Thought.class::isInstance);
    }
    return Answer.Spoken.of(sayable.toArray(Piece[]::new));
  }

  /** What is written down of a request's only attempt. */
  JsonNode attempt(ClientSpeaker.Told told) {
    String id = told.header("x-ockham-request-id");
    assertThat(id).as("the request's id").isNotEmpty();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/api/v1/requests/" + id))
            .header("authorization", "Bearer " + gateway.adminKey())
            .build();
    try {
      HttpResponse<byte[]> reply = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return Json.object(reply.body()).path("attempts").path(0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static Usage usage(JsonNode attempt) {
    var tokens = new TreeMap<TokenClass, Long>();
    JsonNode usage = attempt.path("usage");
    for (TokenClass kind : TokenClass.values()) {
      Counted.put(tokens, kind, usage, kind.wireName());
    }
    return new Usage(tokens);
  }
}
